import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {createHistoryPlace} from '../helpers/history-place.ts';
import {openListeners} from '../helpers/listeners.ts';
import {runCli} from '../helpers/run-cli.ts';

const folderOf = async (t: ExecutionContext): Promise<string> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-check-'));
	t.teardown(async () => rm(folder, {recursive: true, force: true}));
	return folder;
};

test('two kept scans are compared: the port that opened, the one that closed, and that nothing changed', async t => {
	const place = await createHistoryPlace();
	t.teardown(place.remove);
	const {env} = place;
	const [first, second] = [await openListeners({hosts: ['127.0.0.1']}), await openListeners({hosts: ['127.0.0.1']})];
	t.teardown(second.close);
	const [one, other] = [first, second].map(({ports}) => ports.get('127.0.0.1')![0]!) as [number, number];
	const scan = async (ports: string): Promise<void> => {
		const {code} = await runCli(['scan', '127.0.0.1', '-p', ports], {env});
		t.is(code, 0);
	};

	await scan(`1-20,${one},${other}`);
	await first.close();
	await scan(`1-20,${one},${other}`);
	await scan(`1-20,${one}`);
	const ids = (JSON.parse((await runCli(['history', '--json'], {env})).stdout) as {scans: ReadonlyArray<{id: string}>}).scans.map(({id}) => id.slice(-8)).toReversed();

	const changed = await runCli(['diff', ids[0]!, ids[1]!], {env});
	t.is(changed.code, 3);
	t.regex(changed.stdout, new RegExp(`^  - ${one} .*open no longer, now closed \\(refused\\)$`, 'm'));
	t.regex(changed.stdout, /^1 host compared: 1 open no longer\.$/m);

	const back = await runCli(['diff', ids[1]!, ids[0]!, '--json'], {env});
	t.is(back.code, 3);
	t.like(JSON.parse(back.stdout), {kind: 'diff', same: false, hosts: [{changes: [{kind: 'opened', port: one}]}]});

	const same = await runCli(['diff', 'last', 'last', '--format', 'markdown'], {env});
	t.is(same.code, 0);
	t.regex(same.stdout, /no difference\.$/m);

	// A port that was not scanned this time has not closed.
	const narrower = await runCli(['diff', ids[1]!, 'last'], {env});
	t.is(narrower.code, 0);
	t.regex(narrower.stdout, new RegExp(`^  \\? ${other}: open before; this time not scanned$`, 'm'));
});

test('files of other programs are compared, and lists of the same ports as such', async t => {
	const folder = await folderOf(t);
	const [before, after] = [path.join(folder, 'before.txt'), path.join(folder, 'after.txt')];
	await writeFile(before, '192.0.2.7:22\n192.0.2.7:80\n');
	await writeFile(after, '192.0.2.7:22\n192.0.2.7:443\n');
	const untold = await runCli(['diff', before, after]);
	t.is(untold.code, 0);
	t.regex(untold.stdout, /Of 2 open ports only one of the scans can tell\.$/m);
	const told = await runCli(['diff', before, after, '--same-ports']);
	t.is(told.code, 3);
	t.regex(told.stdout, /^ {2}- +80 .*no longer open$/m);
	t.regex(told.stdout, /^ {2}\+ 443 .*opened, was not open$/m);
});

test('two scans of different hosts are not called the same', async t => {
	const folder = await folderOf(t);
	const [before, after] = [path.join(folder, 'before.txt'), path.join(folder, 'after.txt')];
	await writeFile(before, '192.0.2.7:22\n');
	await writeFile(after, '192.0.2.8:22\n');
	const {code, stdout} = await runCli(['diff', before, after]);
	t.is(code, 1);
	t.regex(stdout, /^The two scans have no host in common\./m);
	t.is((await runCli(['diff', before, after, '--same-ports'])).code, 3);
});

test('what is wrong with a comparison is said', async t => {
	const place = await createHistoryPlace();
	t.teardown(place.remove);
	for (const [args, code, sentence] of [
		[['diff'], 2, /compares two scans/],
		[['diff', 'a'], 2, /compares two scans/],
		[['diff', 'a', 'b', 'c'], 2, /compares two scans/],
		[['diff', '-', '-'], 2, /can be read once/],
		[['diff', './nowhere.json', './nothing.json'], 1, /nowhere\.json/],
		[['diff', 'abc', 'abd'], 1, /No kept scan has that id either/],
		[['diff', 'a', 'b', '--format', 'csv'], 2, /--format takes text, json or markdown/],
	] as const) {
		const result = await runCli(args, {env: place.env});
		t.is(result.code, code, args.join(' '));
		t.regex(result.stderr, sentence);
		t.is(result.stdout, '');
	}
});

