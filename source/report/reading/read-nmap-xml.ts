import {parsed, rejected, type Parsed} from '../../port/parsed.ts';
import {interval, sizeOf, type PortInterval} from '../../port/port-range.ts';
import {formatPortSet, portSetOf, type PortSet} from '../../port/port-set.ts';
import {lastPort, portCount, toPort, type Port} from '../../port/port.ts';
import {quoteTyped} from '../../port/quote.ts';
import {readAddress} from '../../scan/address.ts';
import type {Host, HostDown, ScanEvent, ScanStatus} from '../../scan/event.ts';
import type {Observed} from '../../scan/observed.ts';
import type {Verdict} from '../../scan/verdict.ts';
import {filteredReasonOf, verdictOfNmap} from '../nmap-states.ts';
import {formatCount} from '../quantity.ts';
import {interruptedMessage} from '../scan-xml.ts';
import type {ReadScan} from './read-scan.ts';
import {walkXml, type XmlAttributes, type XmlEnd, type XmlPlace} from './walk-xml.ts';

/** What is known of a document from elsewhere. */
export type ReadingOptions = {
	/** When its file was last written to, milliseconds since 1970: for a document that does not say when its scan began. */
	readonly modifiedAtMs?: number | undefined;
};

/** What a document may tell of, at most: what is read is held in memory. */
const mostHosts = 1_000_000;
const mostVerdicts = 20_000_000;

/** No text of an observation or a name is kept longer; the history file takes no more either. */
const longestText = 4096;
const longestName = 253;

/** Of a command line, what is looked at. */
const longestArgs = 100_000;

/** A document has a `scaninfo` for each protocol. */
const mostScanInfos = 16;

/** Sentences are written of so many different things that were passed over. */
const mostKinds = 10;

/** Ends the reading of a document that tells of too much. */
class TooLarge extends Error {}

const isProtocol = (text: string): boolean => ['tcp', 'udp', 'sctp', 'ip'].includes(text);

const readNumber = (text: string | undefined, most: number): number | undefined => {
	const value = text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
	return value <= most ? value : undefined;
};

/** Reads ports as nmap lists them: numbers and ranges in ascending order. @returns Undefined when it is no such list. */
const readPortList = (text: string): readonly PortInterval[] | undefined => {
	const intervals: PortInterval[] = [];
	let next = 0;
	let from = 0;
	while (from < text.length) {
		const comma = text.indexOf(',', from);
		const end = comma === -1 ? text.length : comma;
		const [, first, last = first] = (end - from > 11 ? null : /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.slice(from, end))) ?? [];
		if (first === undefined || Number(first) < next || Number(last) < Number(first) || Number(last) > lastPort) {
			return undefined;
		}

		intervals.push(interval(Number(first), Number(last)));
		next = Number(last) + 1;
		from = end + 1;
	}

	return intervals;
};

const countOf = (intervals: readonly PortInterval[]): number => intervals.reduce((sum, each) => sum + sizeOf(each), 0);

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text.slice(0, longestText));

/** What a `service` element tells of what somebody asked; undefined where it is a guess from the port's number, or tells nothing. */
const readService = ({name, method, product, version, extrainfo, tunnel, banner}: XmlAttributes): Observed | undefined => {
	if (method !== 'probed' && banner === undefined) {
		return undefined;
	}

	const protocol = name === undefined || name === '' || name === 'unknown' ? null : `${tunnel === 'ssl' ? 'ssl/' : ''}${name}`.slice(0, longestText);
	const observed = {protocol, product: orNull(product), version: orNull(version), banner: orNull(banner ?? extrainfo)};
	return Object.values(observed).every(value => value === null) ? undefined : observed;
};

/** Ports of one host that are told as a crowd. */
type Crowd = {
	readonly state: string;
	readonly count: number;
	/** Each with how many ports it is of, and which where that is told; of TCP alone. */
	readonly reasons: Array<{readonly reason: string; readonly count: number; readonly protocol: string | undefined; readonly ports: readonly PortInterval[] | undefined}>;
};

/** What one `host` element has told so far. */
type HostElement = {
	status: {readonly state: string; readonly reason: string} | undefined;
	number: number | undefined;
	userName: string | undefined;
	pointerName: string | undefined;
	readonly isTimedOut: boolean;
	readonly crowds: Crowd[];
	/** TCP ports that are listed one by one, and how many of other protocols are. */
	readonly listed: Set<number>;
	othersListed: number;
	port: {readonly number: Port; readonly isTcp: boolean} | undefined;
};

