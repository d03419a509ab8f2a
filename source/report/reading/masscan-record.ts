import {isFields} from '../../history/fields.ts';
import {isPort, type Port} from '../../port/port.ts';
import {quoteTyped} from '../../port/quote.ts';
import type {Observed} from '../../scan/observed.ts';
import type {Verdict} from '../../scan/verdict.ts';
import type {ScanGatherer} from './gather-scan.ts';
import type {ReadingNotes} from './reading-notes.ts';
import {textOf} from './reading.ts';

/** How masscan's documents name a protocol that portui holds. */
const tcp = 'tcp';

/** masscan asks with a bare SYN and tells no round-trip time; how often it asked it does not tell either. */
const verdicts: Readonly<Record<string, Verdict>> = {
	open: {state: 'open', tries: 1},
	closed: {state: 'closed', reason: 'refused', tries: 1},
};

/** What masscan names a banner after, where that is the protocol that answered. Its other names are of what was found in an answer: `title`, `X509`, `vuln`. */
const protocols: Readonly<Record<string, string>> = {
	ssh: 'ssh', http: 'http', 'http.server': 'http', title: 'http', html: 'http', ftp: 'ftp', smtp: 'smtp', pop3: 'pop3', pop: 'pop3', imap: 'imap', imap4: 'imap', telnet: 'telnet', vnc: 'vnc', rdp: 'rdp', smb: 'smb', ssl: 'tls', X509: 'tls', memcached: 'memcached',
};

export type MasscanResult = {
	readonly address: string;
	readonly port: number;
	readonly protocol: string;
	/** `open` or `closed`; undefined for a banner. */
	readonly state?: string | undefined;
	readonly banner?: {readonly service: string; readonly text: string} | undefined;
};

/** Takes in what masscan found, and joins the banners of a port. */
export const createMasscanGatherer = (gatherer: ScanGatherer, notes: ReadingNotes) => {
	const banners = new Map<string, {readonly host: number; readonly port: Port; protocol: string | null; product: string | null; version: string | null; text: string}>();

	const take = ({address, port, protocol, state, banner}: MasscanResult): string | undefined => {
		if (protocol !== tcp) {
			notes.passOver(/^[a-z\d]{1,10}$/i.test(protocol) ? protocol.toUpperCase() : 'another protocol');
			return undefined;
		}

		if (!isPort(port)) {
			return 'it has no port from 0 to 65535';
		}

		const verdict = state === undefined ? verdicts['open'] : Object.hasOwn(verdicts, state) ? verdicts[state] : undefined;
		if (verdict === undefined) {
			return `a port is open or closed, not ${quoteTyped(state!, 40)}`;
		}

		const host = gatherer.hostAt(address);
		if (host === undefined) {
			return `${quoteTyped(address, 60)} is no IP address`;
		}

		// A banner comes over a connection, so its port is open, whether that was told or not.
		gatherer.tell(host, port, verdict);
		if (banner !== undefined) {
			const key = `${host} ${port}`;
			const known = banners.get(key) ?? {host, port, protocol: null, product: null, version: null, text: ''};
			known.protocol ??= Object.hasOwn(protocols, banner.service) ? protocols[banner.service]! : null;
			if (banner.service === 'http.server') {
				// What the header Server says: `nginx/1.22.1`.
				const [product = '', version = ''] = banner.text.slice(0, 200).split('/', 2);
				known.product = textOf(product) ?? null;
				known.version = textOf(version) ?? null;
			}

			// More than is kept is not joined: a port may have thousands.
			known.text = known.text.length > 4096 ? known.text : `${known.text}${known.text === '' ? '' : '; '}${banner.service === 'unknown' ? '' : `${banner.service}: `}${banner.text}`;
			banners.set(key, known);
		}

		return undefined;
	};

	return {
		/** @returns Why it cannot be taken. */
		take,
		/** Takes a time in seconds since 1970, as a number or a text. */
		takeTime(value: unknown): void {
			const seconds = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value;
			if (typeof seconds === 'number') {
				gatherer.at(seconds * 1000);
			}
		},
		/** Tells of the banners. To be called at the end. */
		tellBanners(): void {
			for (const {host, port, protocol, product, version, text} of banners.values()) {
				const observed: Observed = {protocol, product, version, banner: text === '' ? null : text};
				gatherer.observe(host, port, observed);
			}
		},
	};
};

export type MasscanGatherer = ReturnType<typeof createMasscanGatherer>;

/** Takes a record of `-oJ`: an address with its ports. @returns What is wrong with it. */
export const takeMasscanJson = (value: unknown, masscan: MasscanGatherer): string | undefined => {
	const {ip, ports, timestamp} = isFields(value) ? value : {};
	if (typeof ip !== 'string' || !Array.isArray(ports)) {
		return 'a record has an ip and ports';
	}

	masscan.takeTime(timestamp);
	let wrong: string | undefined;
	for (const each of ports as readonly unknown[]) {
		const {port, proto, status, service} = isFields(each) ? each : {};
		const {name, banner} = isFields(service) ? service : {};
		wrong ??= typeof port === 'number' && typeof proto === 'string' && (status !== undefined || isFields(service))
			? masscan.take({address: ip, port, protocol: proto, state: isFields(service) ? undefined : String(status), banner: isFields(service) ? {service: textOf(name) ?? 'unknown', text: textOf(banner) ?? ''} : undefined})
			: 'a port has a number, a proto, and a status or a service';
	}

	return wrong;
};

/** Takes a record of `-oD`: one port. @returns What is wrong with it. */
export const takeMasscanLine = (value: unknown, masscan: MasscanGatherer): string | undefined => {
	const {ip, timestamp, port, proto, rec_type: kind, data} = isFields(value) ? value : {};
	const {status, service_name: service, banner} = isFields(data) ? data : {};
	if (typeof ip !== 'string' || typeof port !== 'number' || typeof proto !== 'string') {
		return 'a record has an ip, a port and a proto';
	}

	masscan.takeTime(timestamp);
	switch (kind) {
		case 'status': {
			return masscan.take({address: ip, port, protocol: proto, state: String(status)});
		}

		case 'banner': {
			return masscan.take({address: ip, port, protocol: proto, banner: {service: textOf(service) ?? 'unknown', text: textOf(banner) ?? ''}});
		}

		default: {
			return `a record is of the type status or banner, not ${quoteTyped(String(kind), 40)}`;
		}
	}
};
