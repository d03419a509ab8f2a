// Loaded at every start.
export {parseArguments} from '../source/commands/arguments.ts';
export {formatCompletion} from '../source/commands/completion/shells.ts';
export {runConfig} from '../source/commands/config.ts';
export {runScreenCommand} from '../source/commands/screen.ts';
export {exitCodes, writeAll} from '../source/commands/surroundings.ts';
export {isOn, numberOf} from '../source/config/config.ts';
export {ask} from '../source/io/ask.ts';
export {readConfig} from '../source/io/read-config.ts';
export {printable} from '../source/report/printable.ts';
