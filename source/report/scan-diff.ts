import {portsOf, portSetOfPorts, readPortSet, type PortSet} from '../port/port-set.ts';
import type {Port} from '../port/port.ts';
import {numberOf} from '../scan/address-block.ts';
import type {Address} from '../scan/address.ts';
import type {Host} from '../scan/event.ts';
import type {Observed} from '../scan/observed.ts';
import type {HostRecord, ScanRecord} from '../scan/scan-record.ts';
import {reasonOf, type PortState, type Verdict} from '../scan/verdict.ts';

/** One of two scans that are compared. */
export type ComparedScan = {
	readonly record: ScanRecord;
	/** Whether the scan was to ask an address of which its record tells nothing; undefined where nobody knows. */
	readonly asks?: ((address: Address) => boolean) | undefined;
	/** Takes what is not told as asked and not open: for lists of open ports that answer the same question. */
	readonly takesUntoldAsNotOpen?: boolean | undefined;
};

/**
What a scan says of a port.

`not-open`: closed or filtered, and which of them is not told. `not-asked`: it was not asked, its host was down, or nobody tells. `unknown`: it was to be asked, but this machine could not, or the scan ended first.
*/
export type Seen = {
	readonly state: PortState | 'not-open' | 'not-asked';
	/** Undefined where none was told. */
	readonly verdict?: Verdict | undefined;
	readonly observed?: Observed | undefined;
};

/** `service`: open in both, and what answers is another. */
export type PortChange = {readonly kind: 'opened' | 'closed' | 'service'; readonly port: Port; readonly before: Seen; readonly after: Seen};

/** Ports that were closed and are filtered, or the other way round. */
export type StateShift = {readonly from: PortState; readonly to: PortState; readonly ports: PortSet};

/** A port that is open in one scan, and of which the other cannot tell: no difference, and no sameness either. */
export type Untold = {readonly port: Port; readonly openIn: 'before' | 'after'; readonly why: 'not-asked' | 'unknown'};

export type HostDiff = {
	readonly host: Host;
	/** Whether the host was taken as down in one of the scans and answered in the other. */
	readonly presence: 'same' | 'came-up' | 'went-down';
	/** Lowest port first. */
	readonly changes: readonly PortChange[];
	readonly shifts: readonly StateShift[];
	/** Lowest port first. */
	readonly untold: readonly Untold[];
};

export type ScanDiff = {
	/** Whether nothing has changed of which both scans can tell. */
	readonly isSame: boolean;
	/** The hosts with something to tell, by address. */
	readonly hosts: readonly HostDiff[];
	/** How many hosts both scans tell of. */
	readonly comparedHostCount: number;
};

type Side = {
	readonly hostOf: (address: string) => HostRecord | undefined;
	readonly isDown: (address: string) => boolean;
	readonly see: (address: Address, port: Port) => Seen;
};

const notAsked: Seen = {state: 'not-asked'};
const notOpen: Seen = {state: 'not-open'};
const unknown: Seen = {state: 'unknown'};

const createSide = ({record, asks, takesUntoldAsNotOpen = false}: ComparedScan): Side => {
	const {started, status, down} = record;
	const asked = new Set(portsOf(readPortSet(started.ports)));
	const hosts = new Map(record.hosts.filter(host => host.down === undefined).map(host => [host.host.address.text, host]));
	const downHosts = new Set(down.listed.map(({host}) => host.address.text));
	const untold = takesUntoldAsNotOpen ? notOpen : notAsked;
	/** Whether of a host that was asked and is not listed it is sure that nothing is open there. */
	const isUnlistedNotOpen = status === 'complete' && down.count === down.listed.length;

	const seeUnlisted = (address: Address): Seen => {
		if (downHosts.has(address.text) || asks?.(address) !== true) {
			return downHosts.has(address.text) ? notAsked : untold;
		}

		return isUnlistedNotOpen ? notOpen : unknown;
	};

	return {
		hostOf: address => hosts.get(address),
		isDown: address => downHosts.has(address),
		see(address, port) {
			if (!asked.has(port)) {
				return untold;
			}

			const host = hosts.get(address.text);
			if (host === undefined) {
				return seeUnlisted(address);
			}

			const verdict = host.verdicts.get(port);
			if (verdict === undefined) {
				return started.tellsOpenOnly === true ? untold : unknown;
			}

			return {state: verdict.state, verdict, observed: host.observed.get(port)};
		},
	};
};

const isTold = ({state}: Seen): boolean => state !== 'not-asked' && state !== 'unknown';

/** Whether two observations of the same port tell of different services. What only one of them tells is no difference. */
const isOtherService = (before: Observed | undefined, after: Observed | undefined): boolean =>
	before !== undefined && after !== undefined && (['protocol', 'product', 'version'] as const).some(name => before[name] !== null && after[name] !== null && before[name] !== after[name]);

