import {createEphemeralSide, type EphemeralSide} from '../local/ephemeral-side.ts';
import {isWaiting, type LocalSnapshot, type LocalSocket} from '../local/local-socket.ts';
import type {ReachAt} from '../local/reach.ts';
import {socketFactsOf, type SocketFacts} from '../local/socket-facts.ts';
import type {Registry} from '../registry/registry.ts';

/** Which sockets are told: those that wait, the connections, or both. */
export const socketSelections = ['listening', 'connections', 'all'] as const;
export type SocketSelection = (typeof socketSelections)[number];

/** A socket with what is said beside it. Facts are told of sockets that wait; a connection's port says little by its number. */
export type SocketView = {
	readonly socket: LocalSocket;
	readonly facts: SocketFacts | null;
	readonly ephemeralSide: EphemeralSide | null;
	/** Whether root read it: an owner hidden then, sudo would not show either. */
	readonly isReadByRoot: boolean;
	/** Where it answered, if that was tried; undefined where not, as for UDP. */
	readonly reach?: readonly ReachAt[] | undefined;
};

/** Whether a selection holds a socket. */
export const isSelected = (socket: LocalSocket, selection: SocketSelection): boolean => selection === 'all' || isWaiting(socket) === (selection === 'listening');

/** Makes what puts facts beside the sockets of a snapshot. */
export const createViewer = ({sockets, isReadByRoot}: Pick<LocalSnapshot, 'sockets' | 'isReadByRoot'>, registry: Registry): ((socket: LocalSocket) => SocketView) => {
	const ephemeralSideOf = createEphemeralSide(sockets);
	return socket => ({
		socket,
		facts: isWaiting(socket) ? socketFactsOf(registry.lookup(socket.port), socket) : null,
		ephemeralSide: ephemeralSideOf(socket),
		isReadByRoot,
	});
};
