import test from 'ava';
import type {State} from '../../source/store/state.ts';
import {historyRowsOf, rowInHand, statusOfRow} from '../../source/store/history-selectors.ts';
import {createKeptWorld, idAt, type KeptScript} from '../helpers/kept-scans.ts';
import {scanEvents, verdicts} from '../helpers/scan-events.ts';
import {createScriptedScan, createScriptedSession, press, settle, type ScriptedSession} from '../helpers/scripted-session.ts';

const start = async (...scripts: readonly KeptScript[]): Promise<{readonly world: ReturnType<typeof createKeptWorld>; readonly session: ScriptedSession; readonly key: (keys: string) => Promise<State>}> => {
	const world = createKeptWorld(scripts);
	const session = await createScriptedSession({loadHistory: async () => world});
	/** Presses keys, each after what the one before has set going; keys that are joined by + come at once. */
	const key = async (keys: string): Promise<State> => {
		for (const name of keys.split(' ')) {
			press(session, name.replaceAll('+', ' '));
			// A reading is a few turns, each of them promised.
			for (let turn = 0; turn < 12; turn++) {
				await settle();
			}
		}

		return session.session.store.getState();
	};

	return {world, session, key};
};

const listed = (state: State): string => historyRowsOf(state).map(({id}) => id.slice(-1)).join('');

test('a key that comes before the list is there says so', async t => {
	const {key} = await start({});
	t.is((await key('H+x')).message?.text, 'The kept scans are still being read.');
});

test('nothing is read before the view is shown, and then each file once', async t => {
	const {world, session, key} = await start({}, {}, {});
	t.deepEqual(world.calls, []);
	const state = await key('H');
	t.is(listed(state), '210');
	t.deepEqual(world.calls, ['summarize 2', 'summarize 1', 'summarize 0']);
	session.advance(2000);
	await settle();
	await key('E');
	await key('H');
	t.is(world.calls.length, 3);
	t.deepEqual(session.faults, []);
});

test('scans whose end tells no counts are read to their end for them, those that run are not', async t => {
	const {world, key} = await start({counts: undefined, status: 'torn'}, {counts: undefined, status: 'running'}, {});
	const state = await key('H');
	t.deepEqual(world.calls.filter(call => call.startsWith('read')), ['read 0']);
	t.like(historyRowsOf(state)[2]!.summary, {status: 'torn', counts: {open: 1, closed: 1}});
});

test('Enter opens a scan, here and among the scans of the Scan view; leaving lets go of it', async t => {
	const {key} = await start({}, {}, {});
	const opened = await key('H down enter');
	t.is(opened.history.detail?.kind, 'scan');
	t.is(opened.scan?.record.started.id, idAt(1));
	t.deepEqual(opened.scan?.opened?.origin, {kind: 'history', id: idAt(1)});
	const again = await key('enter');
	t.is(again.view, 'scans');
	t.is(again.history.detail, undefined);
	t.is(again.scans.kept.length, 1);
	const others = await key('H up enter');
	t.deepEqual(others.scans.kept.map(({record}) => record.started.id), [idAt(1), idAt(2)]);
	const older = await key('escape down down enter');
	t.deepEqual(older.scans.kept.map(({record}) => record.started.id), [idAt(0), idAt(1), idAt(2)]);
});

test('what is opened while a scan runs stays before it in the list', async t => {
	const {session, key} = await start({});
	await key('s enter');
	const live = createScriptedScan();
	await session.answer({ok: true, scan: live.scan});
	await live.emit(scanEvents({probed: [{22: verdicts.open}]})[0]!);
	const opened = await key('H enter');
	t.deepEqual(opened.scans.kept.map(({record}) => record.started.id), [idAt(0), 'id']);
	t.is((await key('r')).message?.text, 'A scan is still running: S, then x, stops it.');
});

test('a scan of this screen that ended unkept is cut short in the list, though its file seems to go on', async t => {
	const {session, key} = await start({status: 'running'}, {status: 'running'});
	await key('s+enter');
	const scripted = createScriptedScan();
	await session.answer({ok: true, scan: scripted.scan});
	const [first] = scanEvents({portCount: 65_536});
	await scripted.emit({...first!, id: idAt(1)} as typeof first & object);
	scripted.unkeep({isBegun: true, reason: 'the disk is full (ENOSPC)', sentence: 'It is told elsewhere.'});
	const running = await key('H');
	t.deepEqual(historyRowsOf(running).map(row => statusOfRow(running, row)), ['running', 'running']);
	await scripted.emit({kind: 'finished', finishedAt: '2026-01-31T12:00:02.000Z', status: 'complete', message: null});
	await scripted.end();
	const ended = session.session.store.getState();
	t.deepEqual(historyRowsOf(ended).map(row => statusOfRow(ended, row)), ['torn', 'running']);
});

