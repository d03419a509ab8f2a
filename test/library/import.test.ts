import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {runProgram} from '../helpers/run-cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a module that may import portui by its name, as the built package. */
const runModule = async (code: string, env: NodeJS.ProcessEnv = process.env) => runProgram(process.execPath, ['--input-type=module', '-e', code], {cwd: root, env});

test('importing it opens nothing, listens to nothing and prints nothing', async t => {
	const {code, stdout, stderr} = await runModule(`
		const listeners = () => process.eventNames().map(name => [String(name), process.listenerCount(name)]);
		const before = {handles: process.getActiveResourcesInfo(), listeners: listeners(), globals: Object.getOwnPropertyNames(globalThis).length};
		const library = await import('portui');
		// Node still closes the files that it has read.
		for (let turn = 0; turn < 1000 && process.getActiveResourcesInfo().includes('CloseReq'); turn++) {
			await new Promise(setImmediate);
		}

		const after = {handles: process.getActiveResourcesInfo(), listeners: listeners(), globals: Object.getOwnPropertyNames(globalThis).length};
		console.log(JSON.stringify({before, after, names: Object.keys(library).sort()}));
	`);
	t.deepEqual([code, stderr], [0, '']);
	const {before, after, names} = JSON.parse(stdout) as {before: object; after: object; names: string[]};
	t.deepEqual(after, before);
	t.deepEqual(names, ['PortuiError', 'listeningSockets', 'lookup', 'parsePorts', 'scan']);
});

test('importing it loads a few small files of its own, and of Node only what was there', async t => {
	const {code, stderr} = await runModule('await import(\'portui\');', {...process.env, NODE_DEBUG: 'esm'});
	t.is(code, 0);
	const files = new Set([...stderr.matchAll(/dist\/([\w-]+\.(?:js|json))/g)].map(([, name]) => name!));
	t.true(files.has('index.js') && files.size <= 5, [...files].join());
});

test('it can be required', async t => {
	const {code, stdout} = await runProgram(process.execPath, ['-e', 'console.log(typeof require(\'portui\').scan)'], {cwd: root});
	t.deepEqual([code, stdout], [0, 'function\n']);
});

test('schemas are found by the name of the package', async t => {
	const {stdout} = await runModule('import schema from \'portui/schemas/scan.json\' with {type: \'json\'}; import description from \'portui/package.json\' with {type: \'json\'}; console.log(schema.title, description.name);');
	t.is(stdout, 'ScanDocument portui\n');
});

const listen = `
	import {scan, listeningSockets, lookup} from 'portui';
	import {createServer} from 'node:net';
	import {once} from 'node:events';
	const server = createServer(socket => socket.on('error', () => {})).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address();
`;

test('whoever leaves a scan has no socket and no thread left, and the process ends by itself', async t => {
	const {code, stdout, stderr} = await runModule(`${listen}
		for await (const event of scan('127.0.0.0/28', {ports: 'all'})) {
			if (event.kind === 'probed') break;
		}
		console.log(process.getActiveResourcesInfo().filter(name => /^(TCPSocketWrap|TCPConnectWrap)$/.test(name)).length);
		server.close();
	`);
	t.deepEqual([code, stdout, stderr], [0, '0\n', '']);
});

test('an abort in the middle keeps what was found', async t => {
	const {code, stdout, stderr} = await runModule(`${listen}
		const controller = new AbortController();
		const running = scan('127.0.0.0/28', {ports: 'all', signal: controller.signal, show: ['closed']});
		let last;
		for await (const event of running) {
			last = event;
			if (event.kind === 'probed') controller.abort();
		}
		const {status, hosts} = await running.result();
		console.log(last.kind, last.status, status, hosts.length > 0);
		server.close();
	`);
	t.deepEqual([code, stdout, stderr], [0, 'finished interrupted interrupted true\n', '']);
});

test('an abort before the beginning is thrown', async t => {
	const {stdout} = await runModule(`${listen}
		await scan('127.0.0.1', {signal: AbortSignal.abort()}).result().catch(error => console.log(error.name));
		await listeningSockets({signal: AbortSignal.abort()}).catch(error => console.log(error.name));
		server.close();
	`);
	t.is(stdout, 'AbortError\nAbortError\n');
});

test('a listener is found by a scan and among the sockets, with its process', async t => {
	const {code, stdout, stderr} = await runModule(`${listen}
		const {hosts: [host]} = await scan('127.0.0.1', {ports: [port]}).result();
		const socket = (await listeningSockets()).find(each => each.port === port);
		console.log(host.ports[0].state, socket?.pid === process.pid || process.platform !== 'linux');
		server.close();
	`);
	t.deepEqual([code, stdout, stderr], [0, 'open true\n', '']);
});

const wrong: ReadonlyArray<readonly [call: string, code: string, sentence: string]> = [
	['scan(\'http://x\').result()', 'ERR_INVALID_TARGET', '"http://x" is a URL, not a host: write x.'],
	['scan([]).result()', 'ERR_INVALID_TARGET', 'There is no target: write a host name or an IP address, such as localhost.'],
	['scan(\'127.0.0.1\', {timeoutMs: 0}).result()', 'ERR_INVALID_OPTION', 'timeoutMs takes a whole number of milliseconds from 1 to 600000, not 0.'],
	['scan(\'127.0.0.1\', {ports: \'90-80\'}).result()', 'ERR_INVALID_PORTS', '"90-80" runs backwards: write 80-90.'],
	['scan(\'8.8.8.8\', {ports: [53]}).result()', 'ERR_PUBLIC_ADDRESS', '8.8.8.8 is public: scan it only if it is yours or you have leave; mayScanPublic: true says that you may.'],
	['scan(\'127.0.0.1\', {family: 6}).result()', 'ERR_INVALID_TARGET', '"127.0.0.1" is an IPv4 address, and family: 6 asks for IPv6 only.'],
	['(async () => scan(22))()', 'ERR_INVALID_TARGET', 'Targets are texts: give a host name or an IP address, or an array of them.'],
	['(async () => scan(\'localhost\', {show: [\'opened\']}))()', 'ERR_INVALID_OPTION', 'show takes an array of open, closed, filtered, unknown, not ["opened"].'],
	['lookup(\'70000\')', 'ERR_INVALID_PORTS', 'Port 70000 is out of range: ports go from 0 to 65535.'],
];

test('what is wrong is told in a sentence and a code', async t => {
	const {stdout, stderr} = await runModule(`${listen}
		server.close();
		const calls = [${wrong.map(([call]) => `() => ${call}`).join(',')}];
		for (const call of calls) {
			await call().then(() => console.log('nothing'), error => console.log(JSON.stringify([error.name, error.code, error.message])));
		}
	`);
	t.is(stderr, '');
	t.deepEqual(stdout.split('\n').slice(0, -1).map(line => JSON.parse(line) as unknown), wrong.map(([, code, sentence]) => ['PortuiError', code, sentence]));
});
