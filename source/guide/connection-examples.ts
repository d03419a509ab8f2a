import {contains, sizeOf} from '../port/port-range.ts';
import type {Registry} from '../registry/registry.ts';
import {printable} from '../report/printable.ts';
import {formatCount} from '../report/quantity.ts';
import {readAddress} from '../scan/address.ts';
import type {GuideConnection, GuideEnd, GuideLocal} from './guide-facts.ts';
import {registeredName} from './registry-examples.ts';
import {portLink, rich, type RichText} from './rich-text.ts';
import {asFarAsSeen, holderName, told} from './told.ts';

/** An end of a connection, its port a link. */
const formatEnd = ({address, port}: GuideEnd): RichText => rich`${address.includes(':') ? `[${printable(address)}]` : printable(address)}:${portLink(port)}`;

/** Which end of a connection is the client's: the one that does not listen. Undefined where neither end tells. */
const clientEndOf = ({local: {port}}: GuideConnection, {listening, clientRange}: GuideLocal): 'local' | 'remote' | undefined => {
	if (listening?.some(listener => listener.port === port)) {
		return 'remote';
	}

	return clientRange !== null && clientRange !== undefined && contains(clientRange, port) ? 'local' : undefined;
};

const isWithinMachine = ({remote}: GuideConnection): boolean => readAddress(remote.address)?.isLoopback === true;

/** The connection that shows most: rather one to another machine, and rather one of which the client is known. */
const tellingConnection = (connections: readonly GuideConnection[], local: GuideLocal): GuideConnection | undefined => {
	const rankOf = (connection: GuideConnection): number => (isWithinMachine(connection) ? 0 : 2) + (clientEndOf(connection, local) === undefined ? 0 : 1);
	return [...connections].sort((one, other) => rankOf(other) - rankOf(one))[0];
};

/** What tells which end is the client's. */
const clientSentence = (connection: GuideConnection, known: GuideLocal, registry: Registry | undefined): RichText => {
	const {local, remote} = connection;
	switch (clientEndOf(connection, known)) {
		case 'local': {
			const server = registry === undefined ? '' : `, and ${remote.port} is ${registeredName(registry, remote.port)} by the registry`;
			return rich` ${String(local.port)} is one of the ports this machine hands to clients${server}.`;
		}

		case 'remote': {
			return rich` ${String(local.port)} listens here, so ${String(remote.port)} is the client's end.`;
		}

		case undefined: {
			return [];
		}
	}
};

/** One connection of this machine with its two ends. */
export const connectionExamples = (local: GuideLocal, registry: Registry | undefined): readonly RichText[] =>
	told(local.connections, 'The connections of this machine cannot be read on this system.', connections => {
		const connection = tellingConnection(connections, local);
		return [connection === undefined
			? rich`This machine has no connection now${asFarAsSeen(local)}.`
			: rich`Here ${holderName(connection.holder)} has one between ${formatEnd(connection.local)} and ${formatEnd(connection.remote)}.${clientSentence(connection, local, registry)}`];
	});

/** The ports that this machine hands to clients, and one of them in use. */
export const clientRangeExamples = (local: GuideLocal): readonly RichText[] =>
	told(local.clientRange, 'Which ports this machine hands to clients cannot be read on this system.', range => {
		const used = local.connections?.find(connection => clientEndOf(connection, local) === 'local');
		return [
			rich`Here clients get ports from ${range.first} to ${range.last}: ${formatCount(sizeOf(range))} of them.`,
			...(used === undefined ? [] : [rich`${portLink(used.local.port)} is in use now, towards port ${portLink(used.remote.port)} of ${printable(used.remote.address)}.`]),
		];
	});