/** Whether the two states differ for sure: behind a limit of RSTs nobody can tell closed from filtered. */
const isShift = ({state: from, verdict: before}: Seen, {state: to, verdict: after}: Seen): boolean =>
	((from === 'closed' && to === 'filtered') || (from === 'filtered' && to === 'closed')) && [before, after].every(verdict => verdict !== undefined && reasonOf(verdict) !== 'rst-limit');

const changeOf = (port: Port, before: Seen, after: Seen): PortChange | undefined => {
	if (before.state === 'open' && after.state === 'open') {
		return isOtherService(before.observed, after.observed) ? {kind: 'service', port, before, after} : undefined;
	}

	return isTold(before) && isTold(after) && (before.state === 'open' || after.state === 'open') ? {kind: after.state === 'open' ? 'opened' : 'closed', port, before, after} : undefined;
};

const untoldOf = (port: Port, before: Seen, after: Seen): Untold | undefined => {
	const [openIn, other] = before.state === 'open' ? ['before', after] as const : ['after', before] as const;
	return (before.state === 'open' || after.state === 'open') && !isTold(other) ? {port, openIn, why: other.state === 'unknown' ? 'unknown' : 'not-asked'} : undefined;
};

const answered = (host: HostRecord | undefined): boolean => host !== undefined && host.verdicts.counts.open + host.verdicts.counts.closed > 0;

const presenceOf = (address: string, before: Side, after: Side): HostDiff['presence'] => {
	if (before.isDown(address) && answered(after.hostOf(address))) {
		return 'came-up';
	}

	return after.isDown(address) && answered(before.hostOf(address)) ? 'went-down' : 'same';
};

const everyState: readonly PortState[] = ['open', 'closed', 'filtered', 'unknown'];

const diffHost = (host: Host, before: Side, after: Side): HostDiff => {
	const {address} = host;
	const records = [before.hostOf(address.text), after.hostOf(address.text)];
	// Where one scan tells nothing of the host, only open ports are worth a word.
	const states = records.includes(undefined) ? ['open' as const] : everyState;
	const ports = new Set(records.flatMap(record => record?.verdicts.portsIn(states) ?? []));
	const changes: PortChange[] = [];
	const untold: Untold[] = [];
	const shifts = new Map<string, {from: PortState; to: PortState; ports: Port[]}>();
	for (const port of Uint16Array.from(ports).sort() as Iterable<number> as Iterable<Port>) {
		const [seenBefore, seenAfter] = [before.see(address, port), after.see(address, port)];
		const change = changeOf(port, seenBefore, seenAfter);
		const silence = untoldOf(port, seenBefore, seenAfter);
		if (change !== undefined) {
			changes.push(change);
		} else if (silence !== undefined) {
			untold.push(silence);
		} else if (isShift(seenBefore, seenAfter)) {
			const [from, to] = [seenBefore.state as PortState, seenAfter.state as PortState];
			const shift = shifts.get(from) ?? {from, to, ports: []};
			shift.ports.push(port);
			shifts.set(from, shift);
		}
	}

	return {
		host,
		presence: presenceOf(address.text, before, after),
		changes,
		shifts: Array.from(shifts.values(), ({from, to, ports: shifted}) => ({from, to, ports: portSetOfPorts(shifted)})),
		untold,
	};
};

const hasDifference = ({presence, changes, shifts}: HostDiff): boolean => presence !== 'same' || changes.length > 0 || shifts.length > 0;

/** The hosts of both scans, each address once, as the later scan names it. */
const hostsOf = (...records: readonly ScanRecord[]): readonly Host[] => {
	const hosts = new Map(records.flatMap(({hosts: listed, down}) => [...down.listed, ...listed]).map(({host}) => [host.address.text, host]));
	return [...hosts.values()].sort(({address: one}, {address: other}) => one.family - other.family || (numberOf(one) === numberOf(other) ? (one.text < other.text ? -1 : 1) : (numberOf(one) < numberOf(other) ? -1 : 1)));
};

/**
Compares two scans, host by host by their addresses: what opened, what closed, where another service answers.

A port that one of them did not ask, or could not, is told apart from one that has changed.
*/
export const diffScans = (before: ComparedScan, after: ComparedScan): ScanDiff => {
	const [sideBefore, sideAfter] = [createSide(before), createSide(after)];
	const hosts = hostsOf(before.record, after.record);
	const diffs = hosts.map(host => diffHost(host, sideBefore, sideAfter));
	return {
		isSame: !diffs.some(diff => hasDifference(diff)),
		hosts: diffs.filter(diff => hasDifference(diff) || diff.untold.length > 0),
		comparedHostCount: hosts.filter(({address: {text}}) => [sideBefore, sideAfter].every(side => side.hostOf(text) !== undefined || side.isDown(text))).length,
	};
};
