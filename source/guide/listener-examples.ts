import {contains, portRanges} from '../port/port-range.ts';
import type {Port} from '../port/port.ts';
import type {Registry, Vantage} from '../registry/registry.ts';
import {readAddress} from '../scan/address.ts';
import {vantageOf} from '../scan/vantage.ts';
import type {GuideListener, GuideLocal} from './guide-facts.ts';
import {registeredName} from './registry-examples.ts';
import {joinRich, portLink, rich, type RichText} from './rich-text.ts';
import {asFarAsSeen, holderName, told} from './told.ts';

/** More of them than this make a list that nobody reads in a guide: the view Local has them all. */
const mostListed = 4;

/** More ports than this in a row are no example any more. */
const mostPorts = 8;

const everyInterface: ReadonlySet<string> = new Set(['0.0.0.0', '::', '*']);

/** Who can reach a listener, as far as its address tells. What cannot be read as an address may be any. */
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

/** One socket a port and reach: a server that listens over IPv4 and IPv6 is said once. */
const distinctListeners = (listening: readonly GuideListener[]): readonly GuideListener[] =>
	[...new Map(listening.map(listener => [`${listener.port} ${reachOf(listener.address)} ${holderName(listener.holder)}`, listener])).values()].sort((one, other) => one.port - other.port);

const untold = 'What listens on this machine cannot be read on this system.';

const nothingListens = (local: GuideLocal): RichText => rich`Nothing listens on this machine now${asFarAsSeen(local)}.`;

const portsOf = (listeners: readonly GuideListener[]): readonly Port[] => [...new Set(listeners.map(({port}) => port))].sort((one, other) => one - other);

/** The lowest ports as links, and how many more there are. */
const listPorts = (ports: readonly Port[]): RichText => {
	const shown = ports.slice(0, mostPorts);
	return [...joinRich(shown.map(port => [portLink(port)])), ...(shown.length === ports.length ? [] : [`, and ${ports.length - shown.length} more`])];
};

/** What listens here: the lowest ports of it. */
export const listenerExamples = (local: GuideLocal): readonly RichText[] => told(local.listening, untold, listening => {
	const all = distinctListeners(listening);
	if (all.length === 0) {
		return [nothingListens(local)];
	}

	const shown = all.slice(0, mostListed).map(({address, port, holder}) => rich`Here ${holderName(holder)} listens on ${portLink(port)}, ${reachWords[reachOf(address)]}.`);
	const rest = all.length - shown.length;
	return [...shown, ...(rest === 0 ? [] : [rich`… and ${rest} more: L shows what listens here.`])];
});

/** How many ports of each range listen here. */
export const rangeExamples = (local: GuideLocal): readonly RichText[] => told(local.listening, untold, listening => {
	const ports = portsOf(listening);
	const counts = portRanges.map(range => `${ports.filter(port => contains(range, port)).length} ${range.title.toLowerCase()}`);
	return [rich`Ports that listen here: ${counts.join(', ')}${asFarAsSeen(local)}.`];
});

/** What listens here beside the name that the registry has for its port. */
export const nameExamples = (local: GuideLocal, registry: Registry): readonly RichText[] => told(local.listening, untold, listening =>
	distinctListeners(listening)
		.filter(({holder}) => holder.kind === 'process')
		.slice(0, 2)
		.map(({port, holder}) => rich`Here ${holderName(holder)} listens on ${portLink(port)}, which is ${registeredName(registry, port)} by the registry.`));

/** Which ports that need a privilege on Unix listen here. */
export const lowPortExamples = (local: GuideLocal): readonly RichText[] => told(local.listening, untold, listening => {
	const low = portsOf(listening).filter(port => contains(portRanges[0], port));
	return [low.length === 0 ? rich`No port below 1024 listens here${asFarAsSeen(local)}.` : rich`Ports below 1024 that listen here: ${listPorts(low)}.`];
});

/** Which ports take connections here, and which take datagrams. */
export const transportExamples = (local: GuideLocal): readonly RichText[] => [
	...told(local.listening, untold, listening => [listening.length === 0 ? nothingListens(local) : rich`Listening here over TCP: ${listPorts(portsOf(listening))}.`]),
	...told(local.datagrams, 'What takes datagrams on this machine cannot be read on this system.', datagrams => [
		datagrams.length === 0 ? rich`Nothing takes datagrams over UDP here now${asFarAsSeen(local)}.` : rich`Taking datagrams here over UDP: ${listPorts(portsOf(datagrams))}.`,
	]),
];

/** Which ports of this machine can be reached from outside it. */
export const reachExamples = (local: GuideLocal): readonly RichText[] => told(local.listening, untold, listening => {
	if (listening.length === 0) {
		return [nothingListens(local)];
	}

	const ports = portsOf(listening.filter(({address}) => reachOf(address) !== 'loopback'));
	return [ports.length === 0
		? rich`All that listens here listens for this machine alone${asFarAsSeen(local)}.`
		: rich`Listening here for other machines too: ${listPorts(ports)}. A firewall may still be in between.`];
});
