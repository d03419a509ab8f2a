// Loaded where the sockets of this machine are read.
export {runFree} from '../source/commands/free.ts';
export {runLocal} from '../source/commands/local.ts';
export {createLocalSockets} from '../source/io/local-sockets.ts';
export {ownAddresses} from '../source/io/own-addresses.ts';
export {createProcessControl, readStopSurroundings} from '../source/io/process-control.ts';
export {runHook} from '../source/io/run-hook.ts';
