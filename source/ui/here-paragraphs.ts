import type {LocalSocket} from '../local/local-socket.ts';
import type {Port} from '../port/port.ts';
import {ownerWords, scopeWords} from '../report/local-words.ts';
import {printable} from '../report/printable.ts';
import {listenersOn} from '../store/local-selectors.ts';
import type {LocalState} from '../store/local-state.ts';
import {formatClock} from './clock-words.ts';
import type {Paragraph} from './components/paragraphs.tsx';

/** A port that more sockets than this listen on is shared by workers that are all alike. */
const mostListed = 8;

const describe = ({transport, address, scope, owners: [owner], ...socket}: LocalSocket, isReadByRoot: boolean): string => {
	const who = owner === undefined ? ownerWords(socket, isReadByRoot) : `${printable(owner.name)} (PID ${owner.pid})`;
	return `● ${who}: ${transport}, ${scopeWords[scope]} (${address})`;
};

/** What listened on a port of this machine when that was read last; empty before the first reading. */
export const hereParagraphs = ({rows, takenAt, isReadByRoot}: Pick<LocalState, 'rows' | 'takenAt' | 'isReadByRoot'>, port: Port): readonly Paragraph[] => {
	if (takenAt === undefined) {
		return [];
	}

	const sockets = listenersOn(rows, port);
	if (sockets.length === 0) {
		return [{role: 'faint', text: `Nothing listens on it here (as of ${formatClock(takenAt)}).`}];
	}

	return [
		{role: 'strong', text: `Listening on this machine (as of ${formatClock(takenAt)}); L shows more`},
		...sockets.slice(0, mostListed).map((socket): Paragraph => ({role: 'open', text: describe(socket, isReadByRoot), indent: 1})),
		...(sockets.length > mostListed ? [{role: 'faint', text: `and ${sockets.length - mostListed} sockets more`, indent: 1} as const] : []),
	];
};
