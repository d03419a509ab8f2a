import type {LocalSocket} from './local-socket.ts';

/** What became of a socket between two looks. `present` is one that was there at the first look. */
export type SocketEvent = {readonly event: 'present' | 'opened' | 'closed'; readonly socket: LocalSocket};

/**
What changed between two looks at the sockets of this machine, closed ones first, so that a port that was handed on reads in order.

A socket that lived only between the two looks is not seen.
*/
export const diffSockets = (before: readonly LocalSocket[], after: readonly LocalSocket[]): readonly SocketEvent[] => {
	const beforeIds = new Set(before.map(({id}) => id));
	const afterIds = new Set(after.map(({id}) => id));
	return [
		...before.filter(({id}) => !afterIds.has(id)).map(socket => ({event: 'closed', socket} as const)),
		...after.filter(({id}) => !beforeIds.has(id)).map(socket => ({event: 'opened', socket} as const)),
	];
};
