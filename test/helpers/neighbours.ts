import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {createNetworkNamespace, type NetworkNamespace} from './network-namespace.ts';
import {runProgram, type CliResult} from './run-cli.ts';

/** A small network of its own: one machine to scan from, and another that has some addresses of it. */
export type Neighbours = {
	/** The interface of the machine that scans. */
	readonly interfaceName: string;
	/** The words before a command that run it on the machine that scans. */
	readonly command: NetworkNamespace['command'];
	/** Runs a command on the machine that scans. */
	readonly run: (...command: readonly string[]) => Promise<CliResult>;
	/** Listens on a port of every address of the other machine. */
	readonly listen: (port: number) => Promise<void>;
	readonly remove: () => Promise<void>;
};

const interfaceName = 'near0';

const listener = 'require("net").createServer(socket => socket.destroy()).listen({port: Number(process.argv[1]), host: "::", ipv6Only: false}, () => console.log("listening"))';

/**
Makes a network 10.77.0.0/24 with two machines: 10.77.0.1 and fe80::1, which scans, and one that has these addresses and fe80::2. All its other addresses are dead.

@returns Why it cannot be made, where it cannot.
*/
export const createNeighbours = async (addresses: readonly string[]): Promise<Neighbours | string> => {
	const near = await createNetworkNamespace();
	if (typeof near === 'string') {
		return near;
	}

	const far = await createNetworkNamespace();
	if (typeof far === 'string') {
		await near.remove();
		return far;
	}

	const children: ChildProcess[] = [];
	const runIn = async ({command: [program, ...args]}: NetworkNamespace, ...command: readonly string[]): Promise<CliResult> => runProgram(program, [...args, ...command]);
	const remove = async (): Promise<void> => {
		await Promise.all(children.map(async child => {
			child.kill();
			await (child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined);
		}));
		await near.remove();
		await far.remove();
	};

	const farName = far.command.at(-1)!;
	const steps = [
		[near, 'ip', 'link', 'add', interfaceName, 'type', 'veth', 'peer', 'name', 'far0', 'netns', farName],
		[near, 'ip', 'address', 'add', '10.77.0.1/24', 'dev', interfaceName],
		[near, 'ip', 'link', 'set', interfaceName, 'addrgenmode', 'none'],
		[near, 'ip', 'address', 'add', 'fe80::1/64', 'dev', interfaceName, 'nodad'],
		...addresses.map(address => [far, 'ip', 'address', 'add', `${address}/24`, 'dev', 'far0'] as const),
		[far, 'ip', 'link', 'set', 'far0', 'addrgenmode', 'none'],
		[far, 'ip', 'address', 'add', 'fe80::2/64', 'dev', 'far0', 'nodad'],
		[near, 'ip', 'link', 'set', 'lo', 'up'],
		[near, 'ip', 'link', 'set', interfaceName, 'up'],
		[far, 'ip', 'link', 'set', 'far0', 'up'],
	] as ReadonlyArray<readonly [NetworkNamespace, ...string[]]>;
	for (const [namespace, ...command] of steps) {
		const {code, stderr} = await runIn(namespace, ...command);
		if (code !== 0) {
			await remove();
			return `${command.join(' ')} failed: ${stderr.trim()}`;
		}
	}

	return {
		interfaceName,
		command: near.command,
		run: async (...command) => runIn(near, ...command),
		async listen(port) {
			const [program, ...args] = far.command;
			const child = spawn(program, [...args, process.execPath, '-e', listener, String(port)], {stdio: ['ignore', 'pipe', 'inherit']});
			children.push(child);
			await once(child.stdout!, 'data');
		},
		remove,
	};
};
