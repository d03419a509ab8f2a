import {interval, type PortInterval} from '../../port/port-range.ts';
import {formatPortSet, portSetOf, type PortSet} from '../../port/port-set.ts';
import {lastPort, portCount, toPort, type Port} from '../../port/port.ts';
import {readAddress, type Address} from '../../scan/address.ts';
import type {HostDown, ScanEvent, ScanStatus} from '../../scan/event.ts';
import type {Verdict} from '../../scan/verdict.ts';
import {filteredReasonOf, verdictOfNmap} from '../nmap-states.ts';
import {formatCount} from '../quantity.ts';
import {interruptedMessage} from '../scan-xml.ts';
import {countPorts, readDate, readDurationMs, readNumber, readPortList, readText, readTime} from './nmap-attributes.ts';
import {findCountedCrowd, isListed, isOfOtherProtocol, readCrowd, readCrowdReason, sizeOfCrowds, type Crowd} from './nmap-crowd.ts';
import {describeGaps} from './nmap-notes.ts';
import {readService} from './nmap-service.ts';
import type {ReadScan} from './read-scan.ts';
import type {XmlAttributes, XmlVisitor} from './walk-xml.ts';

/** What a document may tell of, at most: what is read is held in memory. */
const mostHosts = 1_000_000;
export const mostVerdicts = 20_000_000;

/** Longest host name, and what is looked at of any other name. */
const longestName = 253;

/** Of a command line, what is looked at. */
const longestArgs = 100_000;

/** A document has a `scaninfo` for each protocol. */
const mostScanInfos = 16;

/** Of so many different protocols and states something is said. */
const mostKinds = 10;

/** nmap has some thirty reasons for a handful of states. */
const mostSharedVerdicts = 1000;

/** Ends the reading of a document that tells of too much: half a sentence says of what. */
export class TooLarge extends Error {}

/** Programs that a document may be of though it says `nmap`, because the document's type allows no other: the command line begins with them. */
const otherPrograms: ReadonlySet<string> = new Set(['portui', 'masscan', 'naabu', 'rustscan', 'unknown']);

/** What one `host` element has told so far. */
type HostElement = {
	status: {readonly state: string; readonly reason: string} | undefined;
	/** Of the host with its address. */
	number: number | undefined;
	/** As it was asked for; as its address is called. */
	userName: string | undefined;
	pointerName: string | undefined;
	readonly isTimedOut: boolean;
	readonly crowds: Crowd[];
	/** TCP ports that are listed one by one, and how many of other protocols are. */
	readonly listed: Set<number>;
	othersListed: number;
	/** The port whose element is open; undefined for one that is none of TCP. */
	port: Port | undefined;
};

/** What all elements of one address have told. */
export type GatheredHost = {readonly address: Address; target: string; note: string | null; isUp: boolean; isDone: boolean; down: HostDown | undefined};

/** Gathers a scan from the elements of a document of nmap or masscan. */
export type NmapGatherer = {
	readonly visitor: XmlVisitor;
	/** The name of the root element; undefined before it. */
	readonly rootName: () => string | undefined;
	readonly hostCount: () => number;
	/** Gives what was told since it was last asked, and forgets it: verdicts and observations, by the numbers of `hostAt`. For whoever reads while the document comes. */
	readonly takeEvents: () => readonly ScanEvent[];
	readonly hostAt: (number: number) => GatheredHost | undefined;
	/**
	Gives what was gathered. Call it once.

	@param isWhole - Whether the document came to its end.
	@param fallbackTime - When the scan began, where the document does not say.
	*/
	readonly finish: (isWhole: boolean, fallbackTime: string) => ReadScan;
};

const bump = (counts: Map<string, number>, key: string, by = 1): void => {
	if (counts.size < mostKinds || counts.has(key)) {
		counts.set(key, (counts.get(key) ?? 0) + by);
	}
};

/** The runs of ones. */
const intervalsOf = (mask: Uint8Array): readonly PortInterval[] => {
	const intervals: PortInterval[] = [];
	let first = mask.indexOf(1);
	while (first !== -1) {
		const end = mask.indexOf(0, first);
		intervals.push(interval(first, end === -1 ? lastPort : end - 1));
		first = end === -1 ? -1 : mask.indexOf(1, end);
	}

	return intervals;
};

