import test from 'ava';
import type {LocalSnapshot} from '../../source/local/local-socket.ts';
import type {StopSignal} from '../../source/local/stop-processes.ts';
import {parsed} from '../../source/port/parsed.ts';
import type {StopDialog} from '../../source/store/stop-dialog.ts';
import {createScriptedSession, press, settle, type ScriptedSession, type ScriptedSessionOptions} from '../helpers/scripted-session.ts';
import {everyone, readingAt, usualReading, webServer} from '../helpers/local-readings.ts';
import {foundSocket, processOf} from '../helpers/local-sockets.ts';

/** A machine whose processes end when they are told to, or not. */
type Machine = {
	readonly control: NonNullable<ScriptedSessionOptions['control']>;
	/** What was sent, oldest first: `SIGTERM 812`. */
	readonly sent: string[];
};

/** @param obeys - Which signals end a process. */
const createMachine = (snapshot: LocalSnapshot, obeys: readonly StopSignal[], isPermitted = true): Machine => {
	const births = new Map(snapshot.processes.map(({pid, birth}) => [pid, birth]));
	const sent: string[] = [];
	let nowMs = 0;
	return {
		sent,
		control: {
			read: async () => parsed({...snapshot, sockets: snapshot.sockets.filter(({owners}) => owners.length === 0 || owners.some(({pid}) => births.has(pid)))}),
			birthOf: async pid => births.get(pid) ?? undefined,
			send(pid, signal) {
				if (!isPermitted) {
					return 'not-permitted';
				}

				sent.push(`${signal} ${pid}`);
				if (obeys.includes(signal)) {
					births.delete(pid);
				}

				return 'sent';
			},
			now: () => nowMs,
			async wait(durationMs) {
				nowMs += durationMs;
			},
		},
	};
};

const open = async (snapshot: LocalSnapshot, options: ScriptedSessionOptions = {}): Promise<ScriptedSession> => {
	const world = await createScriptedSession(options);
	press(world, 'L');
	await world.answerReading(parsed(snapshot));
	return world;
};

const dialogOf = ({session}: ScriptedSession): StopDialog | undefined => session.store.getState().local.stop;

/** Lets a stop come as far as it comes by itself. */
const settleStop = async (world: ScriptedSession): Promise<string | undefined> => {
	for (let turn = 0; turn < 2000 && dialogOf(world)?.stage.kind === 'waiting'; turn++) {
		await settle();
	}

	return dialogOf(world)?.stage.kind;
};

const ask = async (world: ScriptedSession, keys: string): Promise<StopDialog | undefined> => {
	for (const key of keys.split(' ')) {
		press(world, key);
		await settle();
	}

	return dialogOf(world);
};

const single = readingAt(0, [foundSocket(3000, {ownerPids: [812]}), foundSocket(3001, {ownerPids: [812]}), foundSocket(80, {ownerPids: [900]})], everyone);

test('x asks, and says exactly what would be stopped: the process, and all ports it gives up', async t => {
	const world = await open(single);
	const dialog = await ask(world, '3000 enter x');
	t.is(dialog?.stage.kind, 'asking');
	t.deepEqual(dialog?.plan.targets.map(({process, ports}) => [process.pid, ports.map(({port}) => Number(port))]), [[812, [3000, 3001]]]);
	t.deepEqual(dialog?.plan.ports.map(Number), [3000]);
});

test('keys that are pressed before it is known what would be stopped do nothing', async t => {
	const {control, sent} = createMachine(single, ['SIGTERM']);
	const world = await open(single, {control});
	t.is(press(world, '3000 enter x y k enter j L s').local.stop?.stage.kind, 'planning');
	await settle();
	t.is(dialogOf(world)?.stage.kind, 'asking');
	t.deepEqual(sent, []);
	t.like(world.session.store.getState(), {focus: 'sockets', form: undefined});
	press(world, 'escape x escape');
	await settle();
	t.is(dialogOf(world), undefined, 'and one that was left does not come back');
});

