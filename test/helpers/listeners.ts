import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import net from 'node:net';
import {endianness, networkInterfaces, platform} from 'node:os';
import {setTimeout} from 'node:timers/promises';

export type LocalPortRange = {readonly first: number; readonly last: number};

export type ListenerOptions = {
	/** How many listeners a host gets on ports the system picks (bind to port 0). Default 1, or 0 when ports are asked for in another way. */
	readonly count?: number;
	/** Ports to listen on, on every host. A taken one fails. */
	readonly ports?: readonly number[];
	/** How many listeners a host gets on random ports inside the local range, where a connect can meet itself. */
	readonly insideLocalRange?: number;
	/** How many listeners a host gets on random ports from 1024 up that are not in the local range. */
	readonly outsideLocalRange?: number;
	/** Literal addresses. Default: `127.0.0.1` and `::1`, as far as this machine has them. */
	readonly hosts?: readonly string[];
};

export type Listeners = {
	/** The ports listened on by host, ascending. */
	readonly ports: ReadonlyMap<string, readonly number[]>;
	/** Ends all listeners and all connections they took. */
	close(): Promise<void>;
};

const lastPort = 65_535;
const firstUnprivileged = 1024;

/** Random ports are tried again when taken; so many failures mean the range is full, or is no range. */
const bindAttempts = 200;

/** The dynamic ports of RFC 6335, where the system does not tell its own range. */
const dynamicRange: LocalPortRange = {first: 49_152, last: lastPort};

const readIfPresent = async (path: string): Promise<string | undefined> => {
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return undefined;
		}

		throw error;
	}
};

/** The ports this system gives to outgoing connections. */
export const readLocalPortRange = async (): Promise<LocalPortRange> => {
	const [first, last] = (await readIfPresent('/proc/sys/net/ipv4/ip_local_port_range'))?.trim().split(/\s+/).map(Number) ?? [];
	return first === undefined || last === undefined ? dynamicRange : {first, last};
};

/** The loopback addresses this machine has: a container is often without `::1`. */
export const loopbackHosts = (): string[] => {
	const addresses = new Set(Object.values(networkInterfaces()).flatMap(entries => entries ?? []).map(({address}) => address));
	return ['127.0.0.1', '::1'].filter(host => addresses.has(host));
};

const listen = async (host: string, port: number, sockets: Set<net.Socket>): Promise<net.Server> => {
	const server = net.createServer(socket => {
		sockets.add(socket);
		socket.unref();
		socket.on('error', () => {
			// A scanner hangs up with RST; that is no error here.
		});
		socket.once('close', () => {
			sockets.delete(socket);
		});
		socket.resume();
	});

	server.listen({host, port});
	// Rejects with the error when that comes first.
	await once(server, 'listening');
	server.unref();
	return server;
};

const portOf = (server: net.Server): number => (server.address() as net.AddressInfo).port;

const randomBetween = (first: number, last: number): number => first + Math.floor(Math.random() * (last - first + 1));

const listenOnRandom = async (host: string, pick: () => number, sockets: Set<net.Socket>): Promise<net.Server> => {
	for (let attempt = 0; attempt < bindAttempts; attempt++) {
		try {
			return await listen(host, pick(), sockets);
		} catch (error) {
			const {code} = error as NodeJS.ErrnoException;
			if (code !== 'EADDRINUSE' && code !== 'EACCES') {
				throw error;
			}
		}
	}

	throw new Error(`no free port found on ${host} in ${bindAttempts} attempts`);
};

/** A port from 1024 up on either side of the local range. */
const pickOutside = ({first, last}: LocalPortRange): number => {
	const below = Math.max(0, first - firstUnprivileged);
	const above = lastPort - last;
	if (below + above === 0) {
		throw new Error(`the local port range, ${first}–${last}, leaves no port from ${firstUnprivileged} up`);
	}

	const index = randomBetween(0, below + above - 1);
	return index < below ? firstUnprivileged + index : last + 1 + index - below;
};