type GatheredHost = {target: string; note: string | null; isUp: boolean; isDone: boolean; down: HostDown | undefined};

/** The date of a time in seconds since 1970; undefined where it is none. */
const dateOf = (seconds: string | undefined): string | undefined => {
	const value = readNumber(seconds, 8.64e12);
	return value === undefined ? undefined : new Date(value * 1000).toISOString();
};

/** The time of an event: to the millisecond where the document is ours, which says so. */
const timeOf = (seconds: string | undefined, exact: string | undefined): string | undefined => {
	const date = dateOf(seconds);
	return exact !== undefined && date !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(exact) && exact.slice(0, 19) === date.slice(0, 19) && !Number.isNaN(Date.parse(exact)) ? exact : date;
};

/** The programs that a document may be of though it says `nmap`, because its type allows no other. They are named where the command line is. */
const knownPrograms: ReadonlySet<string> = new Set(['portui', 'masscan', 'naabu', 'rustscan', 'unknown']);

const createGatherer = () => {
	const events: ScanEvent[] = [];
	const hosts: Array<Pick<Host, 'address'> & GatheredHost> = [];
	const numbers = new Map<string, number>();
	/** TCP ports that the document tells of, however it does. */
	const toldPorts = new Uint8Array(portCount);
	const asked: Array<readonly PortInterval[]> = [];
	let othersAsked = 0;
	let scanInfoCount = 0;
	let areAllAskedKnown = true;
	const verdicts = new Map<string, Verdict>();
	/** masscan tells of a service once for each thing it read of it: the first names the protocol. */
	const observedPlaces = new Set<number>();
	const passedOver = new Map<string, number>();
	const uncertain = {crowdHosts: 0, reasonHosts: 0, fullHosts: 0, timedOut: 0, withoutAddress: 0, states: new Map<string, number>()};
	let root: XmlAttributes | undefined;
	let rootName: string | undefined;
	let finished: XmlAttributes | undefined;
	let hostTotals: XmlAttributes | undefined;
	let lastTime: string | undefined;
	let host: HostElement | undefined;
	let verdictCount = 0;

	const bump = (map: Map<string, number>, key: string, by = 1): void => {
		if (map.size < mostKinds || map.has(key)) {
			map.set(key, (map.get(key) ?? 0) + by);
		}
	};

	const verdictFor = (state: string, reason: string): Verdict | undefined => {
		const key = `${state} ${reason}`;
		const known = verdicts.get(key);
		if (known !== undefined) {
			return known;
		}

		const verdict = verdictOfNmap({state, reason});
		if (verdict !== undefined && verdicts.size < 1000) {
			verdicts.set(key, verdict);
		}

		return verdict;
	};

	const tell = (number: number, port: Port, verdict: Verdict): void => {
		verdictCount++;
		if (verdictCount > mostVerdicts) {
			throw new TooLarge(`more than ${formatCount(mostVerdicts)} ports`);
		}

		toldPorts[port] = 1;
		events.push({kind: 'probed', host: number, port, verdict});
	};

	const tellAll = (number: number, intervals: readonly PortInterval[], verdict: Verdict, without?: ReadonlySet<number>): void => {
		for (const {first, last} of intervals) {
			for (let port: number = first; port <= last; port++) {
				if (without?.has(port) !== true) {
					tell(number, toPort(port), verdict);
				}
			}
		}
	};

	/** All TCP ports that were asked of every host; made anew when the document tells of more. */
	let askedSet: PortSet | undefined;
	const askedPorts = (): PortSet => askedSet ??= portSetOf(asked.flat());

	/** Tells of a crowd whose ports are listed with their reasons; what is not of TCP is counted. */
	const tellListedCrowd = (number: number, crowd: Crowd): void => {
		for (const {reason, protocol, ports, count} of crowd.reasons) {
			if (protocol !== undefined && protocol !== 'tcp') {
				bump(passedOver, protocol, count);
			} else if (ports !== undefined) {
				const verdict = verdictFor(crowd.state, reason);
				if (verdict === undefined) {
					bump(uncertain.states, crowd.state, countOf(ports));
				} else {
					tellAll(number, ports, verdict);
				}
			}
		}
	};

	const isListed = ({reasons, count}: Crowd): boolean => reasons.length > 0 && reasons.every(({ports, protocol}) => ports !== undefined || (protocol !== undefined && protocol !== 'tcp')) && reasons.reduce((sum, each) => sum + each.count, 0) === count;

	/** Tells of the one crowd of a host that is only counted: it is of all the ports that were asked and are not told of otherwise. @returns Whether that holds. */
	const tellCountedCrowd = (number: number, {state, count, reasons}: Crowd, {listed, othersListed, crowds}: HostElement): boolean => {
		const toldInCrowds = crowds.flatMap(crowd => (isListed(crowd) ? crowd.reasons : []));
		const told = new Set(listed);
		let othersTold = othersListed;
		for (const {protocol, ports, count: each} of toldInCrowds) {
			if (protocol === undefined || protocol === 'tcp') {
				for (const {first, last} of ports ?? []) {
					for (let port: number = first; port <= last; port++) {
						told.add(port);
					}
				}
			} else {
				othersTold += each;
			}
		}

		const ports = askedPorts();
		const restCount = ports.size - told.size;
		if (!areAllAskedKnown || restCount + othersAsked - othersTold !== count || restCount < 0) {
			return false;
		}

		// Which port has which reason is not told: they get the commonest, and the reader is told.
		const [commonest] = [...reasons].sort((one, other) => other.count - one.count);
		const verdict = verdictFor(state, commonest?.reason ?? '');
		if (verdict === undefined) {
			bump(uncertain.states, state, restCount);
			return true;
		}

		if (state === 'filtered' && new Set(reasons.map(({reason}) => filteredReasonOf(reason))).size > 1) {
			uncertain.reasonHosts++;
		}

		if (othersAsked > othersTold) {
			bump(passedOver, 'other', othersAsked - othersTold);
		}

		tellAll(number, ports.intervals, verdict, told);
		return true;
	};

	/** Whether what would be told of crowds has room; single ports come first. */
	const hasRoomFor = (count: number): boolean => verdictCount + count <= mostVerdicts;

	const tellCrowds = (element: HostElement, isWhole: boolean): void => {
		const {crowds, number} = element;
		const total = crowds.reduce((sum, {count, reasons}) => sum + Math.max(count, reasons.reduce((all, {ports}) => all + countOf(ports ?? []), 0)), 0);
		if (number === undefined || total === 0) {
			return;
		}

		if (!hasRoomFor(total)) {
			uncertain.fullHosts++;
			return;
		}

		for (const crowd of crowds) {
			tellListedCrowd(number, crowd);
		}

		const counted = crowds.filter(crowd => crowd.count > 0 && !isListed(crowd));
		// A host that is cut short has not listed all its ports, so the rest is no crowd.
		if (counted.length > 0 && !(isWhole && counted.length === 1 && tellCountedCrowd(number, counted[0]!, element))) {
			uncertain.crowdHosts++;
		}
	};

	/** The number of the host with the address of this element. */
	const admit = (addr: string): number | undefined => {
		const address = readAddress(addr.slice(0, longestName));
		if (address === undefined) {
			return undefined;
		}

		const known = numbers.get(address.text);
		if (known !== undefined) {
			return known;
		}

		if (hosts.length >= mostHosts) {
			throw new TooLarge(`more than ${formatCount(mostHosts)} hosts`);
		}

		numbers.set(address.text, hosts.length);
		return hosts.push({address, target: address.text, note: null, isUp: false, isDone: false, down: undefined}) - 1;
	};

	const endHost = (element: HostElement, isWhole: boolean): void => {
		const {number, status, userName, pointerName, isTimedOut} = element;
		if (number === undefined) {
			uncertain.withoutAddress++;
			return;
		}

		tellCrowds(element, isWhole);
		const gathered = hosts[number]!;
		gathered.isDone ||= isWhole;
		if (userName !== undefined && gathered.target === gathered.address.text) {
			gathered.target = userName;
		}

		if (pointerName !== undefined && pointerName !== gathered.target) {
			gathered.note = `its name by reverse lookup is ${pointerName}`;
		}

		// masscan tells no status: whoever is listed answered. `unknown` and `skipped` are neither up nor down.
		const {state, reason} = status ?? {state: 'up', reason: ''};
		gathered.isUp ||= state === 'up';
		if (state === 'down') {
			gathered.down = {reason: filteredReasonOf(reason), askedCount: 0};
		}

		uncertain.timedOut += isTimedOut ? 1 : 0;
	};

	const openInPort = (name: string, attributes: XmlAttributes, {port, number}: HostElement): void => {
		if (port?.isTcp !== true || number === undefined) {
			return;
		}

		if (name === 'state') {
			const {state = '', reason = ''} = attributes;
			const verdict = verdictFor(state, reason);
			if (verdict === undefined) {
				bump(uncertain.states, state);
			} else {
				tell(number, port.number, verdict);
			}
		} else if (name === 'service') {
			const observed = readService(attributes);
			const place = number * portCount + port.number;
			if (observed !== undefined && !observedPlaces.has(place)) {
				observedPlaces.add(place);
				events.push({kind: 'observed', host: number, port: port.number, observed});
			}
		}
	};

	const openPort = ({protocol = 'tcp', portid}: XmlAttributes, element: HostElement): void => {
		const number = readNumber(portid, lastPort);
		const isTcp = protocol === 'tcp' && number !== undefined;
		element.port = {number: toPort(number ?? 0), isTcp};
		if (isTcp) {
			element.listed.add(number);
		} else {
			element.othersListed++;
			bump(passedOver, isProtocol(protocol) && protocol !== 'tcp' ? protocol : 'other');
		}
	};

	const openInHost = (name: string, attributes: XmlAttributes, parent: string, element: HostElement): void => {
		switch (`${parent}/${name}`) {
			case 'host/status': {
				element.status = {state: attributes['state'] ?? '', reason: attributes['reason'] ?? ''};
				break;
			}

			case 'host/address': {
				if (attributes['addrtype'] !== 'mac') {
					element.number ??= admit(attributes['addr'] ?? '');
				}

				break;
			}

			case 'hostnames/hostname': {
				const hostName = orNull(attributes['name'])?.slice(0, longestName);
				if (attributes['type'] === 'user') {
					element.userName ??= hostName;
				} else {
					element.pointerName ??= hostName;
				}

				break;
			}

			case 'ports/extraports': {
				element.crowds.push({state: attributes['state'] ?? '', count: readNumber(attributes['count'], Number.MAX_SAFE_INTEGER) ?? 0, reasons: []});
				break;
			}

			case 'extraports/extrareasons': {
				const {reason = '', proto, ports} = attributes;
				element.crowds.at(-1)?.reasons.push({
					reason,
					count: readNumber(attributes['count'], Number.MAX_SAFE_INTEGER) ?? 0,
					protocol: proto,
					ports: ports === undefined || (proto !== undefined && proto !== 'tcp') ? undefined : readPortList(ports),
				});
				break;
			}

			case 'ports/port': {
				openPort(attributes, element);
				break;
			}

			default: {
				if (parent === 'port') {
					openInPort(name, attributes, element);
				}
			}
		}
	};

	const openScanInfo = ({protocol = 'tcp', services, numservices}: XmlAttributes): void => {
		scanInfoCount++;
		if (scanInfoCount > mostScanInfos) {
			return;
		}

		if (protocol !== 'tcp') {
			othersAsked += readNumber(numservices, portCount) ?? 0;
			return;
		}

		const ports = services === undefined ? undefined : readPortList(services);
		if (ports === undefined) {
			areAllAskedKnown = false;
		} else {
			asked.push(ports);
			askedSet = undefined;
		}
	};

	const scannerOf = (): string => {
		const {scanner = 'nmap', args = ''} = root ?? {};
		const [program = ''] = args.slice(0, longestName).split(' ', 1);
		return scanner === 'nmap' && knownPrograms.has(program) ? program : (scanner.slice(0, 40) || 'unknown');
	};

	return {
		visitor: {
			open(name: string, attributes: XmlAttributes, path: readonly string[]): void {
				const parent = path.at(-1);
				if (parent === undefined) {
					rootName = name;
					root = name === 'nmaprun' ? attributes : undefined;
				} else if (root === undefined) {
					// It is a document of something else.
				} else if (host !== undefined) {
					openInHost(name, attributes, parent, host);
				} else if (path.length === 1) {
					lastTime = dateOf(attributes['time']) ?? lastTime;
					if (name === 'scaninfo') {
						openScanInfo(attributes);
					} else if (name === 'host') {
						lastTime = dateOf(attributes['endtime']) ?? lastTime;
						host = {status: undefined, number: undefined, userName: undefined, pointerName: undefined, isTimedOut: attributes['timedout'] === 'true', crowds: [], listed: new Set(), othersListed: 0, port: undefined};
					}
				} else if (parent === 'runstats' && name === 'finished') {
					finished = attributes;
				} else if (parent === 'runstats' && name === 'hosts') {
					hostTotals = attributes;
				}
			},
			close(name: string, path: readonly string[]): void {
				if (host !== undefined && name === 'host' && path.length === 1) {
					endHost(host, true);
					host = undefined;
				} else if (host !== undefined && name === 'port' && path.length === 3) {
					host.port = undefined;
				}
			},
		},
		rootName: () => rootName,
		isNmapRun: () => root !== undefined,
		hostCount: () => hosts.length,
		/** Gives what was gathered. @param notes - What the reader should know already. */
		finish(end: XmlEnd, notes: readonly string[], {modifiedAtMs}: ReadingOptions): ReadScan {
			if (host !== undefined) {
				endHost(host, false);
			}

			const scanner = scannerOf();
			const {start, startstr, args = ''} = root ?? {};
			const fallback = modifiedAtMs !== undefined && Math.abs(modifiedAtMs) <= 8.64e15 ? new Date(modifiedAtMs).toISOString() : new Date(0).toISOString();
			const startedAt = timeOf(start, startstr) ?? lastTime ?? fallback;
			const latest = lastTime !== undefined && lastTime > startedAt ? lastTime : startedAt;
			const finishedAt = timeOf(finished?.['time'], finished?.['timestr']) ?? latest;
			const isOpenWanted = args.slice(0, longestArgs).split(' ').includes('--open');
			// nmap tells of the other ports of a host all the same, but of no host without an open one.
			const isOfNmap = scanner === 'nmap' || scanner === 'portui';
			const tellsOpenOnly = scanner === 'masscan' || (isOpenWanted && !isOfNmap);
			for (const {first, last} of asked.flat()) {
				toldPorts.fill(1, first, last + 1);
			}

			const ports = portSetOf(Array.from(toldPorts.keys()).filter(port => toldPorts[port] === 1).map(port => interval(port, port)));
			const isFailed = end.kind === 'whole' && finished?.['exit'] === 'error';
			const message = isFailed ? orNull(finished?.['errormsg']) : null;
			const status: ScanStatus = end.kind !== 'whole' || message === interruptedMessage ? 'interrupted' : (isFailed ? 'failed' : 'complete');
			for (const [number, {isUp, isDone, down}] of hosts.entries()) {
				if (isDone && (isUp || down !== undefined)) {
					events.push({kind: 'host', host: number, ...(isUp || down === undefined ? {} : {down})});
				}
			}

			const elapsed = Number(/^\d{1,9}(?:\.\d{1,9})?$/.exec(finished?.['elapsed'] ?? '')?.[0] ?? Number.NaN);
			const elapsedMs = Math.max(0, Number.isNaN(elapsed) ? Date.parse(finishedAt) - Date.parse(startedAt) : Math.round(elapsed * 1000));
			events.push({kind: 'paced', elapsedMs, hosts: []});
			events.push({kind: 'finished', finishedAt: finishedAt < startedAt ? startedAt : finishedAt, status, message: status === 'failed' ? message : null});
			return {
				format: scanner === 'nmap' ? 'nmap XML' : (scanner === 'masscan' && root?.['scanner'] === 'masscan' ? 'masscan XML' : `nmap XML, written by ${scanner === 'unknown' ? 'another program' : scanner}`),
				started: {
					kind: 'started',
					id: '',
					startedAt,
					engine: scanner,
					seed: 0,
					ports: formatPortSet(ports),
					portCount: ports.size,
					hosts: hosts.map(({target, address, note}) => ({target, address, note})),
					...(tellsOpenOnly ? {tellsOpenOnly} : {}),
				},
				events,
				notes: [...notes, ...(isOfNmap && isOpenWanted ? ['The scan was made with --open: hosts without an open port are not listed.'] : []), ...describeGathered({passedOver, uncertain, downCount: readNumber(hostTotals?.['down'], Number.MAX_SAFE_INTEGER) ?? 0, downListed: hosts.filter(each => !each.isUp).length})],
			};
		},
	};
};

