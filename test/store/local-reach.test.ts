import test from 'ava';
import {parsed} from '../../source/port/parsed.ts';
import {scanEvents, verdicts} from '../helpers/scan-events.ts';
import {createScriptedScan, createScriptedSession, press, settle, type ScriptedSession} from '../helpers/scripted-session.ts';
import {usualReading} from '../helpers/local-readings.ts';

const own = ['127.0.0.1', '::1', '192.0.2.9'] as const;
const {open, closed, filtered} = verdicts;

/** What a firewall that shields port 3000 from outside leaves. */
const answers = scanEvents({
	hosts: own.map(address => ({target: address, address})),
	probed: [{3000: open, 3001: open, 5432: open}, {3000: closed, 3001: closed, 5432: open}, {3000: filtered, 3001: closed, 5432: closed}],
});

/** The Local view with the usual sockets. */
const inLocal = async (): Promise<ScriptedSession> => {
	const world = await createScriptedSession({ownAddresses: () => own});
	press(world, 'L');
	await world.answerReading(parsed(usualReading()));
	return world;
};

const foundIn = ({session}: ScriptedSession): Readonly<Record<string, string>> => {
	const {rows, reach} = session.store.getState().local;
	return reach?.kind !== 'tried' ? {} : Object.fromEntries(rows.flatMap(({socket: {id}}) => {
		const found = reach.found.get(id);
		return found === undefined ? [] : [[id, found.map(({address, state}) => `${address} ${state}`).join(', ')]];
	}));
};

test('v tries every TCP listener at this machine\'s own addresses, where it is bound', async t => {
	const world = await inLocal();
	press(world, 'v');
	await settle();
	t.deepEqual(world.session.store.getState().local.reach, {kind: 'trying'});
	t.deepEqual(world.requests, [{targets: ['127.0.0.1', '192.0.2.9', '::1'], ports: '3000,3001,5432', assumesUp: true, publicScan: 'allowed'}]);
	const {scan, emit, end} = createScriptedScan();
	await world.answer({ok: true, scan});
	await emit(...answers);
	await end();
	await settle();
	t.deepEqual(foundIn(world), {
		'tcp 0.0.0.0:3000 3000': '127.0.0.1 open, 192.0.2.9 filtered',
		'tcp 127.0.0.1:3001 3001': '127.0.0.1 open',
		'tcp 127.0.0.1:5432 5432': '127.0.0.1 open',
		'tcp [::1]:5432 54326': '::1 open',
	});
	t.is(world.session.store.getState().scan, undefined, 'it is no scan of the Explore view');
	press(world, 'v');
	t.is(world.session.store.getState().local.reach, undefined);
	t.deepEqual(world.faults, []);
});

test('v again while it tries ends the tries, and what still comes of them is dropped', async t => {
	const world = await inLocal();
	press(world, 'v');
	await settle();
	const {scan, emit, end, commands} = createScriptedScan();
	await world.answer({ok: true, scan});
	press(world, 'v');
	t.deepEqual(commands, ['stop']);
	await emit(...answers);
	await end();
	t.is(world.session.store.getState().local.reach, undefined);
	t.deepEqual(world.faults, []);
});

test('what could not be tried is said, and nothing is claimed', async t => {
	const world = await inLocal();
	press(world, 'v');
	await settle();
	await world.answer({ok: false, problem: {kind: 'setting', message: 'No descriptors are left.'}});
	t.is(world.session.store.getState().local.reach, undefined);
	t.deepEqual(world.session.store.getState().message, {text: 'No descriptors are left.', tone: 'problem'});
	t.deepEqual(world.faults, []);
});

test('a scan that fails on the way is said too', async t => {
	const world = await inLocal();
	press(world, 'v');
	await settle();
	const {scan, emit, end} = createScriptedScan();
	await world.answer({ok: true, scan});
	await emit(...scanEvents({status: 'failed', message: 'The engine broke.'}));
	await end();
	await settle();
	t.is(world.session.store.getState().local.reach, undefined);
	t.is(world.session.store.getState().message?.text, 'The engine broke.');
});

test('with nothing to try that is said', async t => {
	const world = await createScriptedSession({ownAddresses: () => own});
	press(world, 'L');
	await world.answerReading(parsed(usualReading(0, [])));
	press(world, 'v');
	await settle();
	t.deepEqual(world.requests, []);
	t.is(world.session.store.getState().local.reach, undefined);
	t.regex(world.session.store.getState().message?.text ?? '', /^No TCP listener here can be tried/);
});

test('before the first reading nothing is tried, and that is said', async t => {
	const world = await createScriptedSession({ownAddresses: () => own});
	press(world, 'L v');
	await settle();
	t.is(world.session.store.getState().local.reach, undefined);
	t.is(world.session.store.getState().message?.text, 'What listens here has not been read yet.');
});

test('a scan that runs goes on', async t => {
	const world = await createScriptedSession({ownAddresses: () => own, firstRequest: {targets: ['localhost'], ports: 'all'}});
	const running = createScriptedScan();
	await world.answer({ok: true, scan: running.scan});
	await running.emit(answers[0]!);
	press(world, 'L');
	await world.answerReading(parsed(usualReading()));
	press(world, 'v');
	await settle();
	const {scan, emit, end} = createScriptedScan();
	await world.answer({ok: true, scan});
	await emit(...answers);
	await end();
	await settle();
	t.is(world.session.store.getState().local.reach?.kind, 'tried');
	t.deepEqual(running.commands, []);
	t.is(world.session.store.getState().scan?.record.finishedAt, null);
});

test('quitting ends the tries', async t => {
	const world = await inLocal();
	press(world, 'v');
	await settle();
	const {scan, commands} = createScriptedScan();
	await world.answer({ok: true, scan});
	world.session.quit(0);
	t.deepEqual(commands, ['stop']);
});
