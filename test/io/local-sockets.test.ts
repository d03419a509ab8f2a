import {platform} from 'node:os';
import {pathToFileURL} from 'node:url';
import path from 'node:path';
import anyTest from 'ava';
import {createLocalSockets} from '../../source/io/local-sockets.ts';
import {createLsofSockets} from '../../source/io/read-lsof.ts';
import {createProcReader} from '../../source/io/read-proc.ts';
import type {LocalSnapshot} from '../../source/local/local-socket.ts';
import type {Parsed} from '../../source/port/parsed.ts';
import {cliPath, runProgram} from '../helpers/run-cli.ts';
import {startListener} from '../helpers/start-program.ts';

const skipBecause = (reason: string): typeof anyTest.skip => {
	console.error(`local-sockets: skipped, because ${reason}`);
	return anyTest.skip;
};

const test = platform() === 'linux' ? anyTest.serial : skipBecause('there is no /proc here');
const testWithLsof = (await runProgram('lsof', ['-v']).catch(() => undefined))?.code === 0 ? test : skipBecause('there is no lsof here');
const workerUrl = pathToFileURL(path.join(path.dirname(cliPath), 'local-worker.js'));

const ownersOn = (snapshot: Parsed<LocalSnapshot>, port: string): readonly number[] => {
	if (!snapshot.ok) {
		throw new Error(snapshot.message);
	}

	return snapshot.value.sockets.filter(socket => socket.port === Number(port)).flatMap(({owners}) => owners.map(({pid}) => pid));
};

test('a thread of its own reads the same as this one, reading after reading', async t => {
	const {pid, words: [port], end} = await startListener();
	t.teardown(end);
	const sockets = createLocalSockets({workerUrl});
	t.teardown(sockets.close);
	t.deepEqual(ownersOn(await sockets.read(), port!), [pid]);
	for (const snapshot of await Promise.all([sockets.read(), sockets.read(), sockets.read()])) {
		t.deepEqual(ownersOn(snapshot, port!), [pid]);
	}

	await end();
	t.deepEqual(ownersOn(await sockets.read(), port!), []);
});

test('an abort leaves a reading, and the next one is answered', async t => {
	for (const sockets of [createLocalSockets({workerUrl}), createLocalSockets()]) {
		t.teardown(sockets.close);
		await t.throwsAsync(sockets.read(AbortSignal.abort(new Error('enough'))), {message: 'enough'});
		const controller = new AbortController();
		const reading = sockets.read(controller.signal);
		controller.abort(new Error('enough'));
		await reading.catch((error: Error) => {
			t.is(error.message, 'enough');
		});
		t.true((await sockets.read()).ok);
	}
});

test('a thread that breaks fails its readings with a sentence', async t => {
	const sockets = createLocalSockets({workerUrl: new URL('data:text/javascript,throw new Error("broken")')});
	t.deepEqual(await sockets.read(), {ok: false, message: 'The sockets of this machine could not be read: broken'});
	await sockets.close();
});

test('a thread that is closed answers nobody any more', async t => {
	const sockets = createLocalSockets({workerUrl: new URL('data:text/javascript,setInterval(() => {}, 1e6)')});
	const reading = sockets.read();
	await sockets.close();
	t.false((await reading).ok);
});

testWithLsof('lsof and ps tell of a listener what /proc does', async t => {
	const {pid, words: [port], end} = await startListener();
	t.teardown(end);
	const [viaLsof, viaProc] = [await createLsofSockets().read(), createProcReader()()];
	const pick = (snapshot: Parsed<LocalSnapshot>) => {
		const socket = snapshot.ok ? snapshot.value.sockets.find(each => each.port === Number(port)) : undefined;
		const owner = socket?.owners[0];
		return [socket?.transport, socket?.family, socket?.state, socket?.address, socket?.scope, owner?.pid, owner?.name, owner?.user, owner?.parentPid];
	};

	t.deepEqual(pick(viaLsof), pick(viaProc));
	t.is(pick(viaLsof)[5], pid);
});

test('a machine without the tool for it says so', async t => {
	t.deepEqual(await createLsofSockets({lsof: 'no-such-lsof'}).read(), {ok: false, message: 'The sockets of this machine are read with lsof here, and there is none: install it.'});
	const windows = await createLocalSockets({platform: 'win32'}).read();
	t.deepEqual(windows, {ok: false, message: 'The sockets of this machine are read with PowerShell or netstat here, and neither can be run (ENOENT).'});
});
