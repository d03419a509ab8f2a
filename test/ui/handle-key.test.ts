import test from 'ava';
import {toPort} from '../../source/port/port.ts';
import {insertText} from '../../source/ui/handle-key.ts';
import {scanEvents, verdicts} from '../helpers/scan-events.ts';
import {createScriptedScan, createScriptedSession, press, settle} from '../helpers/scripted-session.ts';

test('every letter of a search is text, even those that are commands elsewhere', async t => {
	const world = await createScriptedSession();
	const {find, isHelpShown} = press(world, '/ q s x r ? + j space 5');
	t.like(find, {isTyping: true, query: {text: 'qsxr?+j 5'}});
	t.false(isHelpShown);
	t.deepEqual(world.quits, []);
});

test('the search is edited like a line, and Enter keeps it', async t => {
	const world = await createScriptedSession();
	t.is(press(world, '/ s h left s right backspace').find.query.text, 'ss');
	t.is(press(world, 'ctrl-u s s h home delete ctrl-e').find.query.text, 'sh');
	t.like(press(world, 'ctrl-w s s h enter'), {find: {isTyping: false, query: {text: 'ssh'}}, port: toPort(22)});
});

test('digits and Enter jump; Backspace takes one back; other letters wait', async t => {
	const world = await createScriptedSession();
	t.is(press(world, '54322').jump, '54322');
	t.is(press(world, 'j q s').jump, '54322');
	t.like(press(world, 'backspace enter'), {jump: '', port: toPort(5432), focus: 'ports'});
	t.deepEqual(world.quits, []);
});

test('the last digit taken back is no jump at all', async t => {
	const world = await createScriptedSession();
	t.is(press(world, '5 backspace').jump, '');
	press(world, 'q');
	t.deepEqual(world.quits, [0]);
});

test('the form takes text, Tab goes to its other field, Enter sends it', async t => {
	const world = await createScriptedSession();
	press(world, 's ctrl-u q s / tab ctrl-u 80');
	t.like(world.session.store.getState().form, {target: {text: 'qs/'}, ports: {text: '80'}});
	t.true(press(world, 'enter').form!.isStarting);
});

test('Esc leads back step by step, and never quits', async t => {
	const world = await createScriptedSession();
	press(world, '/ s s h enter + ? escape escape escape escape escape escape escape');
	t.like(world.session.store.getState(), {isHelpShown: false, isZoomed: false, focus: 'ranges', find: {query: {text: ''}}});
	t.deepEqual(world.quits, []);
});

for (const [situation, keys] of [['browsing', 'j'], ['finding', '/ s'], ['filling the form', 's'], ['jumping', '80'], ['reading the help', '?']] as const) {
	test(`Ctrl-C quits while ${situation}, with the code of an interrupt`, async t => {
		const world = await createScriptedSession();
		press(world, `${keys} ctrl-c`);
		t.deepEqual(world.quits, [130]);
	});
}

test('q quits, and in the help closes it', async t => {
	const world = await createScriptedSession();
	t.false(press(world, '? q').isHelpShown);
	t.deepEqual(world.quits, []);
	press(world, 'q');
	t.deepEqual(world.quits, [0]);
});

test('in the help the arrows scroll, and nothing else moves', async t => {
	const world = await createScriptedSession();
	t.like(press(world, '? down j'), {helpTop: 2, port: toPort(0), rangeRowId: 'all'});
});

test('arrows move exactly as often as they are pressed', async t => {
	const world = await createScriptedSession();
	press(world, '1000 enter');
	t.is(press(world, Array.from({length: 100}, () => 'j').join(' ')).port as number, 1100);
	t.is(press(world, Array.from({length: 30}, () => 'up').join(' ')).port as number, 1070);
	t.is(press(world, 'g').port as number, 0);
	t.is(press(world, 'G').port as number, 65_535);
});

const pages: ReadonlyArray<readonly [situation: string, columns: number, rows: number, keys: string, page: number]> = [
	['80×24', 80, 24, '1000 enter', 7],
	['140×40', 140, 40, '1000 enter', 27],
	['80×24, zoomed', 80, 24, '1000 enter +', 18],
];

test('on a screen that is too small nothing is done unseen, but to quit', async t => {
	const world = await createScriptedSession({size: {columns: 40, rows: 10}});
	const before = world.session.store.getState();
	press(world, '/ s x enter down');
	t.is(world.session.store.getState(), before);
});

for (const [situation, columns, rows, keys, page] of pages) {
	test(`a page is what the pane shows less its heading and a row that stays: ${page} at ${situation}`, async t => {
		const world = await createScriptedSession({size: {columns, rows}});
		press(world, keys);
		t.is(press(world, 'pagedown').port as number, 1000 + page);
		t.is(press(world, 'pageup pageup').port as number, 1000 - page);
	});
}

test('Space pauses, x stops', async t => {
	const world = await createScriptedSession();
	const scripted = createScriptedScan();
	press(world, 's enter');
	await settle();
	await world.answer({ok: true, scan: scripted.scan});
	await scripted.emit(scanEvents({probed: [{22: verdicts.open}]})[0]!);
	press(world, 'space x');
	t.deepEqual(scripted.commands, ['pause', 'stop']);
});

test('a paste is one insertion where text is typed, and nothing elsewhere', async t => {
	const world = await createScriptedSession();
	insertText(world.session, 'q\nq');
	t.deepEqual(world.quits, []);
	t.is(world.session.store.getState().find.query.text, '');
	press(world, '/');
	insertText(world.session, 'secure\nshell');
	t.is(world.session.store.getState().find.query.text, 'secure shell');
	press(world, 'escape s ctrl-u');
	insertText(world.session, '10.0.0.1\n10.0.0.2\n');
	t.is(world.session.store.getState().form!.target.text, '10.0.0.1 10.0.0.2 ');
});

test('a key without a meaning changes nothing', async t => {
	const world = await createScriptedSession();
	const before = world.session.store.getState();
	t.is(press(world, 'Z ctrl-z é delete'), before);
});