test('until y nothing is sent: Enter, n and Esc stop nothing', async t => {
	const {control, sent} = createMachine(single, ['SIGTERM']);
	const world = await open(single, {control});
	await ask(world, '3000 enter x space enter enter');
	t.is(dialogOf(world)?.stage.kind, 'asking');
	t.regex(world.session.store.getState().message?.text ?? '', /y stops it/);
	for (const key of ['escape', 'n', 'q']) {
		await ask(world, `${key} x`);
		t.is(dialogOf(world)?.stage.kind, 'asking', key);
	}

	t.deepEqual(sent, []);
	t.deepEqual(world.quits, []);
});

test('y asks the process to end, and then the port is free', async t => {
	const {control, sent} = createMachine(single, ['SIGTERM']);
	const world = await open(single, {control});
	await ask(world, '3000 enter x y y');
	t.is(await settleStop(world), 'over');
	t.deepEqual(sent, ['SIGTERM 812']);
	const dialog = dialogOf(world);
	t.like(dialog?.stage, {outcome: {kind: 'freed'}});
	t.deepEqual(dialog?.ended.map(({pid}) => pid), [812]);
	t.is(press(world, 'enter').local.stop, undefined, 'Enter closes what is over');
});

test('a process that does not end is ended by force only when k says so', async t => {
	const {control, sent} = createMachine(single, ['SIGKILL']);
	const world = await open(single, {control});
	await ask(world, '3000 enter x k y');
	t.is(await settleStop(world), 'alive');
	await ask(world, 'y enter');
	t.deepEqual(sent, ['SIGTERM 812']);
	t.is(dialogOf(world)?.stage.kind, 'alive');
	await ask(world, 'k');
	t.is(await settleStop(world), 'over');
	t.deepEqual(sent, ['SIGTERM 812', 'SIGKILL 812']);
});

test('Esc leaves a process running that did not end', async t => {
	const {control, sent} = createMachine(single, ['SIGKILL']);
	const world = await open(single, {control});
	await ask(world, '3000 enter x y');
	t.is(await settleStop(world), 'alive');
	press(world, 'escape');
	for (let turn = 0; turn < 50; turn++) {
		await settle();
	}

	t.deepEqual(sent, ['SIGTERM 812']);
	t.is(dialogOf(world), undefined);
	t.is((await ask(world, 'x'))?.stage.kind, 'asking', 'and it can be asked again');
});

test('what comes of a question that was left does not answer the next', async t => {
	const {control, sent} = createMachine(single, ['SIGKILL']);
	const world = await open(single, {control});
	await ask(world, '3000 enter x y escape 80 enter x');
	for (let turn = 0; turn < 500; turn++) {
		await settle();
	}

	t.is(dialogOf(world)?.stage.kind, 'asking');
	t.deepEqual(dialogOf(world)?.plan.targets.map(({process}) => process.pid), [900]);
	t.deepEqual(sent, ['SIGTERM 812'], 'and nothing is ended by force unasked');
});

test('a PID used again is left alone', async t => {
	const {control, sent} = createMachine(single, ['SIGTERM']);
	const world = await open(single, {control: {...control, birthOf: async () => 'another birth'}});
	await ask(world, '3000 enter x y');
	await settleStop(world);
	t.deepEqual(sent, []);
});

test('a port that is taken again is told with its new owner', async t => {
	const {control} = createMachine(single, ['SIGTERM']);
	const again = readingAt(1, [foundSocket(3000, {ownerPids: [999], handle: 'again'})], [processOf(999, {name: 'supervised'})]);
	const world = await open(single, {control: {...control, read: async () => parsed(again)}});
	await ask(world, '3000 enter x y');
	await settleStop(world);
	t.like(dialogOf(world)?.stage, {outcome: {kind: 'taken', isByOthers: true}});
});

test('not permitted: it is told, and the port is still taken', async t => {
	const {control} = createMachine(single, [], false);
	const world = await open(single, {control});
	await ask(world, '3000 enter x y');
	const stage = await settleStop(world);
	t.true(stage === 'alive' || stage === 'over');
	t.deepEqual(dialogOf(world)?.denied.map(({pid}) => pid), [812]);
});

