import {contains, portRanges, sizeOf} from '../port/port-range.ts';
import type {Port} from '../port/port.ts';
import {formatCount} from '../report/quantity.ts';
import {printable} from '../report/printable.ts';
import type {Registry, Vantage} from '../registry/registry.ts';
import {readAddress} from '../scan/address.ts';
import {vantageOf} from '../scan/vantage.ts';
import type {GuideConnection, GuideEnd, GuideListener, GuideLocal} from './guide-facts.ts';
import {example, type Block} from './page.ts';
import {registeredName} from './registry-examples.ts';
import {joinRich, portLink, rich, type RichText} from './rich-text.ts';

/** More of them than this make a list that nobody reads in a guide: the view Local has them all. */
const mostListed = 4;

/** Examples of what this machine has; none before it is read. */
export const fromLocal = (local: GuideLocal | undefined, examplesOf: (local: GuideLocal) => readonly RichText[]): readonly Block[] =>
	local === undefined ? [] : examplesOf(local).map(text => example(text));

const everyInterface: ReadonlySet<string> = new Set(['0.0.0.0', '::', '*']);

/** Who can reach a listener, as far as its address tells. */
const reachOf = (address: string): 'every interface' | Vantage => {
	const literal = everyInterface.has(address) ? undefined : readAddress(address);
	return literal === undefined ? 'every interface' : vantageOf(literal);
};

const reachWords: Readonly<Record<'every interface' | Vantage, string>> = {
	'every interface': 'on every interface',
	internet: 'on a public address',
	lan: 'on a private address',
	loopback: 'for this machine alone',
};

/** An end of a connection, its port a link. */
const formatEnd = ({address, port}: GuideEnd): RichText => rich`${address.includes(':') ? `[${printable(address)}]` : printable(address)}:${portLink(port)}`;

const processName = (process: string | null): string => (process === null ? 'a program this user may not see' : printable(process));

/** One socket a port and reach: a server that listens over IPv4 and IPv6 is said once. */
const distinctListeners = (listening: readonly GuideListener[]): readonly GuideListener[] =>
	[...new Map(listening.map(listener => [`${listener.port} ${reachOf(listener.address)} ${listener.process ?? ''}`, listener])).values()].sort((one, other) => one.port - other.port);

const unreadable = rich`What listens on this machine cannot be read on this system.`;

/** What listens here: the lowest ports of it. */
export const listenerExamples = ({listening}: GuideLocal): readonly RichText[] => {
	if (listening === null) {
		return [unreadable];
	}

	const all = distinctListeners(listening);
	if (all.length === 0) {
		return [rich`Nothing listens on this machine now.`];
	}

	const shown = all.slice(0, mostListed).map(({address, port, process}) => rich`Here ${processName(process)} listens on ${portLink(port)}, ${reachWords[reachOf(address)]}.`);
	const rest = all.length - shown.length;
	return [...shown, ...(rest === 0 ? [] : [rich`… and ${rest} more: L shows what listens here.`])];
};

const portsOf = (listening: readonly GuideListener[]): readonly Port[] => [...new Set(listening.map(({port}) => port))].sort((one, other) => one - other);

/** So many ports as links, and how many more there are. */
const listPorts = (ports: readonly Port[]): RichText => {
	const shown = ports.slice(0, 2 * mostListed);
	return [...joinRich(shown.map(port => [portLink(port)])), ...(shown.length === ports.length ? [] : [`, and ${ports.length - shown.length} more`])];
};

/** How many ports of each range listen here. */
export const rangeExamples = ({listening}: GuideLocal): readonly RichText[] => {
	if (listening === null) {
		return [unreadable];
	}

	const ports = portsOf(listening);
	const counts = portRanges.map(range => `${ports.filter(port => contains(range, port)).length} ${range.title.toLowerCase()}`);
	return [rich`Listening here: ${counts.join(', ')}.`];
};

/** What listens here beside the name that the registry has for its port. */
export const nameExamples = ({listening}: GuideLocal, registry: Registry): readonly RichText[] => {
	const named = distinctListeners(listening ?? []).filter(({process}) => process !== null);
	return listening === null ? [unreadable] : named.slice(0, 2).map(({port, process}) => rich`Here ${processName(process)} listens on ${portLink(port)}, which is ${registeredName(registry, port)} by the registry.`);
};

