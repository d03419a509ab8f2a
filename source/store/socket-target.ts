import {createEphemeralSide} from '../local/ephemeral-side.ts';
import {isWaiting, type LocalSocket, type SocketEnd} from '../local/local-socket.ts';

/** Addresses that stand for every interface, and what reaches them from this machine. */
const dialled: Readonly<Record<string, string>> = {'0.0.0.0': '127.0.0.1', '::': '::1', '*': 'localhost'};

/** The end of a connection that serves: its own where something listens on that port here, else the peer. A socket that waits has but its own. */
export const serviceEndOf = (socket: LocalSocket, sockets: readonly LocalSocket[]): SocketEnd =>
	isWaiting(socket) || socket.peer === null || createEphemeralSide(sockets)(socket) === 'peer' ? socket : socket.peer;

/** The address to scan for what answers at an end. */
export const addressToScan = ({address}: SocketEnd): string => dialled[address] ?? address;