test('a removal can be undone until the next one, and at the end it is confirmed', async t => {
	const {world, session, key} = await start({}, {}, {});
	const removed = await key('H x');
	t.is(listed(removed), '10');
	t.regex(removed.message!.text, /^Removed the scan of host-2: u brings it back/);
	t.is(listed(await key('u')), '210');
	t.is(rowInHand(session.session.store.getState())?.id, idAt(2));
	t.is((await key('u')).message?.text, 'No removal is left to undo.');
	t.is(listed(await key('x+x')), '0');
	t.deepEqual(world.calls.slice(3).filter(call => !call.startsWith('summarize')), ['takeAway 2', 'bringBack 2', 'takeAway 2', 'takeAway 1', 'discard 2']);
	await key('q');
	t.is(world.calls.at(-1), 'discard 1');
	t.deepEqual(session.quits, [0]);
});

test('quitting at once after a removal still confirms it, then ends', async t => {
	const {world, session, key} = await start({}, {});
	await key('H');
	await key('x+q');
	t.deepEqual(world.calls.slice(2), ['takeAway 1', 'discard 1']);
	t.deepEqual(session.quits, [0]);
});

test('pinned scans and those that run are not removed', async t => {
	const {world, key} = await start({status: 'running', counts: undefined}, {isPinned: true});
	t.regex((await key('H x')).message!.text, /pinned/);
	t.regex((await key('down x')).message!.text, /still runs/);
	t.regex((await key('R')).message!.text, /still runs/);
	t.false(world.calls.some(call => call.startsWith('takeAway') || call.startsWith('resume')));
	t.regex((await key('up p')).message!.text, /Not pinned/);
	t.is(listed(await key('x')), '0');
});

test('a note is kept, and what is typed there is text', async t => {
	const {world, key} = await start({}, {note: 'old'});
	await key('H m ctrl-u q space x 2');
	t.false(world.calls.some(call => call.startsWith('note')));
	const kept = await key('enter');
	t.true(world.calls.includes('note 1 q x2'));
	t.is(historyRowsOf(kept)[0]!.summary?.note, 'q x2');
	t.is((await key('m x escape')).history.note, undefined);
	t.is(world.calls.filter(call => call.startsWith('note')).length, 1);
});

test('two scans are compared, the older one first', async t => {
	const {key} = await start({found: {probed: [{22: verdicts.closed}], portCount: 1}}, {found: {probed: [{22: verdicts.open}], portCount: 1}});
	t.regex((await key('H d')).message!.text, /Space marks/);
	const state = await key('space down d');
	const {detail} = state.history;
	t.is(detail?.kind, 'comparison');
	t.deepEqual(detail?.kind === 'comparison' && [detail.before.id, detail.after.id], [idAt(0), idAt(1)]);
	t.is((await key('escape up')).history.detail, undefined);
});

test('r asks for the same again, R goes on with what was cut short', async t => {
	const {world, session, key} = await start({status: 'torn'}, {});
	t.regex((await key('H R')).message!.text, /complete/);
	t.is((await key('r')).view, 'scans');
	t.deepEqual(session.requests, [{targets: ['host-1'], ports: 'all'}]);
	await session.answer({ok: false, problem: {kind: 'resolve', message: 'no'}});
	t.is((await key('escape')).form, undefined);
	t.is((await key('H down R')).view, 'scans');
	t.true(world.calls.includes('resume 0'));
	await world.resumed.emit(scanEvents({probed: [{22: verdicts.open}]})[0]!);
	t.is(session.session.store.getState().scan?.record.status, 'running');
	t.deepEqual(session.faults, []);
});

test('a damaged file is a row that says so; the others are listed', async t => {
	const {key} = await start({}, {isDamaged: true});
	const state = await key('H');
	t.is(listed(state), '10');
	t.is(rowInHand(state)?.problem, 'It is damaged.');
	t.is((await key('enter')).history.detail?.kind, 'failed');
});

test('sorting and filtering keep the scan in hand', async t => {
	const {key} = await start({targets: ['zeta'], note: 'Before the move'}, {targets: ['alpha'], status: 'interrupted'}, {targets: ['beta']});
	await key('H down');
	t.is(listed(await key('o')), '120');
	t.is(listed(await key('O')), '021');
	t.is(rowInHand(await key('o'))?.id, idAt(1));
	await key('/ m o v e');
	t.is(listed(await key('enter')), '0');
	t.is(listed(await key('escape')), '120');
	await key('/ ! a l p h a');
	t.is(listed(await key('enter')), '20');
});
