import {mkdtemp, readFile, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {openListeners} from '../helpers/listeners.ts';
import {createNeighbours, type Neighbours} from '../helpers/neighbours.ts';
import {cliPath, runCli, runProgram} from '../helpers/run-cli.ts';

const trial = await createNeighbours([]);
if (typeof trial === 'string') {
	console.error(`many-hosts: skipped in part, because ${trial}`);
} else {
	await trial.remove();
}

const testAmongNeighbours = typeof trial === 'string' ? test.serial.skip : test.serial;

type Document = {
	readonly status: string;
	readonly hostCount: number;
	readonly hosts: ReadonlyArray<{readonly address: string; readonly counts: Readonly<Record<string, number>>; readonly ports: ReadonlyArray<{readonly port: number; readonly state: string}>}>;
	readonly unlisted: {readonly count: number};
	readonly down: {readonly count: number; readonly reasons: Readonly<Record<string, number>>; readonly hosts: ReadonlyArray<{readonly address: string}>};
};

const documentOf = (text: string): Document => JSON.parse(text) as Document;

/** A block of loopback that no other test uses, with a listener at one of its addresses. */
const block = '127.77.1.0/26';
const listeningAt = '127.77.1.9';

const withListener = async (t: ExecutionContext): Promise<number> => {
	const listeners = await openListeners({hosts: [listeningAt]});
	t.teardown(listeners.close);
	return listeners.ports.get(listeningAt)![0]!;
};

test('a block is scanned address by address, but for what is left out', async t => {
	const port = await withListener(t);
	const {code, stdout, stderr} = await runCli(['scan', block, '-p', String(port), '--exclude', '127.77.1.1,127.77.1.60-63', '--json']);
	t.is(stderr, '');
	t.is(code, 0);
	const document = documentOf(stdout);
	t.is(document.hostCount, 59);
	const addresses = document.hosts.map(({address}) => address);
	t.deepEqual(addresses, Array.from({length: 60}, (_, index) => `127.77.1.${index}`).filter(address => address !== '127.77.1.1'));
	t.deepEqual(document.hosts.filter(({counts}) => counts['open'] === 1).map(({address}) => address), [listeningAt]);
	t.is(document.down.count, 0);
});

test('targets come from standard input, reports go to files, and the list is of endpoints', async t => {
	const port = await withListener(t);
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-test-'));
	t.teardown(async () => rm(folder, {recursive: true}));
	const files = ['a.json', 'a.ndjson', 'a.csv', 'a.md', 'a.txt'].map(name => path.join(folder, name));
	const {code, stdout, stderr} = await runProgram('sh', ['-c', `printf '# all\\r\\n${listeningAt} # one\\r\\n127.77.1.0-8\\n' | "$0" "$@"`, process.execPath, cliPath, 'scan', '-i', '-', '-p', String(port), '--format', 'list', ...files.flatMap(file => ['-o', file]), '-o', path.join(folder, 'none', 'b.json')]);
	t.is(stdout, `${listeningAt}:${port}\n`);
	t.regex(stderr, /^".*b\.json" was not written: there is no such folder\.\n$/);
	t.is(code, 1);
	t.deepEqual((await readdir(folder)).sort(), ['a.csv', 'a.json', 'a.md', 'a.ndjson', 'a.txt']);
	const [json, ndjson, csv, markdown, text] = await Promise.all(files.map(async file => readFile(file, 'utf8')));
	t.is(documentOf(json!).hostCount, 10);
	const lines = ndjson!.trimEnd().split('\n').map(line => JSON.parse(line) as {readonly portui: number; readonly kind: string; readonly address?: string});
	t.true(lines.every(({portui}) => portui === 1));
	t.deepEqual([lines[0]!.kind, lines.at(-1)!.kind], ['started', 'finished']);
	t.is(lines.filter(({kind}) => kind === 'host').length, 10);
	t.deepEqual(lines.filter(({kind}) => kind === 'probed').map(({address}) => address), [listeningAt]);
	t.regex(csv!, new RegExp(`^${listeningAt.replaceAll('.', '\\.')},${listeningAt.replaceAll('.', '\\.')},${port},tcp,open,connected,`, 'm'));
	t.regex(markdown!, new RegExp(`^\\| ${port} \\| open \\|`, 'm'));
	t.regex(text!, new RegExp(`^ *${port} {2}open`, 'm'));
});

const checks: ReadonlyArray<readonly [args: (port: number) => readonly string[], code: number, stderr: (port: number) => string]> = [
	[port => ['--expect', String(port)], 0, () => ''],
	[() => ['--expect', 'none'], 3, port => `${listeningAt} differs from what --expect says: ${port} open, not expected.\n`],
	[port => ['--expect', `1,${port}`, '--exclude-ports', '2'], 3, () => `${listeningAt} differs from what --expect says: 1 expected, not open.\n`],
	[() => ['--expect', '2', '--exclude-ports', '2'], 2, () => '--expect names ports that are not scanned: 2. Add them to -p, or leave them out.\n'],
	[() => ['--expect', 'nosuchname'], 2, () => '--expect: No service is named "nosuchname": write a port number, a range like 80-90, or a name like http.\n'],
];

for (const [args, expectedCode, sentence] of checks) {
	test(`${args(0).join(' ')} ends with ${expectedCode}`, async t => {
		const port = await withListener(t);
		const {code, stderr, stdout} = await runCli(['scan', listeningAt, '-p', `1-2,${port}`, '--format', 'list', ...args(port)]);
		t.is(stderr, sentence(port));
		t.is(code, expectedCode);
		t.is(stdout, expectedCode === 2 ? '' : `${listeningAt}:${port}\n`);
	});
}

test('a stream whose reader goes away ends the scan, and is no error', async t => {
	const {code, stdout, stderr} = await runProgram('sh', ['-c', '"$0" "$1" scan 127.0.0.0/8 -p 1 --quiet --format ndjson | head -3', process.execPath, cliPath]);
	t.is(code, 0);
	t.is(stderr, '');
	t.deepEqual(stdout.trimEnd().split('\n').map(line => (JSON.parse(line) as {readonly kind: string}).kind), ['started', 'host', 'host']);
});

test('a very large scan is announced, and stopped it reports what was found', async t => {
	const {code, stdout, stderr} = await runCli(['scan', '127.0.0.0/8', '-p', 'all', '--rate', '1000', '--json'], {
		onStart(child) {
			child.stderr!.once('data', () => child.kill('SIGINT'));
		},
	});
	t.is(stderr, '16,777,216 hosts with 65,536 ports each are 10^12 and more probes: if all hosts are there, that takes about 35 years at 1,000 a second. Ctrl-C ends it and reports what was found.\n');
	t.is(code, 130);
	t.like(documentOf(stdout), {status: 'interrupted', hostCount: 16_777_216});
});

test('a public address is not scanned where nobody can be asked', async t => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-test-'));
	t.teardown(async () => rm(folder, {recursive: true}));
	// 0.0.0.0/0 begins with a special block, so what is told is the first public one. Nothing is sent: it is refused before.
	const {code, stdout, stderr} = await runCli(['scan', '10.0.0.0/7', '-p', '1'], {env: {...process.env, XDG_DATA_HOME: folder}});
	t.is(stdout, '');
	t.is(stderr, '10.0.0.0/7 (11.0.0.0 and others) is public: scan it only if it is yours or you have leave; --yes says that you may.\n');
	t.is(code, 2);
	t.deepEqual(await readdir(folder), []);
});

