import test from 'ava';
import {runLookup} from '../../source/commands/lookup.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {keepOutput} from '../helpers/outputs.ts';

const lookUp = async (words: readonly string[], format: 'text' | 'json' = 'text'): Promise<{code: number; stdout: string; stderr: string}> => {
	const stdout = keepOutput();
	const stderr = keepOutput();
	const code = await runLookup({words, format}, {stdout, stderr, loadRegistry});
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
	[['RISK:high', 'category:database', '9000-9999'], [9000, 9042, 9200]],
	[['risk:critical', 'cleartext', '!2375', '!5000-5999'], [4786, 9229]],
	[['6379', 'category:database'], [6379]],
	[['53/udp'], [53]],
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

test('a range is listed whole', async t => {
	t.is((await lookUp(['100-199'])).stdout.trimEnd().split('\n').length, 100);
});

const failures: ReadonlyArray<readonly [words: readonly string[], code: number, sentence: string]> = [
	[['70000'], 2, 'Port 70000 is out of range: ports go from 0 to 65535.\n'],
	[['80', '90-80'], 2, '"90-80" runs backwards: write 80-90.\n'],
	[[','], 2, 'The list of ports is empty: write ports like 22,80-90, a name like http, or all.\n'],
	[['htpp', 'risk:purple'], 1, 'Nothing in the registry matches "htpp risk:purple".\n'],
	[['zzqqxxyyzz'], 1, 'Nothing in the registry matches "zzqqxxyyzz".\n'],
	[['zz\u001B[2J\u202E'], 1, 'Nothing in the registry matches "zz\\u001b[2J\\u202e".\n'],
];

for (const [words, code, sentence] of failures) {
	test(`a sentence: ${sentence.trim()}`, async t => {
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
