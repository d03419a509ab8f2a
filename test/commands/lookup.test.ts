import test from 'ava';
import {runLookup} from '../../source/commands/lookup.ts';
import type {LookupFormat} from '../../source/commands/arguments.ts';
import {interval} from '../../source/port/port-range.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {keepOutput} from '../helpers/outputs.ts';

const lookUp = async (words: readonly string[], format: LookupFormat = 'text', columns?: number): Promise<{code: number; stdout: string; stderr: string}> => {
	const stdout = keepOutput(columns === undefined ? {} : {isTTY: true, columns});
	const stderr = keepOutput();
	const code = await runLookup({words, format}, {stdout, stderr, loadRegistry, readClientRange: async () => ({...interval(32_768, 60_999), reserved: [], readFrom: 'a test'})});
	return {code, stdout: stdout.text(), stderr: stderr.text()};
};

const portsOf = (stdout: string): number[] => (JSON.parse(stdout) as {ports: Array<{port: number}>}).ports.map(({port}) => port);

const found: ReadonlyArray<readonly [words: readonly string[], ports: readonly number[]]> = [
	[['80'], [80]],
	[['443', '80'], [443, 80]],
	[['80-82,22'], [22, 80, 81, 82]],
	[['80', '80-81'], [80, 81]],
	[['-3'], [0, 1, 2, 3]],
	[['ssh'], [22]],
	[['telnet', 'ssh'], [23, 22]],
	[['20-25', '!22-24'], [20, 21, 25]],
	[['telnet', 'ssh', '!22'], [23]],
	[['RISK:high', 'category:database', '9000-9999'], [9000, 9042, 9200, 9300]],
	[['risk:critical', 'cleartext', '!2375', '!5000-5999'], [4786, 9229, 7681]],
	[['6379', 'category:database'], [6379]],
	[['53/udp'], [53]],
	[['5174/tcp'], [5174]],
	[['80/dccp'], [80]],
	[['53/udp', '53/TCP', '53/udp'], [53, 53]],
	[['domain/udp'], [53]],
	[['80,443/tcp'], [80, 443]],
];

for (const [words, ports] of found) {
	test(`looks up ${words.join(' ')}`, async t => {
		const {code, stdout, stderr} = await lookUp(words, 'json');
		t.is(code, 0);
		t.is(stderr, '');
		t.deepEqual(portsOf(stdout), [...ports]);
	});
}

test('one port is told in full', async t => {
	const {code, stdout} = await lookUp(['80']);
	t.is(code, 0);
	t.regex(stdout, /^80\/tcp {2}http/);
});

test('words are searched together, twenty for a person and all for a script', async t => {
	const {code, stdout} = await lookUp(['data', 'service']);
	const all = portsOf((await lookUp(['data', 'service'], 'json')).stdout);
	t.true(all.length > 20);
	t.is(code, 0);
	t.is(stdout.split('\n').length, 22);
	t.regex(stdout, new RegExp(`^… and ${all.length - 20} more: `, 'm'));
});

test('only what holds on the transport is told', async t => {
	const {ports: [dns]} = JSON.parse((await lookUp(['53/udp'], 'json')).stdout) as {ports: Array<{entries: Array<{transports: string[]}>; exposure: Array<{transports: string[]}>}>};
	t.deepEqual([...dns!.entries, ...dns!.exposure].map(({transports}) => transports), [['udp'], ['udp']]);
	t.regex((await lookUp(['80/dccp'])).stdout, /^80\/dccp {2}Unassigned; no common use is known\n/);
});

test('ports beside words that nothing has together are told first, then what the words find', async t => {
	const {code, stdout, stderr} = await lookUp(['22', '8123', 'grafana'], 'json');
	t.is(code, 0);
	t.is(stderr, '');
	t.deepEqual(portsOf(stdout).slice(0, 3), [22, 8123, 3000]);
});

test('words that no port has together are searched one by one, and it is said', async t => {
	const {code, stdout, stderr} = await lookUp(['minecraft', 'grafana'], 'json');
	t.is(code, 0);
	t.is(stderr, 'No port matches all of "minecraft grafana": showing the best of each word.\n');
	const ports = portsOf(stdout);
	t.is(ports[0], 25_565);
	t.true(ports.includes(3000));
	t.is((await lookUp(['minecraft', 'zzqqxxyyzz'])).code, 1);
});