const enter = async (t: ExecutionContext, addresses: readonly string[]): Promise<Neighbours> => {
	const neighbours = await createNeighbours(addresses);
	if (typeof neighbours === 'string') {
		throw new TypeError(neighbours);
	}

	t.teardown(neighbours.remove);
	return neighbours;
};

testAmongNeighbours('in a network of few hosts the dead ones are told as down, and the others scanned', async t => {
	const {run, listen} = await enter(t, ['10.77.0.5', '10.77.0.9']);
	await listen(8080);
	const {code, stdout} = await run(process.execPath, cliPath, 'scan', '10.77.0.0/28', '-p', '8000-8200', '--json');
	t.is(code, 0);
	const {hosts, down, status} = documentOf(stdout);
	t.is(status, 'complete');
	t.deepEqual(hosts.map(({address, counts}) => [address, counts['open'], counts['closed']]), [['10.77.0.1', 0, 201], ['10.77.0.5', 1, 200], ['10.77.0.9', 1, 200]]);
	t.is(down.count, 13);
	t.false(down.hosts.some(({address}) => hosts.some(host => host.address === address)));
});

testAmongNeighbours('a list of hosts is told one by one which are down', async t => {
	const {run} = await enter(t, ['10.77.0.5']);
	const {code, stdout} = await run(process.execPath, cliPath, 'scan', '10.77.0.5', '10.77.0.6', '-p', '1-20');
	t.is(code, 0);
	t.regex(stdout, /^10\.77\.0\.5\n/);
	t.regex(stdout, /^10\.77\.0\.6 (did not answer the first 8 probes|cannot be reached: .*); taken as down \(--assume-up scans it all the same\)\.$/m);
	const all = await run(process.execPath, cliPath, 'scan', '10.77.0.5', '10.77.0.6', '-p', '1-20', '--assume-up', '--json');
	t.deepEqual(documentOf(all.stdout).hosts.map(({address, counts}) => [address, counts['closed'], counts['filtered']]), [['10.77.0.5', 20, 0], ['10.77.0.6', 0, 20]]);
});

testAmongNeighbours('a link-local neighbour is scanned by its zone, and without one the interfaces are told', async t => {
	const {run, listen, interfaceName} = await enter(t, []);
	await listen(8080);
	const target = `fe80::2%${interfaceName}`;
	const {code, stdout} = await run(process.execPath, cliPath, 'scan', target, '-p', '8080', '--format', 'list');
	t.is(code, 0);
	t.is(stdout, `[${target}]:8080\n`);
	const block = await run(process.execPath, cliPath, 'scan', `fe80::%${interfaceName}/126`, '-p', '8080', '--format', 'list');
	t.is(block.stdout, `[${target}]:8080\n`);
	const without = await run(process.execPath, cliPath, 'scan', 'fe80::2');
	t.is(without.code, 2);
	t.is(without.stderr, `"fe80::2" is link-local: say on which interface, such as fe80::2%${interfaceName}; this machine has ${interfaceName}.\n`);
});
