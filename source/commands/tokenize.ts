import {joinWords} from '../report/join-words.ts';
import {oppositeOf, settableSwitches} from '../config/settings.ts';
import {distance} from 'fastest-levenshtein';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import {commands, titleOf, type Command, type Flag} from './command-table.ts';

export type Token =
	| {readonly kind: 'word'; readonly text: string}
	| {readonly kind: 'flag'; readonly flag: Flag; /** Undefined for a switch. */ readonly value: string | undefined};

const everyFlag: readonly Flag[] = commands.flatMap(({flags}) => flags);

/** What was typed, for a sentence. */
export const quote = (text: string): string => quoteTyped(text, 40);

/** Two neighbouring letters the wrong way round are two slips, so a name of four letters is allowed two. */
const slipsAllowed = (name: string): number => (name.length < 4 ? 1 : (name.length < 9 ? 2 : 3));

const nearestFlag = (name: string, flags: readonly Flag[]): Flag | undefined => {
	let nearest: Flag | undefined;
	let fewest = slipsAllowed(name);
	for (const flag of flags) {
		const slips = distance(name.toLowerCase(), flag.name);
		if (slips < fewest || (slips === fewest && nearest === undefined)) {
			nearest = flag;
			fewest = slips;
		}
	}

	return nearest;
};

const unknownFlag = (typed: string, command: Command): string => {
	const name = typed.replace(/^-+/, '');
	const owners = commands.filter(({flags}) => flags.some(flag => typed === `--${flag.name}` || typed === `-${flag.short}`));
	if (owners.length > 0) {
		return `${quote(typed)} is a flag of ${joinWords(owners.map(owner => titleOf(owner)))}, not of ${titleOf(command)}.`;
	}

	const nearest = typed.startsWith('--') || name.length > 1 ? nearestFlag(name, command.flags) : undefined;
	const sentence = `${quote(typed)} is not a flag of ${titleOf(command)}`;
	return nearest === undefined ? `${sentence}: ${titleOf(command)} --help lists them.` : `${sentence}; did you mean --${nearest.name}?`;
};

/** What one argument says about flags: the flag, and the value joined to it (`--ports=80`, `-p80`). */
type FlagArgument = {readonly typed: string; readonly flag: Flag | undefined; readonly joined: string | undefined};

/** What undoes a switch that the config turned on or off: `--no-thorough`, `--history`. Help does not list them one by one. */
const oppositeFlag = (typed: string, flags: readonly Flag[]): Flag | undefined => {
	const flag = flags.find(({name}) => settableSwitches.has(name) && typed === `--${oppositeOf(name)}`);
	return flag === undefined ? undefined : {name: oppositeOf(flag.name), description: flag.description};
};

const readFlag = (argument: string, flags: readonly Flag[]): FlagArgument => {
	if (argument.startsWith('--')) {
		const end = argument.indexOf('=');
		const typed = end === -1 ? argument : argument.slice(0, end);
		return {typed, flag: flags.find(({name}) => `--${name}` === typed) ?? oppositeFlag(typed, flags), joined: end === -1 ? undefined : argument.slice(end + 1)};
	}

	const flag = flags.find(({short}) => short !== undefined && argument.startsWith(`-${short}`));
	const rest = argument.slice(2);
	if (rest === '') {
		return {typed: argument, flag, joined: undefined};
	}

	// A switch has nothing joined to it: `-6x` is no flag at all.
	return flag?.value === undefined
		? {typed: argument, flag: undefined, joined: undefined}
		: {typed: `-${flag.short}`, flag, joined: rest.startsWith('=') ? rest.slice(1) : rest};
};

/** An argument that is a dash and more. A command without the flags `-4` and `-6` takes `-1023` for a range of ports. */
const isFlagArgument = (argument: string, flags: readonly Flag[]): boolean =>
	argument.length > 1 && argument.startsWith('-') && (!/^-\d/.test(argument) || flags.some(({short}) => short === '4'));

/**
The first word of a command line, which may be a command; undefined when there is none before `--`.

Reads the flags of every command and passes over what is wrong: that is told once the command is known.
*/
export const findFirstWord = (argv: readonly string[]): string | undefined => {
	for (let index = 0; index < argv.length; index++) {
		const argument = argv[index]!;
		if (argument === '--') {
			return undefined;
		}

		if (!isFlagArgument(argument, everyFlag)) {
			return argument;
		}

		const {flag, joined} = readFlag(argument, everyFlag);
		if (flag?.value !== undefined && joined === undefined) {
			index++;
		}
	}

	return undefined;
};

/** Whether the argument after a flag is its value, and not the next flag. */
const isValue = (argument: string | undefined, {takesRanges}: Flag): argument is string =>
	argument !== undefined && argument !== '--' && !/^--?[^\d-]/.test(argument) && (takesRanges === true || !everyFlag.some(({short}) => argument === `-${short}`));

/**
Reads arguments as flags and words, by the flags of a command.

Done here and not by the parser of options behind it, because a list of ports may begin with a dash, and because an error is to be one sentence.
*/
export const tokenize = (argv: readonly string[], command: Command): Parsed<readonly Token[]> => {
	const tokens: Token[] = [];
	let index = 0;
	while (index < argv.length) {
		const argument = argv[index]!;
		index++;
		if (argument === '--') {
			tokens.push(...argv.slice(index).map(text => ({kind: 'word', text}) as const));
			break;
		}

		if (!isFlagArgument(argument, command.flags)) {
			tokens.push({kind: 'word', text: argument});
			continue;
		}

		const {typed, flag, joined} = readFlag(argument, command.flags);
		if (flag === undefined) {
			return rejected(unknownFlag(typed, command));
		}

		if (flag.value === undefined) {
			if (joined !== undefined) {
				return rejected(`${typed} takes no value.`);
			}

			tokens.push({kind: 'flag', flag, value: undefined});
			continue;
		}

		const next = argv[index];
		if (joined === undefined && !isValue(next, flag)) {
			return rejected(`--${flag.name} needs a value: --${flag.name} <${flag.value}>.`);
		}

		if (flag.isRepeatable !== true && tokens.some(token => token.kind === 'flag' && token.flag === flag)) {
			return rejected(`--${flag.name} is given twice: give it once${flag.takesRanges ? ', commas between its ports' : ''}.`);
		}

		tokens.push({kind: 'flag', flag, value: joined ?? next});
		index += joined === undefined ? 1 : 0;
	}

	return parsed(tokens);
};