type Gathered = {
	readonly passedOver: ReadonlyMap<string, number>;
	readonly uncertain: {
		readonly crowdHosts: number;
		readonly reasonHosts: number;
		readonly fullHosts: number;
		readonly timedOut: number;
		readonly withoutAddress: number;
		readonly states: ReadonlyMap<string, number>;
	};
	readonly downCount: number;
	readonly downListed: number;
};

const protocolNames: Readonly<Record<string, string>> = {udp: 'UDP ports', sctp: 'SCTP ports', ip: 'IP protocols', other: 'ports of other protocols'};

const countHosts = (count: number): string => `${formatCount(count)} ${count === 1 ? 'host' : 'hosts'}`;

const describeGathered = ({passedOver, uncertain, downCount, downListed}: Gathered): readonly string[] => [
	...Array.from(passedOver, ([protocol, count]) => `${formatCount(count)} ${protocolNames[protocol] ?? 'ports of other protocols'} were passed over: only TCP is read.`),
	...(uncertain.crowdHosts > 0 ? [`Of ${countHosts(uncertain.crowdHosts)} the document tells how many ports are in a state, but not which: those have no verdict.`] : []),
	...(uncertain.reasonHosts > 0 ? [`Of ${countHosts(uncertain.reasonHosts)} it does not tell which filtered port has which reason: the commonest stands for all.`] : []),
	...(uncertain.fullHosts > 0 ? [`Of ${countHosts(uncertain.fullHosts)} only the ports that are listed one by one were read: the document tells of more than ${formatCount(mostVerdicts)} ports.`] : []),
	...(uncertain.timedOut > 0 ? [`${countHosts(uncertain.timedOut)} took nmap too long (--host-timeout): nothing was kept of ${uncertain.timedOut === 1 ? 'its' : 'their'} ports.`] : []),
	...(uncertain.withoutAddress > 0 ? [`${countHosts(uncertain.withoutAddress)} without an IP address ${uncertain.withoutAddress === 1 ? 'was' : 'were'} passed over.`] : []),
	...Array.from(uncertain.states, ([state, count]) => `${formatCount(count)} ${count === 1 ? 'port' : 'ports'} in the state ${quoteTyped(state, 40)} ${count === 1 ? 'was' : 'were'} passed over: nmap has no such state.`),
	...(downCount > downListed ? [`${countHosts(downCount - downListed)} ${downCount - downListed === 1 ? 'was' : 'were'} down and ${downCount - downListed === 1 ? 'is' : 'are'} not listed.`] : []),
];

