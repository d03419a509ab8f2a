import {isWaiting, type LocalProcess, type LocalSocket, type SocketEnd} from '../local/local-socket.ts';
import type {Port} from '../port/port.ts';
import {linesOfSockets, type LocalLine} from './local-lines.ts';
import type {LocalRow} from './local-state.ts';
import {serviceEndOf} from './socket-target.ts';
import type {State} from './state.ts';

export const localLinesOf = ({local, registry}: State): readonly LocalLine[] => linesOfSockets(local, registry);

/** Position of the line in hand: the first one until another is chosen; -1 when there is none. */
export const selectedLineIndex = (state: State): number => {
	const lines = localLinesOf(state);
	const index = state.local.lineId === undefined ? 0 : lines.findIndex(({id}) => id === state.local.lineId);
	return lines.length === 0 ? -1 : Math.max(0, index);
};

export const lineInHand = (state: State): LocalLine | undefined => localLinesOf(state)[selectedLineIndex(state)];

const isHeldBy = ({owners}: LocalSocket, {pid, birth}: LocalProcess): boolean => owners.some(owner => owner.pid === pid && owner.birth === birth);

/** The sockets a process holds now. */
export const socketsOf = (rows: readonly LocalRow[], process: LocalProcess): readonly LocalSocket[] =>
	rows.filter(({freshness, socket}) => freshness !== 'gone' && isHeldBy(socket, process)).map(({socket}) => socket);

/** The sockets that listen on a port, or take datagrams at it, now. */
export const listenersOn = (rows: readonly LocalRow[], port: Port): readonly LocalSocket[] =>
	rows.filter(({freshness, socket}) => freshness !== 'gone' && socket.port === port && isWaiting(socket)).map(({socket}) => socket);

/** The socket in hand: of a process the first that it listens with. */
export const socketInHand = (state: State): LocalSocket | undefined => {
	const line = lineInHand(state);
	switch (line?.kind) {
		case 'socket': {
			return line.row.socket;
		}

		case 'process': {
			const sockets = socketsOf(state.local.rows, line.process);
			return sockets.find(socket => isWaiting(socket)) ?? sockets[0];
		}

		default: {
			return undefined;
		}
	}
};

/** Address and port of the service that the socket in hand is an end of. */
export const serviceInHand = (state: State): SocketEnd | undefined => {
	const socket = socketInHand(state);
	return socket === undefined ? undefined : serviceEndOf(socket, state.local.rows.map(row => row.socket));
};

/** TCP ports that something listened on when the sockets of this machine were read last; the same set as long as they are the same. */
export const listeningPortsOf = ({local}: State): ReadonlySet<Port> => local.listening;
