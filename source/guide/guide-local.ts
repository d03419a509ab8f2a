import type {PortInterval} from '../port/port-range.ts';
import type {GuideEnd, GuideHolder, GuideListener, GuideLocal, Told} from './guide-facts.ts';

/** What the guide needs to know of a socket of this machine. States are named as in a listing of sockets: `listening`, `bound` (UDP, of anyone), `established`. */
export type GuideSocket = GuideEnd & {
	readonly transport: 'tcp' | 'udp';
	readonly state: string;
	readonly peer: GuideEnd | null;
	readonly ownership: 'known' | 'hidden' | 'none';
	readonly owners: ReadonlyArray<{readonly name: string}>;
};

const endOf = ({address, port}: GuideEnd): GuideEnd => ({address, port});

const holderOf = ({ownership, owners: [owner]}: GuideSocket): GuideHolder => {
	if (owner !== undefined) {
		return {kind: 'process', name: owner.name};
	}

	return {kind: ownership === 'none' ? 'none' : 'hidden'};
};

const listenerOf = (socket: GuideSocket): GuideListener => ({...endOf(socket), holder: holderOf(socket)});

/** Sorts the sockets of this machine into what the examples of the guide are made of. */
export const guideLocalOf = (sockets: Told<readonly GuideSocket[]>, clientRange: Told<PortInterval>, leavesOutOthers = false): GuideLocal =>
	sockets === null || sockets === undefined
		? {listening: sockets, datagrams: sockets, connections: sockets, clientRange, leavesOutOthers}
		: {
			listening: sockets.filter(({transport, state}) => transport === 'tcp' && state === 'listening').map(socket => listenerOf(socket)),
			datagrams: sockets.filter(({transport, state}) => transport === 'udp' && state === 'bound').map(socket => listenerOf(socket)),
			connections: sockets.flatMap(socket => (socket.transport === 'tcp' && socket.state === 'established' && socket.peer !== null ? [{local: endOf(socket), remote: endOf(socket.peer), holder: holderOf(socket)}] : [])),
			clientRange,
			leavesOutOthers,
		};