/** @param mostProbed - So many ports that are listed one by one are read, and so many of crowds. @throws TooLarge, from the visitor. */
export const createNmapGatherer = (mostProbed = mostVerdicts): NmapGatherer => {
	const events: ScanEvent[] = [];
	const hosts: GatheredHost[] = [];
	const numbers = new Map<string, number>();
	/** TCP ports with a verdict, asked for or not. */
	const toldPorts = new Uint8Array(portCount);
	const asked: Array<readonly PortInterval[]> = [];
	/** Made anew when the document tells of more. */
	let askedSet: PortSet | undefined;
	let isAskedKnown = true;
	let othersAsked = 0;
	let scanInfoCount = 0;
	/** Many ports share one. */
	const verdicts = new Map<string, Verdict>();
	/** Of crowds, and of ports that are listed one by one: those are what people look for, so that crowds never take their room. */
	let crowdedCount = 0;
	let listedCount = 0;
	/** masscan tells of a service once for each thing it read of it: the first names the protocol. */
	const observedPlaces = new Set<number>();
	const gaps = {otherProtocols: new Map<string, number>(), strangeStates: new Map<string, number>(), vagueCrowds: 0, vagueReasons: 0, leftOut: 0, timedOut: 0, withoutAddress: 0};
	let rootName: string | undefined;
	let root: XmlAttributes = {};
	let finished: XmlAttributes = {};
	let downCount = 0;
	let lastTime: string | undefined;
	let host: HostElement | undefined;

	const verdictFor = (state: string, reason: string): Verdict | undefined => {
		const key = `${state} ${reason}`;
		const verdict = verdicts.get(key) ?? verdictOfNmap({state, reason});
		if (verdict !== undefined && verdicts.size < mostSharedVerdicts) {
			verdicts.set(key, verdict);
		}

		return verdict;
	};

	const tell = (number: number, port: Port, verdict: Verdict): void => {
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

	const tellCrowd = (number: number, state: string, reason: string, intervals: readonly PortInterval[], without?: ReadonlySet<number>): void => {
		const verdict = verdictFor(state, reason);
		if (verdict === undefined) {
			bump(gaps.strangeStates, state, countPorts(intervals) - (without?.size ?? 0));
		} else {
			tellAll(number, intervals, verdict, without);
		}
	};

	/** Tells of the ports that a crowd lists. */
	const tellListed = (number: number, {state, reasons}: Crowd): void => {
		for (const each of reasons) {
			if (isOfOtherProtocol(each)) {
				bump(gaps.otherProtocols, each.protocol!, each.count);
			} else if (each.ports !== undefined) {
				tellCrowd(number, state, each.reason, each.ports);
			}
		}
	};

	/** Tells of the ports of the one crowd of a host that is only counted. @returns Whether it is known which they are. */
	const tellCounted = (number: number, crowd: Crowd, {listed, othersListed, crowds}: HostElement): boolean => {
		askedSet ??= portSetOf(asked.flat());
		const found = isAskedKnown ? findCountedCrowd(crowd, {asked: askedSet, othersAsked, listed, othersListed, crowds}) : undefined;
		if (found === undefined) {
			return false;
		}

		gaps.vagueReasons += found.isReasonUncertain ? 1 : 0;
		if (found.otherCount > 0) {
			bump(gaps.otherProtocols, 'other', found.otherCount);
		}

		tellCrowd(number, crowd.state, found.reason, askedSet.intervals, found.without);
		return true;
	};

	const tellCrowds = (number: number, element: HostElement, isWhole: boolean): void => {
		const {crowds} = element;
		const size = sizeOfCrowds(crowds);
		if (crowdedCount + size > mostProbed) {
			gaps.leftOut++;
			return;
		}

		crowdedCount += size;
		for (const crowd of crowds) {
			tellListed(number, crowd);
		}

		const counted = crowds.filter(crowd => crowd.count > 0 && !isListed(crowd));
		// A host that is cut short has not listed all its ports, so what is left is more than the crowd.
		if (counted.length > 0 && !(isWhole && counted.length === 1 && tellCounted(number, counted[0]!, element))) {
			gaps.vagueCrowds++;
		}
	};

	/** The number of the host with this address; undefined where it is none. */
	const admit = (addr: string): number | undefined => {
		const address = readAddress(addr.slice(0, longestName));
		const known = address === undefined ? undefined : numbers.get(address.text);
		if (address === undefined || known !== undefined) {
			return known;
		}

		if (hosts.length >= mostHosts) {
			throw new TooLarge(`more than ${formatCount(mostHosts)} hosts`);
		}

		numbers.set(address.text, hosts.length);
		return hosts.push({address, target: address.text, note: null, isUp: false, isDone: false, down: undefined}) - 1;
	};

	const endHost = (element: HostElement, isWhole: boolean): void => {
		// masscan tells no status: whoever is listed answered. `unknown` and `skipped` are neither up nor down.
		const {number, status: {state, reason} = {state: 'up', reason: ''}, userName, pointerName, isTimedOut} = element;
		if (number === undefined) {
			gaps.withoutAddress++;
			return;
		}

		tellCrowds(number, element, isWhole);
		const gathered = hosts[number]!;
		gathered.isDone ||= isWhole;
		gathered.isUp ||= state === 'up';
		gathered.down = state === 'down' ? {reason: filteredReasonOf(reason), askedCount: 0} : gathered.down;
		if (userName !== undefined && gathered.target === gathered.address.text) {
			gathered.target = userName;
		}

		if (pointerName !== undefined && pointerName !== gathered.target) {
			gathered.note = `its name by reverse lookup is ${pointerName}`;
		}

		gaps.timedOut += isTimedOut ? 1 : 0;
	};

	const openPort = ({protocol = 'tcp', portid}: XmlAttributes, element: HostElement): void => {
		const number = readNumber(portid, lastPort);
		if (protocol === 'tcp' && number !== undefined) {
			element.port = toPort(number);
			element.listed.add(number);
		} else {
			element.port = undefined;
			element.othersListed++;
			bump(gaps.otherProtocols, protocol === 'udp' || protocol === 'sctp' || protocol === 'ip' ? protocol : 'other');
		}
	};

	const openState = ({state = '', reason = ''}: XmlAttributes, number: number, port: Port): void => {
		const verdict = verdictFor(state, reason);
		if (verdict === undefined) {
			bump(gaps.strangeStates, state);
			return;
		}

		listedCount++;
		if (listedCount > mostProbed) {
			throw new TooLarge(`more than ${formatCount(mostProbed)} ports one by one`);
		}

		tell(number, port, verdict);
	};

	const openService = (attributes: XmlAttributes, number: number, port: Port): void => {
		const observed = readService(attributes);
		const place = number * portCount + port;
		if (observed !== undefined && !observedPlaces.has(place)) {
			observedPlaces.add(place);
			events.push({kind: 'observed', host: number, port, observed});
		}
	};

	/** What is done at the elements within a host, by their parent and name. */
	const openInHost: Readonly<Record<string, (attributes: XmlAttributes, element: HostElement) => void>> = {
		'host/status'({state = '', reason = ''}, element) {
			element.status = {state, reason};
		},
		'host/address'({addrtype, addr = ''}, element) {
			element.number ??= addrtype === 'mac' ? undefined : admit(addr);
		},
		'hostnames/hostname'({name, type}, element) {
			const hostName = readText(name, longestName) ?? undefined;
			if (type === 'user') {
				element.userName ??= hostName;
			} else {
				element.pointerName ??= hostName;
			}
		},
		'ports/extraports'(attributes, element) {
			element.crowds.push(readCrowd(attributes));
		},
		'extraports/extrareasons'(attributes, element) {
			element.crowds.at(-1)?.reasons.push(readCrowdReason(attributes));
		},
		'ports/port': openPort,
		'port/state'(attributes, {number, port}) {
			if (number !== undefined && port !== undefined) {
				openState(attributes, number, port);
			}
		},
		'port/service'(attributes, {number, port}) {
			if (number !== undefined && port !== undefined) {
				openService(attributes, number, port);
			}
		},
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
			isAskedKnown = false;
		} else {
			asked.push(ports);
			askedSet = undefined;
		}
	};

	/** An element right below the root. */
	const openTop = (name: string, attributes: XmlAttributes): void => {
		lastTime = readDate(attributes['endtime'] ?? attributes['time']) ?? lastTime;
		if (name === 'scaninfo') {
			openScanInfo(attributes);
		} else if (name === 'host') {
			host = {status: undefined, number: undefined, userName: undefined, pointerName: undefined, isTimedOut: attributes['timedout'] === 'true', crowds: [], listed: new Set(), othersListed: 0, port: undefined};
		}
	};

	const programOf = (): string => {
		const {scanner = 'nmap', args = ''} = root;
		const [program = ''] = args.slice(0, longestName).split(' ', 1);
		if (scanner === 'nmap' && otherPrograms.has(program)) {
			return program;
		}

		return /^[\w.-]{1,40}$/.test(scanner) ? scanner : 'unknown';
	};

	const formatOf = (program: string): string => {
		if (program === 'nmap' || program === root['scanner']) {
			return `${program} XML`;
		}

		return program === 'portui' ? 'nmap XML, written by portui' : `nmap XML of a scan by ${program === 'unknown' ? 'an unknown program' : program}`;
	};

	/** How the scan ended, by a document that is whole. */
	const endOf = ({exit, errormsg}: XmlAttributes): {readonly status: ScanStatus; readonly message: string | null} => {
		if (exit !== 'error') {
			return {status: 'complete', message: null};
		}

		return errormsg === interruptedMessage ? {status: 'interrupted', message: null} : {status: 'failed', message: readText(errormsg)};
	};

	return {
		visitor: {
			open(name, attributes, path) {
				const parent = path.at(-1);
				if (parent === undefined) {
					rootName = name;
					root = attributes;
				} else if (rootName !== 'nmaprun') {
					// It is a document of something else.
				} else if (host !== undefined) {
					const key = `${parent}/${name}`;
					// Tables in the output of scripts may hold elements of any name.
					if (Object.hasOwn(openInHost, key) && path.length <= 4) {
						openInHost[key]!(attributes, host);
					}
				} else if (path.length === 1) {
					openTop(name, attributes);
				} else if (parent === 'runstats' && name === 'finished') {
					finished = attributes;
				} else if (parent === 'runstats' && name === 'hosts') {
					downCount = readNumber(attributes['down'], Number.MAX_SAFE_INTEGER) ?? 0;
				}
			},
			close(name, path) {
				if (host !== undefined && name === 'host' && path.length === 1) {
					endHost(host, true);
					host = undefined;
				}
			},
		},
		rootName: () => rootName,
		hostCount: () => hosts.length,
		takeEvents: () => events.splice(0),
		hostAt: number => hosts[number],
		finish(isWhole, fallbackTime) {
			if (host !== undefined) {
				endHost(host, false);
			}

			const program = programOf();
			const startedAt = readTime(root['start'], root['startstr']) ?? lastTime ?? fallbackTime;
			const toldAt = readTime(finished['time'], finished['timestr']) ?? lastTime ?? startedAt;
			// Clocks are set back.
			const finishedAt = toldAt < startedAt ? startedAt : toldAt;
			const {status, message} = isWhole ? endOf(finished) : {status: 'interrupted' as const, message: null};
			const isOpenWanted = (root['args'] ?? '').slice(0, longestArgs).split(' ').includes('--open');
			// nmap and portui tell of the other ports of a host all the same.
			const tellsAll = program === 'nmap' || program === 'portui';
			const tellsOpenOnly = program === 'masscan' || (isOpenWanted && !tellsAll);
			const ports = portSetOf([...asked.flat(), ...intervalsOf(toldPorts)]);
			for (const [number, {isUp, isDone, down}] of hosts.entries()) {
				if (isDone && (isUp || down !== undefined)) {
					events.push({kind: 'host', host: number, ...(isUp ? {} : {down})});
				}
			}

			events.push(
				{kind: 'paced', elapsedMs: readDurationMs(finished['elapsed']) ?? Date.parse(finishedAt) - Date.parse(startedAt), hosts: []},
				{kind: 'finished', finishedAt, status, message},
			);
			return {
				format: formatOf(program),
				started: {
					kind: 'started',
					id: '',
					startedAt,
					engine: program,
					seed: 0,
					ports: formatPortSet(ports),
					portCount: ports.size,
					hosts: hosts.map(({target, address, note}) => ({target, address, note})),
					...(tellsOpenOnly ? {tellsOpenOnly} : {}),
				},
				events,
				notes: describeGaps({...gaps, unlistedDown: downCount - hosts.filter(({isUp}) => !isUp).length, isOpenOnly: isOpenWanted && tellsAll}),
			};
		},
	};
};
