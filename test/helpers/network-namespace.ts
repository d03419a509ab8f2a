import process from 'node:process';
import {runProgram} from './run-cli.ts';

/** A network of its own on this machine: it has no interface but a loopback, which is down, and no route, so nothing leaves it. */
export type NetworkNamespace = {
	/** The words before a command that run it there. */
	readonly command: readonly [program: string, ...args: string[]];
	readonly remove: () => Promise<void>;
};

let count = 0;

/** Makes a network namespace. @returns Why it cannot be made, where it cannot (it takes root and iproute2). */
export const createNetworkNamespace = async (): Promise<NetworkNamespace | string> => {
	const name = `portui-test-${process.pid}-${count++}`;
	const made = await runProgram('ip', ['netns', 'add', name]).catch((error: Error) => ({code: 1, stderr: error.message}));
	if (made.code !== 0) {
		return `no network namespace can be made here: ${made.stderr.trim()}`;
	}

	return {
		command: ['ip', 'netns', 'exec', name],
		async remove() {
			await runProgram('ip', ['netns', 'delete', name]);
		},
	};
};
