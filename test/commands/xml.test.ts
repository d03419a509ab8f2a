import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {readNmapXml} from '../../source/report/reading/read-nmap-xml.ts';
import {interruptedMessage} from '../../source/report/scan-xml.ts';
import {portStates, reasonOf} from '../../source/scan/verdict.ts';
import {createNetworkNamespace} from '../helpers/network-namespace.ts';
import {findNmapTools, validate} from '../helpers/nmap-tools.ts';
import {recordOf} from '../helpers/read-record.ts';
import {cliPath, runCli, runProgram, type CliResult} from '../helpers/run-cli.ts';

const {canValidate, canCompare, canScan} = await findNmapTools('xml');
const trial = await createNetworkNamespace();
if (typeof trial === 'string') {
	console.error(`xml: some tests are skipped, because ${trial}`);
} else {
	await trial.remove();
}

const withTools = canValidate && canCompare && canScan && typeof trial !== 'string' ? test : test.skip;

const inFolder = async (t: ExecutionContext): Promise<string> => {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'portui-xml-'));
	t.teardown(async () => rm(folder, {recursive: true}));
	return folder;
};

const listener = 'let left = process.argv.length - 1; for (const port of process.argv.slice(1)) { require("net").createServer(socket => socket.on("error", () => {})).listen(Number(port), "127.0.0.1", () => { if (--left === 0) console.log("listening"); }); }';

/** A network of its own, in which only these ports of 127.0.0.1 listen, so that no other program's come and go. */
const listenIn = async (t: ExecutionContext, ports: readonly number[]): Promise<(...command: readonly string[]) => Promise<CliResult>> => {
	const namespace = await createNetworkNamespace();
	if (typeof namespace === 'string') {
		throw new TypeError(namespace);
	}

	t.teardown(namespace.remove);
	const [program, ...args] = namespace.command;
	const run = async (...command: readonly string[]): Promise<CliResult> => runProgram(program, [...args, ...command]);
	await run('ip', 'link', 'set', 'lo', 'up');
	const child = spawn(program, [...args, process.execPath, '-e', listener, ...ports.map(String)], {stdio: ['ignore', 'pipe', 'inherit']});
	t.teardown(() => child.kill());
	await once(child.stdout, 'data');
	return run;
};

/** The ports of a document with their states. */
const statesIn = async (file: string): Promise<unknown> => {
	const read = readNmapXml(await readFile(file, 'utf8'));
	if (!read.ok) {
		throw new Error(read.message);
	}

	return recordOf(read.value).hosts.map(({host, verdicts}) => [host.address.text, verdicts.portsIn(portStates).map(port => [port, reasonOf(verdicts.get(port)!)])]);
};

withTools('ndiff finds no difference between two scans of portui, nor to one of nmap, and portui reads the same in both', async t => {
	const folder = await inFolder(t);
	const run = await listenIn(t, [22, 80, 6379, 59_999]);
	await run('nft', 'add', 'table', 'inet', 'f');
	await run('nft', 'add', 'chain', 'inet', 'f', 'in', '{ type filter hook input priority 0; }');
	t.is((await run('nft', 'add', 'rule', 'inet', 'f', 'in', 'tcp', 'dport', '600-640', 'drop')).code, 0);
	const [ours, again, theirs] = ['ours.xml', 'again.xml', 'theirs.xml'].map(name => path.join(folder, name)) as [string, string, string];
	const ports = '1-1000,6379,59999';
	for (const file of [ours, again]) {
		const scanned = await run(process.execPath, cliPath, 'scan', '127.0.0.1', '-p', ports, '--quiet', '-o', file, '--format', 'list');
		t.is(scanned.stderr, '');
		t.is(scanned.stdout, '127.0.0.1:22\n127.0.0.1:80\n127.0.0.1:6379\n127.0.0.1:59999\n');
		t.is(await validate(await readFile(file, 'utf8')), '');
	}

	await run('nmap', '-sT', '-n', '-p', ports, '-oX', theirs, '127.0.0.1');
	t.deepEqual(await runProgram('ndiff', [ours, again]).then(({code, stderr}) => ({code, stderr})), {code: 0, stderr: ''});
	const compared = await runProgram('ndiff', [ours, theirs]);
	// Their first lines tell when and by whom.
	t.deepEqual(compared.stdout.split('\n').filter(line => !/^[-+]Nmap |^$/.test(line)), []);
	t.is(compared.code, 0);
	t.deepEqual(await statesIn(ours), await statesIn(theirs));
});

test('a scan that is interrupted writes a whole document that says so', async t => {
	const folder = await inFolder(t);
	const file = path.join(folder, 'cut.xml');
	const {code} = await runCli(['scan', '127.0.0.1', '-p', 'all', '--rate', '100', '--format', 'ndjson', '--quiet', '-o', file], {
		onStart(child) {
			child.stdout!.once('data', () => child.kill('SIGINT'));
		},
	});
	t.is(code, 130);
	const text = await readFile(file, 'utf8');
	t.true(text.includes(`exit="error" errormsg="${interruptedMessage}"`));
	t.regex(text, /<host comment="[\d,]+ ports were not finished: nothing is known of their state\.">/);
	t.is(canValidate ? await validate(text) : '', '');
	const read = readNmapXml(text);
	t.is(read.ok ? recordOf(read.value).status : '', 'interrupted');
});
