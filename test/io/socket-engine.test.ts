import {createServer, type AddressInfo, type Server} from 'node:net';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import test from 'ava';
import {systemClock} from '../../source/io/system-clock.ts';
import {createSocketEngine} from '../../source/io/socket-engine.ts';
import {toPort, type Port} from '../../source/port/port.ts';
import {readAddress} from '../../source/scan/address.ts';
import {classifyFailure} from '../../source/scan/classify-failure.ts';
import type {Outcome} from '../../source/scan/engine.ts';

const listen = async (host: string): Promise<Server> => {
	const server = createServer(socket => {
		socket.on('error', () => {});
	});
	await new Promise<void>(resolve => {
		server.listen(0, host, resolve);
	});
	return server;
};

const portOf = (server: Server): Port => toPort((server.address() as AddressInfo).port);

/** Opens these attempts at once and waits for an outcome of each. */
const probe = async (attempts: ReadonlyArray<readonly [string, number]>): Promise<{readonly outcomes: readonly Outcome[]; readonly openAfterwards: number}> => {
	const outcomes: Outcome[] = [];
	let onAll: () => void = () => {};
	const all = new Promise<void>(resolve => {
		onAll = resolve;
	});
	const engine = createSocketEngine({
		onOutcome(outcome) {
			outcomes.push(outcome);
			if (outcomes.length === attempts.length) {
				onAll();
			}
		},
		onRoom() {},
	});
	for (const [id, [address, port]] of attempts.entries()) {
		engine.open({id, address: readAddress(address)!, port: toPort(port)});
	}

	await all;
	await engine.close();
	return {outcomes: outcomes.toSorted((one, other) => one.id - other.id), openAfterwards: engine.openCount};
};

test('a listening port is connected, a port without a listener is refused by the other side', async t => {
	const server = await listen('127.0.0.1');
	const closed = await listen('127.0.0.1');
	const closedPort = portOf(closed);
	await new Promise(resolve => {
		closed.close(resolve);
	});

	const {outcomes, openAfterwards} = await probe([['127.0.0.1', portOf(server)], ['127.0.0.1', closedPort]]);
	t.like(outcomes[0], {kind: 'connected', isSelf: false});
	t.like(outcomes[1], {kind: 'failed', code: 'ECONNREFUSED', isImmediate: false});
	t.is(openAfterwards, 0);
	server.close();
});

test('what the system refuses in the call itself is told from what the network answers', async t => {
	// A link-local address without a zone cannot be dialled: the system refuses in the call, and no packet is sent.
	const {outcomes} = await probe([['fe80::1', 9], ['127.0.0.1', 0]]);
	t.like(outcomes[0], {kind: 'failed', isImmediate: true});
	t.like(outcomes[1], {kind: 'failed', code: 'ECONNREFUSED', isImmediate: false});
});

test('a listener that hangs up at once is there all the same', async t => {
	// In a process of its own, or its resets would come before the connects are noticed by chance only.
	const script = "const server = require('net').createServer(socket => socket.resetAndDestroy()).listen(0, '127.0.0.1', () => console.log(server.address().port));";
	const child = spawn(process.execPath, ['-e', script], {stdio: ['ignore', 'pipe', 'inherit']});
	t.teardown(() => child.kill());
	const [line] = await once(child.stdout, 'data') as [Buffer];
	const {outcomes} = await probe(Array.from({length: 50}, () => ['127.0.0.1', Number(String(line))] as const));
	for (const outcome of outcomes) {
		t.true(outcome.kind === 'connected' || classifyFailure(outcome.code, outcome.isImmediate).kind === 'open', JSON.stringify(outcome));
	}
});

test('immediate failures and refusals in one turn keep apart', async t => {
	const attempts = Array.from({length: 200}, (_, index): readonly [string, number] => (index % 2 === 0 ? ['fe80::1', 9] : ['127.0.0.1', 0]));
	const {outcomes} = await probe(attempts);
	t.true(outcomes.every((outcome, index) => outcome.kind === 'failed' && outcome.isImmediate === (index % 2 === 0)));
});

test('an abandoned attempt reports nothing and gives its descriptor back', async t => {
	const outcomes: Outcome[] = [];
	let onRoom: () => void = () => {};
	const room = new Promise<void>(resolve => {
		onRoom = resolve;
	});
	const engine = createSocketEngine({onOutcome: outcome => outcomes.push(outcome), onRoom: () => {
		onRoom();
	}});
	engine.open({id: 0, address: readAddress('127.0.0.1')!, port: toPort(0)});
	t.is(engine.openCount, 1);
	engine.abandon(0);
	engine.abandon(0);
	engine.abandon(99);
	await room;
	t.is(engine.openCount, 0);
	await engine.close();
	t.deepEqual(outcomes, []);
});

test('closing abandons everything and waits for the last descriptor', async t => {
	const outcomes: Outcome[] = [];
	const engine = createSocketEngine({onOutcome: outcome => outcomes.push(outcome), onRoom() {}});
	for (let id = 0; id < 50; id++) {
		engine.open({id, address: readAddress('127.0.0.1')!, port: toPort(0)});
	}

	await engine.close();
	t.is(engine.openCount, 0);
	t.deepEqual(outcomes, []);
});

test('errors have their stacks again once the engine is closed', async t => {
	const before = Error.stackTraceLimit;
	const engine = createSocketEngine({onOutcome() {}, onRoom() {}});
	t.is(Error.stackTraceLimit, 0);
	await engine.close();
	t.is(Error.stackTraceLimit, before);
});

test('the clock lets waiting answers in before it calls back', async t => {
	const order: string[] = [];
	await new Promise<void>(resolve => {
		systemClock.soon(() => {
			order.push('soon');
			resolve();
		});
		order.push('after the call');
	});
	t.deepEqual(order, ['after the call', 'soon']);
});
