import test from 'ava';
import {parsed, rejected} from '../../source/port/parsed.ts';
import {firstReadingMs, readingPauseMs} from '../../source/store/local-watch.ts';
import {createScriptedSession, press, settle} from '../helpers/scripted-session.ts';
import {usualReading} from '../helpers/local-readings.ts';

test('it is read once at the start, after the first frame, and then no more', async t => {
	const world = await createScriptedSession();
	t.is(world.readingCount(), 0);
	world.advance(firstReadingMs);
	t.is(world.readingCount(), 1);
	await world.answerReading(parsed(usualReading()));
	t.is(world.session.store.getState().local.rows.length, 8);
	for (let index = 0; index < 10; index++) {
		world.advance(readingPauseMs);
	}

	t.is(world.readingCount(), 0);
});

test('while the Local view is shown it is read again and again, each time after a pause', async t => {
	const world = await createScriptedSession();
	press(world, 'L');
	for (let index = 0; index < 5; index++) {
		t.is(world.readingCount(), 1);
		await world.answerReading(parsed(usualReading(index)));
		t.is(world.readingCount(), 0);
		world.advance(readingPauseMs - 1);
		t.is(world.readingCount(), 0);
		world.advance(1);
	}
});

test('never two readings at once, however long one takes', async t => {
	const world = await createScriptedSession();
	press(world, 'L');
	world.advance(firstReadingMs);
	for (let index = 0; index < 10; index++) {
		world.advance(readingPauseMs);
	}

	t.is(world.readingCount(), 1);
});

test('every view is read for once when it is opened, and the Local view alone again and again', async t => {
	const world = await createScriptedSession();
	press(world, 'L');
	await world.answerReading(parsed(usualReading()));
	for (const [index, key] of ['I', 'M', 'E'].entries()) {
		press(world, key);
		t.is(world.readingCount(), 1, key);
		await world.answerReading(parsed(usualReading(index + 1)));
		world.advance(readingPauseMs);
		t.is(world.readingCount(), 0, key);
	}
});

test('r reads at once; while a reading is under way another follows it', async t => {
	const world = await createScriptedSession();
	press(world, 'L');
	await world.answerReading(parsed(usualReading()));
	press(world, 'r');
	t.is(world.readingCount(), 1);
	press(world, 'r r r');
	t.is(world.readingCount(), 1);
	await world.answerReading(parsed(usualReading(1)));
	t.is(world.readingCount(), 1);
	await world.answerReading(parsed(usualReading(2)));
	t.is(world.readingCount(), 0);
});

test('nothing is read for a screen that is too small, and it goes on when it is larger', async t => {
	const world = await createScriptedSession();
	press(world, 'L');
	const {store} = world.session;
	store.dispatch({type: 'resized', columns: 40, rows: 10});
	await world.answerReading(parsed(usualReading()));
	world.advance(readingPauseMs);
	t.is(world.readingCount(), 0);
	store.dispatch({type: 'resized', columns: 80, rows: 24});
	world.advance(readingPauseMs);
	t.is(world.readingCount(), 1);
});

test('a failure is told, and the next reading may do better', async t => {
	const world = await createScriptedSession();
	press(world, 'L');
	await world.answerReading(rejected('lsof is missing: install it.'));
	t.deepEqual(world.session.store.getState().local.reading, {kind: 'failed', message: 'lsof is missing: install it.'});
	world.advance(readingPauseMs);
	await world.answerReading(parsed(usualReading()));
	t.deepEqual(world.session.store.getState().local.reading, {kind: 'read'});
	t.deepEqual(world.faults, []);
});

test('a reading that says the same is one notification, and leaves the list as it is', async t => {
	const world = await createScriptedSession();
	press(world, 'L');
	await world.answerReading(parsed(usualReading()));
	const {rows} = world.session.store.getState().local;
	world.advance(readingPauseMs);
	world.counts.notifications = 0;
	await world.answerReading(parsed(structuredClone(usualReading(2))));
	t.is(world.counts.notifications, 1);
	t.is(world.session.store.getState().local.rows, rows);
});

test('a reading does not take a message away', async t => {
	const world = await createScriptedSession();
	press(world, 'L');
	await world.answerReading(parsed(usualReading()));
	press(world, '4000 enter');
	world.advance(readingPauseMs);
	await world.answerReading(parsed(usualReading(2)));
	t.is(world.session.store.getState().message?.text, 'Nothing listens on 4000 here.');
});

test('whoever quits is read for no more', async t => {
	const world = await createScriptedSession();
	press(world, 'L');
	press(world, 'q');
	await world.answerReading(parsed(usualReading()));
	world.advance(readingPauseMs);
	await settle();
	t.is(world.readingCount(), 0);
	t.deepEqual(world.faults, []);
});