/** Which ports that need a privilege on Unix listen here. */
export const lowPortExamples = ({listening}: GuideLocal): readonly RichText[] => {
	if (listening === null) {
		return [unreadable];
	}

	const low = portsOf(listening).filter(port => contains(portRanges[0], port));
	return [low.length === 0 ? rich`No port below 1024 listens here.` : rich`Listening here below 1024: ${listPorts(low)}.`];
};

/** Which ports take datagrams here, and which connections. */
export const transportExamples = ({listening, datagrams}: GuideLocal): readonly RichText[] => [
	...(listening === null ? [unreadable] : [rich`Listening here over TCP: ${listening.length === 0 ? 'none' : listPorts(portsOf(listening))}.`]),
	...(datagrams === null ? [rich`Which UDP ports are in use here cannot be read on this system.`] : [rich`Taking datagrams here over UDP: ${datagrams.length === 0 ? 'none' : listPorts(portsOf(datagrams))}.`]),
];

/** Which ports of this machine can be reached from outside it. */
export const reachExamples = ({listening}: GuideLocal): readonly RichText[] => {
	if (listening === null) {
		return [unreadable];
	}

	const ports = portsOf(listening.filter(({address}) => reachOf(address) !== 'loopback'));
	if (ports.length === 0) {
		return [listening.length === 0 ? rich`Nothing listens on this machine now.` : rich`All that listens here listens for this machine alone.`];
	}

	return [rich`Listening here for other machines too: ${listPorts(ports)}. A firewall may still be in between.`];
};

/** Which end of a connection is the client's: the end that does not listen. Undefined where neither end tells. */
const clientEndOf = ({local: {port}}: GuideConnection, {listening, clientRange}: GuideLocal): 'local' | 'remote' | undefined => {
	if (listening?.some(listener => listener.port === port)) {
		return 'remote';
	}

	return clientRange !== null && contains(clientRange, port) ? 'local' : undefined;
};

/** A connection that shows more than one to this machine itself comes first, then one of which the client is known. */
const tellingConnection = (local: GuideLocal): GuideConnection | undefined => {
	const rank = (connection: GuideConnection): number =>
		(readAddress(connection.remote.address)?.isLoopback === true ? 0 : 2) + (clientEndOf(connection, local) === undefined ? 0 : 1);
	return [...(local.connections ?? [])].sort((one, other) => rank(other) - rank(one))[0];
};

/** What tells which end is the client's. */
const clientSentence = ({local, remote}: GuideConnection, client: 'local' | 'remote' | undefined, registry: Registry | undefined): RichText => {
	switch (client) {
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
export const connectionExamples = (local: GuideLocal, registry: Registry | undefined): readonly RichText[] => {
	if (local.connections === null) {
		return [rich`The connections of this machine cannot be read on this system.`];
	}

	const connection = tellingConnection(local);
	if (connection === undefined) {
		return [rich`This machine has no connection now.`];
	}

	const ends = rich`${formatEnd(connection.local)} and ${formatEnd(connection.remote)}`;
	return [rich`Here ${processName(connection.process)} has one between ${ends}.${clientSentence(connection, clientEndOf(connection, local), registry)}`];
};

/** The ports that this machine hands to clients, and one of them in use. */
export const clientRangeExamples = (local: GuideLocal): readonly RichText[] => {
	const {clientRange, connections} = local;
	if (clientRange === null) {
		return [rich`Which ports this machine hands to clients cannot be read on this system.`];
	}

	const used = connections?.find(connection => clientEndOf(connection, local) === 'local');
	return [
		rich`Here clients get ports from ${String(clientRange.first)} to ${String(clientRange.last)}: ${formatCount(sizeOf(clientRange))} of them.`,
		...(used === undefined ? [] : [rich`${portLink(used.local.port)} is in use now, towards port ${portLink(used.remote.port)} of ${printable(used.remote.address)}.`]),
	];
};
