import type {Container, LocalProcess, LocalSocket, SocketScope, SocketTransport} from '../local/local-socket.ts';
import type {Port} from '../port/port.ts';
import {printable} from './printable.ts';

/** Who can reach a socket, in words. */
export const scopeWords: Readonly<Record<SocketScope, string>> = {
	loopback: 'this machine only',
	private: 'private network',
	public: 'public address',
	'every-interface': 'every interface',
};

/** What is said instead of an owner. To root, sudo would show no more. */
export const ownerWords = ({ownership}: Pick<LocalSocket, 'ownership'>, isReadByRoot: boolean): string =>
	ownership === 'none' ? 'no process' : isReadByRoot ? 'owner hidden' : 'owner hidden: run with sudo';

/** The command line as one text, as `ps` shows it; null where there is none to be seen. */
export const commandOf = ({commandLine}: Pick<LocalProcess, 'commandLine'>): string | null => (commandLine === null ? null : commandLine.join(' '));

/** Cuts a text to so many characters, the last of them `…`. */
export const cutText = (text: string, most: number): string => {
	const characters = [...text];
	return characters.length > most ? `${characters.slice(0, most - 1).join('').trimEnd()}…` : text;
};

const longestCommand = 60;

/** A process as a sentence names it: `node (PID 812, \`node server.js\`)`. */
export const describeProcess = (process: LocalProcess): string => {
	const command = commandOf(process);
	return `${printable(process.name) || 'a process'} (PID ${process.pid}${command === null ? '' : `, \`${cutText(printable(command), longestCommand)}\``})`;
};

/** A port as a sentence names it: TCP goes without saying. */
export const describePort = ({port, transport}: {readonly port: Port; readonly transport: SocketTransport}): string => (transport === 'tcp' ? String(port) : `${port}/${transport}`);

/** Docker's own commands show so much of an id. */
const shortIdLength = 12;

/** A container as its runtime's commands take it: `docker 3f2a1b0c9d8e`. */
export const describeContainer = ({runtime, id}: Container): string => `${runtime} ${id.slice(0, shortIdLength)}`;