const at = ({line, column}: XmlPlace): string => `line ${line}, column ${column}`;

const wanted = 'expected XML as nmap -oX or masscan -oX writes it, with nmaprun for its root element';

/**
Reads the XML that nmap and masscan write (`-oX`), and portui's own (`--format xml`), whole or cut short.

Of a document that is damaged, what comes before the damage is read where it tells of a host. TCP alone is read. nmap's `open|filtered` and `unfiltered` are `unknown`: it could not tell.

@returns The scan; or one sentence with the place where it is no such document. Never throws.
*/
export const readNmapXml = (text: string, options: ReadingOptions = {}): Parsed<ReadScan> => {
	const gatherer = createGatherer();
	let end: XmlEnd;
	try {
		end = walkXml(text, gatherer.visitor);
	} catch (error) {
		if (error instanceof TooLarge) {
			return rejected(`The document tells of ${error.message}, which is more than is read at once: split it.`);
		}

		throw error;
	}

	if (!gatherer.isNmapRun()) {
		const root = gatherer.rootName();
		if (root !== undefined) {
			return rejected(`The root element is ${quoteTyped(root, 40)}: ${wanted}.`);
		}

		return rejected(end.kind === 'damaged' ? `At ${at(end.place)} the document is no XML (${end.problem}): ${wanted}.` : `The document ends before its root element: ${wanted}.`);
	}

	switch (end.kind) {
		case 'whole': {
			return parsed(gatherer.finish(end, end.hasMore ? ['More follows the end of the document, and was not read.'] : [], options));
		}

		case 'torn': {
			return parsed(gatherer.finish(end, [`The document is cut short at ${at(end.place)}: what it had told until then was read.`], options));
		}

		case 'damaged': {
			return gatherer.hostCount() === 0
				? rejected(`At ${at(end.place)} the document is no XML (${end.problem}), and it tells of no host before.`)
				: parsed(gatherer.finish(end, [`The document is damaged at ${at(end.place)} (${end.problem}): what came before was read, nothing after.`], options));
		}
	}
};