/**
Opens real listeners on loopback addresses.

They accept and ignore: what connects stays connected, and hears nothing. They do not keep the process alive.

@throws The error of the bind that failed (`EADDRINUSE`, `EADDRNOTAVAIL`, …), after the others are closed.
*/
export const openListeners = async ({ports = [], insideLocalRange = 0, outsideLocalRange = 0, count, hosts = loopbackHosts()}: ListenerOptions = {}): Promise<Listeners> => {
	const range = await readLocalPortRange();
	const systemPicked = count ?? (ports.length + insideLocalRange + outsideLocalRange > 0 ? 0 : 1);
	const sockets = new Set<net.Socket>();
	const servers: net.Server[] = [];
	const portsByHost = new Map<string, number[]>();

	const close = async (): Promise<void> => {
		const closing = servers.splice(0).map(async server => new Promise<void>(resolve => {
			server.close(() => {
				resolve();
			});
		}));
		for (const socket of sockets) {
			// RST leaves no TIME_WAIT, which would keep the port from the next test.
			socket.resetAndDestroy();
		}

		await Promise.all(closing);
	};

	const openAll = async (host: string): Promise<net.Server[]> => {
		const opened: net.Server[] = [];
		const add = (server: net.Server): void => {
			servers.push(server);
			opened.push(server);
		};

		// The asked-for ports first, so that no random one takes them.
		for (const port of ports) {
			add(await listen(host, port, sockets));
		}

		for (let index = 0; index < systemPicked; index++) {
			add(await listen(host, 0, sockets));
		}

		for (let index = 0; index < insideLocalRange; index++) {
			add(await listenOnRandom(host, () => randomBetween(range.first, range.last), sockets));
		}

		for (let index = 0; index < outsideLocalRange; index++) {
			add(await listenOnRandom(host, () => pickOutside(range), sockets));
		}

		return opened;
	};

	try {
		for (const host of hosts) {
			const opened = await openAll(host);
			portsByHost.set(host, opened.map(server => portOf(server)).sort((a, b) => a - b));
		}
	} catch (error) {
		await close();
		throw error;
	}

	return {ports: portsByHost, close};
};

/** A listening socket as `/proc/net/tcp` or `tcp6` tells it: the address in full bytes. */
type ListeningSocket = {readonly bytes: readonly number[]; readonly port: number};

const listeningState = '0A';

/** The kernel prints an address as 32-bit words in the byte order of the machine. */
const parseAddress = (hex: string): number[] => {
	const words = hex.match(/.{8}/g) ?? [];
	return words.flatMap(word => {
		const bytes = (word.match(/../g) ?? []).map(byte => Number.parseInt(byte, 16));
		return endianness() === 'LE' ? bytes.reverse() : bytes;
	});
};

/** The listening sockets in the text of `/proc/net/tcp` or `/proc/net/tcp6`. */
export const parseListening = (text: string): ListeningSocket[] => {
	const sockets: ListeningSocket[] = [];
	for (const line of text.split('\n').slice(1)) {
		const [, local, , state] = line.trim().split(/\s+/);
		const [address, port] = local?.split(':') ?? [];
		if (state === listeningState && address !== undefined && port !== undefined) {
			sockets.push({bytes: parseAddress(address), port: Number.parseInt(port, 16)});
		}
	}

	return sockets;
};

const mappedPrefix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

const toBytes = (address: string): number[] => {
	if (net.isIPv4(address)) {
		return address.split('.').map(Number);
	}

	// `URL` writes an IPv6 address in its shortest form, with hexadecimal groups only.
	const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
	const groups = (part: string): number[] => part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16));
	const before = groups(head);
	const after = tail === undefined ? [] : groups(tail);
	const zeros = Array.from({length: 8 - before.length - after.length}, () => 0);
	return [...before, ...zeros, ...after].flatMap(group => [group >> 8, group & 0xFF]);
};

const isSame = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((byte, index) => byte === b[index]);

