import {formatPortSet, portSetOfPorts} from '../port/port-set.ts';
import type {Registry} from '../registry/registry.ts';
import {describeObserved} from '../scan/observed.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import {vantageOf} from '../scan/vantage.ts';
import {reasonOf} from '../scan/verdict.ts';
import {joinWords} from './join-words.ts';
import {formatCount} from './quantity.ts';
import {reasonWords} from './reason-words.ts';
import type {HostDiff, PortChange, ScanDiff, Seen, StateShift, Untold} from './scan-diff.ts';

/** What a report says of one of the scans that are compared. */
export type ComparedTitle = {
	/** How it was named: an id of the history, a file. */
	readonly name: string;
	/** ISO 8601. */
	readonly startedAt: string;
	readonly engine: string;
	readonly ports: string;
};

/** A host as a heading names it. */
export const headingOf = ({host: {target, address}}: HostDiff): string => (target === address.text ? target : `${target} (${address.text})`);

/** The registered name of a port that has changed: not observed; empty where it has none. */
export const nameOf = ({port, after}: PortChange, {host: {address}}: HostDiff, registry: Registry): string =>
	tcpFactsOf(registry.lookup(port), after.state === 'open' ? 'open' : 'closed', vantageOf(address)).registry?.name ?? '';

/** A scan that is compared, in a line. */
export const describeTitle = ({name, startedAt, engine, ports}: ComparedTitle): string => `${name}, ${startedAt}, ${engine}, ports ${ports.length > 60 ? `${ports.slice(0, 59)}…` : ports}`;

/** The sign of a change, so that no colour is needed. */
export const signOf = ({kind}: PortChange): string => ({opened: '+', closed: '-', service: '~'})[kind];

const plural = (count: number, word: string): string => `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;

const stateWords = ({state, verdict}: Seen): string => {
	if (state === 'not-open') {
		return 'not open';
	}

	return verdict === undefined || state === 'open' ? state : `${state} (${reasonWords(reasonOf(verdict))})`;
};

/** What has changed at a port, without its number. Text from outside, still to be made printable. */
export const describeChange = ({kind, before, after}: PortChange): string => {
	switch (kind) {
		case 'opened': {
			return `opened, was ${stateWords(before)}${after.observed === undefined ? '' : `: ${describeObserved(after.observed)}`}`;
		}

		case 'closed': {
			return `${after.state === 'not-open' ? 'no longer open' : `open no longer, now ${stateWords(after)}`}${before.observed === undefined ? '' : `; was ${describeObserved(before.observed)}`}`;
		}

		case 'service': {
			return `another service: was ${describeObserved(before.observed!)}, now ${describeObserved(after.observed!)}`;
		}
	}
};

/** @example 12 ports are filtered that were closed: 1-12 */
export const describeShift = ({from, to, ports}: StateShift): string => `${ports.size === 1 ? '1 port is' : `${formatCount(ports.size)} ports are`} ${to} that ${ports.size === 1 ? 'was' : 'were'} ${from}: ${formatPortSet(ports)}`;

/** What only one of the scans can tell of a host, a sentence for each kind. */
export const describeUntold = (untold: readonly Untold[]): readonly string[] => (['before', 'after'] as const).flatMap(openIn => (['not-asked', 'unknown'] as const).flatMap(why => {
	const ports = portSetOfPorts(untold.filter(each => each.openIn === openIn && each.why === why).map(({port}) => port));
	if (ports.size === 0) {
		return [];
	}

	const other = openIn === 'before' ? 'after' : 'before';
	return [`${formatPortSet(ports)}: open ${openIn === 'before' ? 'before' : 'now'}; ${other === 'before' ? 'before' : 'this time'} ${why === 'unknown' ? 'it could not be found out' : 'not scanned'}`];
}));

const presenceWords: Readonly<Record<HostDiff['presence'], string | undefined>> = {
	same: undefined,
	'came-up': 'The host was down before, and answers now.',
	'went-down': 'The host answered before, and is down now.',
};

export const describePresence = ({presence}: HostDiff): string | undefined => presenceWords[presence];

/** All of it in a sentence. */
export const summarizeDiff = ({hosts, comparedHostCount}: ScanDiff): string => {
	const changes = hosts.flatMap(host => host.changes);
	const countOf = (kind: PortChange['kind']): number => changes.filter(change => change.kind === kind).length;
	const shifted = hosts.reduce((sum, {shifts}) => sum + shifts.reduce((ports, shift) => ports + shift.ports.size, 0), 0);
	const hostsUp = hosts.filter(({presence}) => presence === 'came-up').length;
	const hostsDown = hosts.filter(({presence}) => presence === 'went-down').length;
	const parts = [
		...(countOf('opened') === 0 ? [] : [`${formatCount(countOf('opened'))} opened`]),
		...(countOf('closed') === 0 ? [] : [`${formatCount(countOf('closed'))} open no longer`]),
		...(countOf('service') === 0 ? [] : [`${formatCount(countOf('service'))} with another service`]),
		...(shifted === 0 ? [] : [`${formatCount(shifted)} closed or filtered otherwise`]),
		...(hostsUp === 0 ? [] : [`${plural(hostsUp, 'host')} came up`]),
		...(hostsDown === 0 ? [] : [`${plural(hostsDown, 'host')} went down`]),
	];
	const untold = hosts.reduce((sum, host) => sum + host.untold.length, 0);
	const compared = comparedHostCount === 0 ? 'The two scans have no host in common' : `${plural(comparedHostCount, 'host')} compared`;
	const said = comparedHostCount === 0 && parts.length === 0 ? compared : `${compared}: ${parts.length === 0 ? 'no difference' : joinWords(parts, 'and')}`;
	return `${said}.${untold === 0 ? '' : ` Of ${plural(untold, 'open port')} only one of the scans can tell.`}`;
};
