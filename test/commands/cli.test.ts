import type {ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import net from 'node:net';
import process from 'node:process';
import {transform} from 'esbuild';
import test from 'ava';
import {checkOpenPorts, loopbackHosts, openListeners, quietAddress, watchListening} from '../helpers/listeners.ts';
import {cliPath, runCli, runProgram} from '../helpers/run-cli.ts';

type Document = {
	readonly status: string;
	readonly hosts: ReadonlyArray<{
		readonly address: string;
		readonly counts: {readonly open: number; readonly closed: number; readonly filtered: number; readonly unknown: number};
		readonly unfinished: number;
		readonly ports: ReadonlyArray<{readonly port: number; readonly state: string}>;
	}>;
};

const documentOf = (stdout: string): Document => JSON.parse(stdout) as Document;

const openPortsOf = (document: Document): number[] => document.hosts.flatMap(({ports}) => ports).filter(({state}) => state === 'open').map(({port}) => port);

/** Exit code and what is said, for what needs no network. */
const table: ReadonlyArray<readonly [args: readonly string[], code: number, stdout: RegExp, stderr: RegExp]> = [
	[['--version'], 0, /^\d+\.\d+\.\d+\n$/, /^$/],
	[['--help'], 0, /^Browse .*\n\nUsage\n/, /^$/],
	[['scan', '--help'], 0, /portui scan <target…>/, /^$/],
	[['lookup', '80'], 0, /^80\/tcp {2}http/, /^$/],
	[['lookup', '80', '--json'], 0, /^\{\n {2}"portui": 1,\n {2}"kind": "lookup"/, /^$/],
	[['lookup', 'zzqqxxyyzz'], 1, /^$/, /^Nothing in the registry matches "zzqqxxyyzz"\.\n$/],
	[[], 2, /^$/, /^Browse [^]*\nThe screen needs a terminal\.\n$/],
	[['localhost'], 2, /^$/, /\nThe screen needs a terminal\.\n$/],
	[['help'], 0, /^Browse /, /^$/],
	[['version'], 0, /^\d+\.\d+\.\d+\n$/, /^$/],
	[['--prots'], 2, /^$/, /^"--prots" is not a flag of portui; did you mean --ports\?\n$/],
	[['diff'], 2, /^$/, /^portui diff compares two scans/],
	[['history', 'show'], 2, /^$/, /^portui history show takes one id: portui history lists them\.\n$/],
	[['history', 'remove'], 2, /^$/, /^portui history remove needs an id/],
	[['history', 'undo'], 2, /^$/, /^portui history does not know "undo": it takes show, resume, note, import, remove, pin and unpin\.\n$/],
	[['history', '--format', 'list'], 2, /^$/, /^--format takes text, json, csv or markdown/],
	[['scan', '127.0.0.1', '-p', '65536'], 2, /^$/, /^Port 65536 is out of range: ports go from 0 to 65535\.\n$/],
	[['scan', '127.0.0.1', '-p', '90-80'], 2, /^$/, /^"90-80" runs backwards: write 80-90\.\n$/],
	[['scan', '127.0.0.1', '-p', ''], 2, /^$/, /^The list of ports is empty/],
	[['scan', '127.0.0.1', '-p', 'htpp'], 2, /^$/, /^No service is named "htpp"; did you mean http\?\n$/],
	[['scan', 'http://localhost'], 2, /^$/, /^"http:\/\/localhost" is a URL, not a host: write localhost\.\n$/],
	[['scan', '127.0.0.1', '-6'], 2, /^$/, /^"127\.0\.0\.1" is an IPv4 address/],
];

for (const [args, code, stdout, stderr] of table) {
	test(`portui ${args.join(' ')} ends with ${code}`, async t => {
		const result = await runCli(args);
		t.is(result.code, code);
		t.regex(result.stdout, stdout);
		t.regex(result.stderr, stderr);
	});
}

test('an opened port is found, at every loopback address', async t => {
	const listeners = await openListeners();
	try {
		for (const [address, [port]] of listeners.ports) {
			const {code, stdout, stderr} = await runCli(['scan', address, '-p', String(port), '--json']);
			t.is(code, 0);
			t.is(stderr, '');
			t.deepEqual(openPortsOf(documentOf(stdout)), [port!]);
		}
	} finally {
		await listeners.close();
	}
});

test('localhost is scanned at each of its addresses', async t => {
	const {stdout} = await runCli(['scan', 'localhost', '-p', '1', '--json', '--show', 'closed']);
	t.deepEqual(documentOf(stdout).hosts.map(({address}) => address), loopbackHosts());
});

// One probe at a time to 65,536 ports takes seconds; of forty listeners one is met long before that.
/** No other test scans this address, so whoever connects there is the scan of this test. */
const slowHost = quietAddress(77);

const slowScan = ['scan', slowHost, '-p', 'all', '--concurrency', '1', '--json'];
const manyListeners = 40;

/** Listens on some ports, and calls back at every connection: then a scan is surely under way. */
const listenForProbe = async (onProbe: () => void): Promise<() => void> => {
	const servers = Array.from({length: manyListeners}, () => net.createServer(socket => {
		socket.on('error', () => {});
		onProbe();
	}));
	await Promise.all(servers.map(async server => once(server.listen(0, slowHost), 'listening')));
	return () => {
		for (const server of servers) {
			server.close();
		}
	};
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	test(`${signal} in the middle of a scan ends it with 130 and a report`, async t => {
		let child: ChildProcess | undefined;
		const close = await listenForProbe(() => {
			child?.kill(signal);
			child = undefined;
		});
		try {
			const {code, stdout} = await runCli(slowScan, {
				onStart(started) {
					child = started;
				},
			});
			t.is(code, 130);
			const {status, hosts: [host]} = documentOf(stdout);
			t.is(status, 'interrupted');
			t.is(host!.counts.open + host!.counts.closed + host!.counts.filtered + host!.counts.unknown, 65_536);
			t.true(host!.unfinished > 0 && host!.unfinished <= host!.counts.unknown);
		} finally {
			close();
		}
	});
}

test('a reader that goes away is no error', async t => {
	const {stdout, stderr} = await runProgram('sh', ['-c', '"$0" "$1" lookup all --json | head -1', process.execPath, cliPath]);
	t.is(stdout, '{\n');
	t.is(stderr, '');
});

test('few descriptors make a scan slower, not wrong', async t => {
	const host = quietAddress(63);
	const listeners = await openListeners({hosts: [host], insideLocalRange: 4, outsideLocalRange: 4});
	try {
		const endWatch = await watchListening(host);
		const {code, stdout, stderr} = await runProgram('sh', ['-c', `ulimit -n 64 && exec "$0" "$1" scan ${host} -p all --json`, process.execPath, cliPath]);
		const watched = await endWatch();
		t.is(stderr, '');
		t.is(code, 0);
		const document = documentOf(stdout);
		t.is(document.hosts[0]?.counts.unknown, 0);
		t.deepEqual(checkOpenPorts(openPortsOf(document), watched), {missed: [], invented: []});
	} finally {
		await listeners.close();
	}
});

test('the first file runs on a Node that is too old, far enough to say so', async t => {
	const code = await readFile(cliPath, 'utf8');
	// Where the syntax is older than Node 14's, writing it for Node 14 changes nothing.
	const [plain, old] = await Promise.all([transform(code, {format: 'esm'}), transform(code, {format: 'esm', target: 'node14.18'})]);
	t.is(old.code, plain.code);
	t.deepEqual([...code.matchAll(/(?:^|;)import[^(;]*from\s*"(?!node:)([^"]+)"/g)].map(([, name]) => name), []);
	t.true(code.startsWith('#!/usr/bin/env node\n'));
});
