import {isWaiting, type LocalSocket} from './local-socket.ts';

/** Which end of a connection has the port that was picked for the occasion: the client's. */
export type EphemeralSide = 'local' | 'peer';

/**
Tells of each connection which side's port is the ephemeral one.

Nothing records who called whom. The rule: where something on this machine listens on the connection's local port, the connection was accepted there, and the peer's port is the ephemeral one; else this side called, and its own is. A connection that outlived its listener is therefore taken for an outgoing one.

@returns A function that answers for a socket of the same snapshot; null for one that waits.
*/
export const createEphemeralSide = (sockets: readonly LocalSocket[]): ((socket: LocalSocket) => EphemeralSide | null) => {
	const listening = new Set(sockets.filter(socket => isWaiting(socket)).map(({transport, port}) => `${transport} ${port}`));
	return socket => {
		if (isWaiting(socket) || socket.peer === null) {
			return null;
		}

		return listening.has(`${socket.transport} ${socket.port}`) ? 'peer' : 'local';
	};
};