test('words that find nothing beside ports are told of', async t => {
	const {code, stdout, stderr} = await lookUp(['22', 'zzqqxxyyzz']);
	t.is(code, 0);
	t.regex(stdout, /^22\/tcp {2}ssh/);
	t.is(stderr, 'Nothing in the registry matches "zzqqxxyyzz".\n');
});

test('csv and markdown tell the same ports', async t => {
	t.deepEqual((await lookUp(['22', '5432'], 'csv')).stdout.split('\r\n').map(line => line.split(',')[0]), ['port', '22', '5432', '']);
	t.regex((await lookUp(['22', '5432'], 'markdown')).stdout, /^\| Port .*\n\| ---.*\n\| 22 \| ssh .*\n\| 5432 \| postgresql /);
	t.regex((await lookUp(['22'], 'markdown')).stdout, /^## 22\/tcp ssh\n\nSSH: /);
	const none = await lookUp(['zzqqxxyyzz'], 'csv');
	t.is(none.code, 1);
	t.regex(none.stdout, /^port,.*\r\n$/);
});

test('a word that names one port is followed by what else it finds', async t => {
	t.regex((await lookUp(['smtp'])).stdout, /\nAlso found by smtp: 587 submission, 465 submissions, /);
	t.notRegex((await lookUp(['25'])).stdout, /Also found/);
	t.notRegex((await lookUp(['plex'])).stdout, /multiplex/);
});

test('a terminal is as wide as it says', async t => {
	const widest = async (words: readonly string[], columns: number): Promise<number> => Math.max(...(await lookUp(words, 'text', columns)).stdout.split('\n').map(line => line.length));
	t.true(await widest(['1000-1100', '3000'], 60) <= 60);
	t.true(await widest(['22'], 200) > 100);
});

test('a range is listed whole', async t => {
	t.is((await lookUp(['100-199'])).stdout.trimEnd().split('\n').length, 100);
});

const failures: ReadonlyArray<readonly [words: readonly string[], code: number, sentence: string]> = [
	[['70000/tcp'], 2, 'Port 70000 is out of range: ports go from 0 to 65535.\n'],
	[['70000'], 2, 'Port 70000 is out of range: ports go from 0 to 65535.\n'],
	[['80', '90-80'], 2, '"90-80" runs backwards: write 80-90.\n'],
	[[','], 2, 'The list of ports is empty: write ports like 22,80-90, a name like http, or all.\n'],
	[['htpp', 'risk:purple'], 1, 'Nothing is "risk:purple": risk takes any, info, low, medium, high, critical.\n'],
	[['range:foo'], 1, 'Nothing is "range:foo": range takes well-known, registered, ephemeral, system, user, dynamic, private.\n'],
	[['zzqqxxyyzz'], 1, 'Nothing in the registry matches "zzqqxxyyzz".\n'],
	[['zz\u001B[2J\u202E'], 1, 'Nothing in the registry matches "zz\\u001b[2J\\u202e".\n'],
];

for (const [words, code, sentence] of failures) {
	test(`${words.join(' ')} is answered: ${sentence.trim()}`, async t => {
		t.deepEqual(await lookUp(words), {code, stdout: '', stderr: sentence});
	});
}

test('what is mistyped is taken for the nearest, and it is said', async t => {
	const {code, stdout, stderr} = await lookUp(['postgers']);
	t.is(code, 0);
	t.is(stderr, 'No exact match: showing postgres.\n');
	t.regex(stdout, /^ *5432 {2}postgresql/);
	const document = JSON.parse((await lookUp(['postgers'], 'json')).stdout) as {corrected?: string};
	t.is(document.corrected, 'postgres');
	t.false('corrected' in (JSON.parse((await lookUp(['postgres'], 'json')).stdout) as object));
});

test('a script gets a document even where nothing matches', async t => {
	const {code, stdout} = await lookUp(['zzqqxxyyzz'], 'json');
	t.is(code, 1);
	t.deepEqual(portsOf(stdout), []);
});
