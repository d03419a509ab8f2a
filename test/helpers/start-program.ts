import {spawn, type SpawnOptions} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {createInterface} from 'node:readline';

/** A program that was started and has said that it is ready. */
export type StartedProgram = {
	readonly pid: number;
	/** Its first line: by convention what it listens on, blanks between. */
	readonly words: readonly string[];
	readonly exited: Promise<{readonly code: number | null; readonly signal: NodeJS.Signals | null}>;
	/** Ends it and what it forked by force, where they have not ended, and waits until it is gone. May be called twice. */
	readonly end: () => Promise<void>;
};

/**
Starts a program and waits for its first line.

@throws When it ends before.
*/
export const startProgram = async (command: string, args: readonly string[], options: SpawnOptions = {}): Promise<StartedProgram> => {
	// A group of its own, so that what it forks ends with it.
	const child = spawn(command, [...args], {...options, detached: true, stdio: ['ignore', 'pipe', 'inherit']});
	const exited = new Promise<{code: number | null; signal: NodeJS.Signals | null}>((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code, signal) => {
			resolve({code, signal});
		});
	});
	const lines = createInterface({input: child.stdout!});
	const first = await Promise.race([once(lines, 'line') as Promise<string[]>, exited]);
	if (!Array.isArray(first)) {
		throw new TypeError(`${command} ended before it was ready (${first.code ?? first.signal})`);
	}

	return {
		pid: child.pid!,
		words: first[0]!.split(' '),
		exited,
		async end() {
			try {
				process.kill(-child.pid!, 'SIGKILL');
			} catch {
				// They have all ended.
			}

			await exited;
			child.stdout!.destroy();
		},
	};
};

/** A Node program that listens on a free port of each address, tells the ports, and ends by itself in the end. */
const listenProgram = (addresses: readonly string[], stubborn: boolean): string => `
const net = require('node:net');
${stubborn ? 'process.on(\'SIGTERM\', () => {});' : ''}
setTimeout(() => process.exit(3), 110_000);
const servers = ${JSON.stringify(addresses)}.map(text => {
	const [address, only] = text.split('!');
	return net.createServer(socket => socket.on('error', () => {})).listen({host: address, port: 0, ipv6Only: only === 'only'});
});
Promise.all(servers.map(server => new Promise(resolve => server.once('listening', resolve)))).then(() => console.log(servers.map(server => server.address().port).join(' ')));
`;

/** Starts a Node program that listens on addresses (`::!only` takes no IPv4). Its words are the ports. */
export const startListener = async (addresses: readonly string[] = ['127.0.0.1'], {isStubborn = false, options = {}}: {readonly isStubborn?: boolean; readonly options?: SpawnOptions} = {}): Promise<StartedProgram> =>
	startProgram(process.execPath, ['-e', listenProgram(addresses, isStubborn)], options);
