import {once} from 'node:events';
import net from 'node:net';
import {platform} from 'node:process';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {checkOpenPorts, listeningPorts, loopbackHosts, openListeners, parseListening, quietAddress, readLocalPortRange, type ListenerOptions, type Listeners, watchListening} from '../helpers/listeners.ts';

const open = async (t: ExecutionContext, options: ListenerOptions): Promise<Listeners> => {
	const listeners = await openListeners(options);
	t.teardown(listeners.close);
	return listeners;
};

const hasIpv6 = loopbackHosts().includes('::1');
const onLinux = platform === 'linux' ? test : test.skip;
const onLinuxWithIpv6 = platform === 'linux' && hasIpv6 ? test : test.skip;

/** Resolves when connected, rejects with the error. */
const connect = async (host: string, port: number): Promise<net.Socket> => {
	const socket = net.connect({host, port, autoSelectFamily: false});
	await once(socket, 'connect');
	return socket;
};

const listenAt = async (t: ExecutionContext, options: net.ListenOptions): Promise<number> => {
	const server = net.createServer(socket => {
		socket.on('error', () => {
			// Whoever asks whether this port is taken hangs up with RST.
		});
	});
	t.teardown(() => {
		server.close();
	});
	server.listen(options);
	await once(server, 'listening');
	return (server.address() as net.AddressInfo).port;
};

test('what is opened takes connections on every host, and none after the close', async t => {
	const listeners = await open(t, {count: 3});
	t.deepEqual([...listeners.ports.keys()], loopbackHosts());
	const pairs = [...listeners.ports].flatMap(([host, ports]) => ports.map(port => [host, port] as const));
	t.is(pairs.length, 3 * loopbackHosts().length);
	const sockets = await Promise.all(pairs.map(async ([host, port]) => connect(host, port)));
	t.true(sockets.every(socket => !socket.destroyed));

	// The close cuts what is still connected.
	const ends = sockets.map(async socket => once(socket, 'close').catch((error: NodeJS.ErrnoException) => error.code));
	await listeners.close();
	await Promise.all(ends);
	for (const [host, port] of pairs) {
		await t.throwsAsync(async () => connect(host, port), {code: 'ECONNREFUSED'});
	}
});

test('one listener a host unless told otherwise', async t => {
	const listeners = await open(t, {});
	t.true([...listeners.ports.values()].every(ports => ports.length === 1));
});

test('ports inside and outside the local range', async t => {
	const {first, last} = await readLocalPortRange();
	const listeners = await open(t, {insideLocalRange: 4, outsideLocalRange: 5, hosts: ['127.0.0.1']});
	const ports = listeners.ports.get('127.0.0.1') ?? [];
	t.is(ports.length, 9);
	t.is(ports.filter(port => port >= first && port <= last).length, 4);
	t.deepEqual(ports, [...ports].sort((a, b) => a - b));
});

test('a taken port fails, and leaves nothing open', async t => {
	const taken = await open(t, {hosts: ['127.0.0.1']});
	const [port] = taken.ports.get('127.0.0.1') ?? [];
	const free = await openListeners({hosts: ['127.0.0.1']});
	const [freePort] = free.ports.get('127.0.0.1') ?? [];
	await free.close();
	await t.throwsAsync(async () => openListeners({ports: [freePort!, port!], hosts: ['127.0.0.1']}), {code: 'EADDRINUSE'});
	await t.throwsAsync(async () => connect('127.0.0.1', freePort!), {code: 'ECONNREFUSED'});
});

test('an address this machine has not fails', async t => {
	// 192.0.2.0/24 is for documentation (RFC 5737).
	await t.throwsAsync(async () => openListeners({hosts: ['192.0.2.1']}), {code: 'EADDRNOTAVAIL'});
});

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2 1 0 100 0 0 10 0
   2: 0100007F:D2F0 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 20 4 30 10 -1
`;

onLinux('the table of the kernel: only what listens', t => {
	t.deepEqual(parseListening(table), [{bytes: [127, 0, 0, 1], port: 8080}, {bytes: [0, 0, 0, 0], port: 22}]);
	t.deepEqual(parseListening(''), []);
});

onLinux('whatever listens is told, and what was closed is not', async t => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...loopbackHosts(), '127.0.0.2'),
			fc.nat({max: 5}),
			fc.nat({max: 3}),
			fc.nat({max: 3}),
			async (host, count, insideLocalRange, outsideLocalRange) => {
				const listeners = await openListeners({hosts: [host], count, insideLocalRange, outsideLocalRange});
				const ports = listeners.ports.get(host) ?? [];
				try {
					const told = await listeningPorts(host);
					t.deepEqual(ports.filter(port => !told.has(port)), []);
				} finally {
					await listeners.close();
				}

				t.is(ports.length, count + insideLocalRange + outsideLocalRange);
			},
		),
		{numRuns: 20},
	);

	// A closed port may be taken by another program at once, so ask for a few: not all of them are.
	const listeners = await openListeners({hosts: ['127.0.0.1'], count: 5});
	const ports = listeners.ports.get('127.0.0.1') ?? [];
	await listeners.close();
	const told = await listeningPorts('127.0.0.1');
	t.true(ports.some(port => !told.has(port)));
});

onLinux('an address is told apart from another', async t => {
	const listeners = await open(t, {hosts: ['127.0.0.2'], count: 3});
	const ports = listeners.ports.get('127.0.0.2') ?? [];
	const told = await listeningPorts('127.0.0.1');
	t.true(ports.some(port => !told.has(port)));
});

onLinux('a socket bound to every IPv4 address listens at each', async t => {
	const port = await listenAt(t, {host: '0.0.0.0', port: 0});
	t.true((await listeningPorts('127.0.0.1')).has(port));
	t.true((await listeningPorts('127.0.0.2')).has(port));
});

onLinuxWithIpv6('a socket bound to :: listens at IPv4 addresses unless it is for IPv6 only', async t => {
	const dual = await listenAt(t, {host: '::', port: 0});
	const only = await listenAt(t, {host: '::', port: 0, ipv6Only: true});
	const ipv6 = await listeningPorts('::1');
	t.true(ipv6.has(dual));
	t.true(ipv6.has(only));
	const ipv4 = await listeningPorts('127.0.0.1');
	t.true(ipv4.has(dual));
	t.false(ipv4.has(only));
});

onLinuxWithIpv6('a socket bound to an IPv4 address in IPv6 form listens there', async t => {
	const port = await listenAt(t, {host: '::ffff:127.0.0.1', port: 0});
	t.true((await listeningPorts('127.0.0.1')).has(port));
	t.false((await listeningPorts('::1')).has(port));
});

test('what is missed and what is invented', t => {
	const watched = {always: new Set([80, 443]), ever: new Set([22, 80, 443, 8080])};
	t.deepEqual(checkOpenPorts([80, 443], watched), {missed: [], invented: []});
	t.deepEqual(checkOpenPorts([443, 22, 8080], watched), {missed: [80], invented: []});
	t.deepEqual(checkOpenPorts([40_000, 80, 443, 3], watched), {missed: [], invented: [3, 40_000]});
});

onLinux('what comes and goes while it is watched is told from what stays', async t => {
	const host = quietAddress(64);
	const staying = await openListeners({hosts: [host]});
	t.teardown(staying.close);
	const endWatch = await watchListening(host);
	const passing = await openListeners({hosts: [host]});
	const [port] = passing.ports.get(host)!;
	const {always} = await endWatch();
	t.true(always.has(staying.ports.get(host)![0]!));
	t.false(always.has(port!));
	await passing.close();
});
