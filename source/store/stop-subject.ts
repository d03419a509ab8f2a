import {isWaiting, type LocalProcess, type LocalSnapshot, type LocalSocket} from '../local/local-socket.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {Port} from '../port/port.ts';
import {lineInHand, socketsOf} from './local-selectors.ts';
import type {State} from './state.ts';

/** What a stop is planned from: ports, and the sockets without those of others on the same ports, which are none of its business. */
export type StopSubject = {readonly ports: readonly Port[]; readonly snapshot: LocalSnapshot};

const shareOwner = (one: LocalSocket, other: LocalSocket): boolean => one.owners.some(({pid}) => other.owners.some(owner => owner.pid === pid));

const subjectOf = ({local}: State, meant: readonly LocalSocket[]): StopSubject => {
	const ports = [...new Set(meant.map(({port}) => port))];
	const sockets = local.rows.filter(({freshness}) => freshness !== 'gone').map(({socket}) => socket)
		.filter(socket => !ports.includes(socket.port) || meant.some(each => each.id === socket.id || shareOwner(each, socket)));
	return {ports, snapshot: {takenAt: local.takenAt ?? '', source: 'proc', sockets, processes: local.processes, hiddenCount: local.hiddenCount, leavesOutOthers: local.leavesOutOthers, isReadByRoot: local.isReadByRoot}};
};

const subjectOfProcess = (state: State, process: LocalProcess): Parsed<StopSubject> => {
	const sockets = socketsOf(state.local.rows, process).filter(socket => isWaiting(socket));
	return sockets.length === 0 ? rejected(`PID ${process.pid} listens on nothing: there is no port to free.`) : parsed(subjectOf(state, sockets));
};

/** What the line in hand stands for when something is to be stopped, or one sentence that says why it stands for nothing. */
export const stopSubjectOf = (state: State): Parsed<StopSubject> => {
	const line = lineInHand(state);
	switch (line?.kind) {
		case undefined: {
			return rejected('There is nothing in hand to stop.');
		}

		case 'process': {
			return subjectOfProcess(state, line.process);
		}

		case 'ownerless': {
			return rejected('Choose one of the sockets below: each may have another owner.');
		}

		case 'socket': {
			const {freshness, socket} = line.row;
			const [owner] = socket.owners;
			if (freshness === 'gone') {
				return rejected(`It is gone already: nothing to stop on port ${socket.port}.`);
			}

			return isWaiting(socket) || owner === undefined ? parsed(subjectOf(state, [socket])) : subjectOfProcess(state, owner);
		}
	}
};