const refusals: ReadonlyArray<readonly [situation: string, snapshot: LocalSnapshot, options: ScriptedSessionOptions, reason: string]> = [
	['PID 1', readingAt(0, [foundSocket(3000, {ownerPids: [1]})], everyone), {}, 'first-process'],
	['itself', single, {surroundings: {ownPid: 812}}, 'itself'],
	['what it runs in', single, {surroundings: {ownAncestors: [700, 812]}}, 'ancestor'],
	['what this user may not stop', single, {surroundings: {protectedPids: new Set([812])}}, 'not-permitted'],
	['a hidden owner', readingAt(0, [foundSocket(3000)], [], false), {}, 'hidden'],
	['a socket without a process', readingAt(0, [foundSocket(3000)]), {}, 'no-process'],
	['a process whose start is not told', readingAt(0, [foundSocket(3000, {ownerPids: [812]})], [{...webServer, birth: null}]), {}, 'no-birth'],
];

for (const [situation, snapshot, options, reason] of refusals) {
	test(`${situation} is refused, and y does nothing`, async t => {
		const {control, sent} = createMachine(snapshot, ['SIGTERM']);
		const world = await open(snapshot, {...options, control});
		const dialog = await ask(world, '3000 enter x');
		t.is(dialog?.stage.kind, 'refused');
		t.deepEqual(dialog?.plan.obstacles.map(obstacle => obstacle.reason as string), [reason]);
		await ask(world, 'y k');
		t.deepEqual(sent, []);
		t.is(press(world, 'enter').local.stop, undefined);
	});
}

test('another process on the same port, at another address, is left alone', async t => {
	const shared = readingAt(0, [foundSocket(3000, {ownerPids: [812]}), foundSocket(3000, {address: '::1', family: 6, ownerPids: [900], handle: 'v6'})], everyone);
	const {control, sent} = createMachine(shared, ['SIGTERM']);
	const world = await open(shared, {control});
	const dialog = await ask(world, 'j x');
	t.deepEqual(dialog?.plan.targets.map(({process}) => process.pid), [900]);
	await ask(world, 'y');
	await settleStop(world);
	t.deepEqual(sent, ['SIGTERM 900']);
	t.like(dialogOf(world)?.stage, {outcome: {kind: 'taken', isByOthers: true}}, 'and it is said that the port is not free');
});

test('of a server and its workers all are stopped, the parent first', async t => {
	const snapshot = usualReading();
	const {control, sent} = createMachine(snapshot, ['SIGTERM']);
	const world = await open(snapshot, {control});
	const dialog = await ask(world, '3000 enter x');
	t.deepEqual(dialog?.plan.targets.map(({process}) => process.pid), [812, 813]);
	await ask(world, 'y');
	t.is(await settleStop(world), 'over');
	t.is(sent[0], 'SIGTERM 812');
});

test('a process in hand stands for all that it listens with', async t => {
	const world = await open(single);
	const dialog = await ask(world, '3000 enter t k x');
	t.deepEqual(dialog?.plan.ports.map(Number), [3000, 3001]);
});

const sayings: ReadonlyArray<readonly [situation: string, keys: string, says: RegExp]> = [
	['a process that listens on nothing', 't t g x', /PID 1 listens on nothing/],
	['nothing in hand', '/ z z z enter x', /nothing in hand/],
];

for (const [situation, keys, says] of sayings) {
	test(`x on ${situation} says so`, async t => {
		const world = await open(single);
		t.is(await ask(world, keys), undefined);
		t.regex(world.session.store.getState().message?.text ?? '', says);
	});
}

test('x on a row that is gone says so', async t => {
	const world = await open(single);
	press(world, '3000 enter r');
	await world.answerReading(parsed(readingAt(1, [foundSocket(80, {ownerPids: [900]})], everyone)));
	t.is(await ask(world, 'x'), undefined);
	t.regex(world.session.store.getState().message?.text ?? '', /gone already/);
});

test('x on a connection stands for the process that listens', async t => {
	const world = await open(usualReading());
	const dialog = await ask(world, 'a / 5 0 0 0 1 enter x');
	t.deepEqual(dialog?.plan.ports.map(Number), [3000, 3001]);
});

test('in the other views x is the scan\'s, asks nothing, and says where what listens is stopped', async t => {
	const world = await open(single);
	t.is(await ask(world, 'E x'), undefined);
	t.is(world.session.store.getState().message?.text, 'No scan is running: s starts one.');
	await ask(world, '3000 enter x');
	t.regex(world.session.store.getState().message?.text ?? '', /port 3000 here: L, then x\./);
});