test('a policy that holds, one that is broken, one that cannot be found out', async t => {
	const folder = await folderOf(t);
	const listeners = await openListeners({hosts: ['127.0.0.1'], count: 2});
	t.teardown(listeners.close);
	const [one, other] = listeners.ports.get('127.0.0.1')! as [number, number];
	const file = path.join(folder, 'policy.yaml');
	const check = async (text: string, ...flags: readonly string[]) => {
		await writeFile(file, text);
		return runCli(['check', file, ...flags]);
	};

	const held = await check(`hosts:\n  - host: 127.0.0.1\n    ports: ${one},${other},1-20\n    allow: [${one}, ${other}]\n    require: ${one}\n`);
	t.is(held.code, 0);
	t.regex(held.stdout, /2 checks of 1 target: all hold\.\n$/);
	t.is(held.stderr, '');

	const [junit, markdown] = [path.join(folder, 'ports.xml'), path.join(folder, 'ports.md')];
	const broken = await check(`hosts:\n  - host: 127.0.0.1\n    ports: ${one},${other}\n    allow: ${one}\n    require: 1\n`, '-o', junit, '-o', markdown, '--json');
	t.is(broken.code, 3);
	t.like(JSON.parse(broken.stdout), {kind: 'check', holds: false, targets: [{target: '127.0.0.1', checks: [{outcome: 'broken'}, {outcome: 'broken', sentences: ['127.0.0.1:1 is closed (refused).']}]}]});
	t.regex(await readFile(junit, 'utf8'), new RegExp(`<failure message="127\\.0\\.0\\.1:${other} is open, and not allowed`));
	t.regex(await readFile(markdown, 'utf8'), /^- BROKEN: 1 is open$/m);

	const undecided = await check('hosts:\n  - host: no-such-name.invalid\n    allow: none\n  - host: 127.0.0.1\n    ports: 1\n    allow: none\n');
	t.is(undecided.code, 1);
	t.regex(undecided.stdout, /^ {2}UNKNOWN +it can be scanned$/m);
	t.regex(undecided.stdout, /^ {2}ok +no port is open$/m);
});

test('a host that the config has never scanned is not scanned by a check either: nothing is said to hold of it', async t => {
	const folder = await folderOf(t);
	const [file, config] = [path.join(folder, 'policy.yaml'), path.join(folder, 'config.toml')];
	await writeFile(config, '[scan]\nexclude = ["127.0.0.7"]\n');
	await writeFile(file, 'hosts:\n  - host: [127.0.0.7, 127.0.0.8]\n    ports: 1\n    allow: none\n');
	const {code, stdout} = await runCli(['check', file], {env: {...process.env, PORTUI_CONFIG: config}});
	t.is(code, 1);
	t.regex(stdout, /^127\.0\.0\.7\n {2}UNKNOWN +it can be scanned\n +Nothing is left to scan: .*scan\.exclude/m);
	t.regex(stdout, /^127\.0\.0\.8\n {2}ok +no port is open$/m);
});

test('what is wrong with a policy is said with its file, line and column', async t => {
	const folder = await folderOf(t);
	const file = path.join(folder, 'policy.yaml');
	await writeFile(file, 'hosts:\n  - host: 127.0.0.1\n    alow: 22\n');
	for (const [args, code, sentence] of [
		[['check'], 2, /needs the file of one policy/],
		[['check', file], 2, /policy\.yaml, line 3, column 5: A host of the policy does not know "alow"/],
		[['check', path.join(folder, 'none.yaml')], 1, /none\.yaml/],
		[['check', folder], 1, /portui-check-/],
		[['check', file, '-o', 'x.pdf'], 2, /names no format of a check/],
	] as const) {
		const result = await runCli(args);
		t.is(result.code, code, args.join(' '));
		t.regex(result.stderr, sentence);
		t.is(result.stdout, '');
	}
});

test('a public address is not scanned by a policy unless one may', async t => {
	const folder = await folderOf(t);
	const file = path.join(folder, 'policy.yaml');
	await writeFile(file, 'hosts:\n  - host: 8.8.8.8\n    ports: 1\n    allow: none\n');
	// A place of its own, where nobody has given leave.
	const place = await createHistoryPlace();
	t.teardown(place.remove);
	const {code, stderr, stdout} = await runCli(['check', file], {env: {...place.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder}});
	t.is(code, 2);
	t.regex(stderr, /8\.8\.8\.8 is public/);
	t.is(stdout, '');

	// A report that ends there is not to be taken for one of a policy that holds.
	await writeFile(file, 'allow: none\nports: 1\nhosts:\n  - host: [127.0.0.8, 8.8.8.8, 127.0.0.9]\n');
	const cut = await runCli(['check', file, '--json'], {env: {...place.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder}});
	t.is(cut.code, 2);
	t.like(JSON.parse(cut.stdout), {holds: false, targets: [{checks: [{outcome: 'held'}]}, {target: '8.8.8.8', checks: [{outcome: 'undecided'}]}, {target: '127.0.0.9', checks: [{outcome: 'undecided', sentences: ['It was not scanned: the check ended before its turn.']}]}]});
});