const isWildcard = (bytes: readonly number[]): boolean => bytes.every(byte => byte === 0);

/** Whether a connect to an IPv4 address is taken by someone who is not the connecting socket itself. */
const isTaken = async (address: string, port: number): Promise<boolean> => new Promise(resolve => {
	const socket = net.connect({host: address, port, family: 4, autoSelectFamily: false});
	socket.once('connect', () => {
		const isSelf = socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress;
		socket.resetAndDestroy();
		resolve(!isSelf);
	});
	socket.once('error', () => {
		resolve(false);
	});
});

/**
What really listens at an address of this machine right now, as the kernel tells it: sockets bound to the address itself, and those bound to every address.

One thing the kernel's table does not tell: whether a socket bound to `::` takes IPv4 connections too (it does unless `IPV6_V6ONLY` is set). For an IPv4 address such a port is settled by connecting to it.

Linux only: without `/proc/net/tcp` it rejects with `ENOENT`.
*/
export const listeningPorts = async (address: string): Promise<Set<number>> => {
	const wanted = toBytes(address);
	const tcp = parseListening(await readFile('/proc/net/tcp', 'utf8'));
	// Absent where IPv6 is turned off.
	const tcp6 = parseListening(await readIfPresent('/proc/net/tcp6') ?? '');

	if (wanted.length === 16) {
		return new Set(tcp6.filter(({bytes}) => isWildcard(bytes) || isSame(bytes, wanted)).map(({port}) => port));
	}

	const found = new Set(tcp.filter(({bytes}) => isWildcard(bytes) || isSame(bytes, wanted)).map(({port}) => port));
	for (const {bytes, port} of tcp6) {
		const last = bytes.slice(12);
		if (isSame(bytes.slice(0, 12), mappedPrefix) && (isWildcard(last) || isSame(last, wanted))) {
			found.add(port);
		}
	}

	const undecided = new Set(tcp6.filter(({bytes, port}) => isWildcard(bytes) && !found.has(port)).map(({port}) => port));
	await Promise.all([...undecided].map(async port => {
		if (await isTaken(address, port)) {
			found.add(port);
		}
	}));
	return found;
};

/** Time between two looks at what listens, in milliseconds: listeners of other tests live longer than this, most of them. */
const lookIntervalMs = 20;

/** What listened while it was watched: at every look, and at any. */
export type Watched = {readonly always: Set<number>; readonly ever: Set<number>};

/** Watches what listens at an address, from now until the returned function is called. */
export const watchListening = async (address: string): Promise<() => Promise<Watched>> => {
	let always = await listeningPorts(address);
	const ever = new Set(always);
	let isOn = true;
	const look = async (): Promise<void> => {
		const now = await listeningPorts(address);
		always = new Set([...always].filter(port => now.has(port)));
		for (const port of now) {
			ever.add(port);
		}
	};
	const watching = (async () => {
		while (isOn) {
			await look();
			await setTimeout(lookIntervalMs);
		}
	})();
	return async () => {
		isOn = false;
		await watching;
		await look();
		return {always, ever};
	};
};

/** A loopback address that no other test listens at, where the system has more than one (Linux has all of 127.0.0.0/8). */
export const quietAddress = (last: number): string => (platform() === 'linux' ? `127.0.0.${last}` : '127.0.0.1');

export type OpenPortsCheck = {
	/** Ports that listened all the time, and were not found. */
	readonly missed: number[];
	/** Ports that were found, and never listened. */
	readonly invented: number[];
};

/**
Compares the ports a scan found open with what listened meanwhile.

Other programs come and go: what listened for a part of the time may be found or not.
*/
export const checkOpenPorts = (found: Iterable<number>, {always, ever}: Watched): OpenPortsCheck => {
	const foundPorts = new Set(found);
	return {
		missed: [...always].filter(port => !foundPorts.has(port)).sort((a, b) => a - b),
		invented: [...foundPorts].filter(port => !ever.has(port)).sort((a, b) => a - b),
	};
};
