import process from 'node:process';
import test from 'ava';
import {createNetworkNamespace} from '../helpers/network-namespace.ts';
import {cliPath, runProgram} from '../helpers/run-cli.ts';
import {startProgram} from '../helpers/start-program.ts';

type Document = {readonly sockets: ReadonlyArray<{readonly port: number; readonly reach?: ReadonlyArray<{readonly address: string; readonly state: string; readonly reason: string}>}>};

const trial = await createNetworkNamespace();
/** By its whole path: a package of npm brings another program of that name. */
const nft = '/usr/sbin/nft';
const hasNft = (await runProgram(nft, ['--version']).catch(() => undefined))?.stdout.startsWith('nftables') === true;
if (typeof trial === 'string') {
	console.error(`local-reach: skipped, because ${trial}`);
} else {
	await trial.remove();
}

if (!hasNft) {
	console.error('local-reach: skipped, because there is no nft here (nftables)');
}

/** An address of documentation (RFC 5737), which the namespace has to itself. */
const own = '192.0.2.9';

/** Listens on 8001 to 8003 of every interface. */
const listen = 'const net = require("node:net"); let left = 3; for (const port of [8001, 8002, 8003]) net.createServer(socket => socket.on("error", () => {})).listen(port, "0.0.0.0", () => { if (--left === 0) console.log("ready"); }); setTimeout(() => process.exit(3), 110_000);';

(typeof trial === 'string' || !hasNft ? test.skip : test)('what a firewall does is seen at each address', async t => {
	const namespace = await createNetworkNamespace();
	if (typeof namespace === 'string') {
		throw new TypeError(namespace);
	}

	t.teardown(namespace.remove);
	const [program, ...args] = namespace.command;
	const run = async (...command: readonly string[]) => runProgram(program, [...args, ...command]);
	await run('ip', 'link', 'set', 'lo', 'up');
	await run('ip', 'address', 'add', `${own}/32`, 'dev', 'lo');
	const rules = [
		'add table inet portui',
		'add chain inet portui in { type filter hook input priority 0; policy accept; }',
		`add rule inet portui in ip daddr ${own} tcp dport 8002 reject with tcp reset`,
		'add rule inet portui in tcp dport 8003 reject with tcp reset',
	];
	const made = await run(nft, rules.join('\n'));
	if (made.code !== 0) {
		t.log(`skipped, because this kernel takes no such rules: ${made.stderr.trim()}`);
		t.pass();
		return;
	}

	const listener = await startProgram(program, [...args, process.execPath, '-e', listen]);
	t.teardown(listener.end);
	const {code, stdout, stderr} = await run(process.execPath, cliPath, 'local', '--reach', '--json');
	t.deepEqual([code, stderr], [0, '']);
	const told = (JSON.parse(stdout) as Document).sockets.map(({port, reach}) => [port, reach?.map(({address, state}) => `${address} ${state}`)]);
	t.deepEqual(told, [
		[8001, ['127.0.0.1 open', `${own} open`]],
		[8002, ['127.0.0.1 open', `${own} closed`]],
		[8003, ['127.0.0.1 closed', `${own} closed`]],
	]);
	const text = await run(process.execPath, cliPath, 'local', '--reach');
	t.regex(text.stdout, /8001 .*loopback, 192\.0\.2\.9 /);
	t.regex(text.stdout, /8002 .*loopback; not 192\.0\.2\.9 \(refused\)/);
	t.regex(text.stdout, /8003 .*nowhere: not loopback, 192\.0\.2\.9 \(refused\)/);
});
