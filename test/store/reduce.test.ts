import fc from 'fast-check';
import test from 'ava';
import {lastPort, toPort} from '../../source/port/port.ts';
import type {ScanRequest} from '../../source/scan/scan-request.ts';
import type {Action} from '../../source/store/action.ts';
import {reduce} from '../../source/store/reduce.ts';
import {openingsOf, portListOf, rangeRowsOf, selectedOpeningIndex, selectedRangeRow} from '../../source/store/selectors.ts';
import {initialState, panesOf, views, type State} from '../../source/store/state.ts';
import {applyScanEvent, type ScanRecord} from '../../source/scan/scan-record.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';
import {scanRecord, verdicts} from '../helpers/scan-events.ts';

const registry = createFakeRegistry();

const after = (state: State, ...actions: readonly Action[]): State => {
	let next = state;
	for (const action of actions) {
		next = reduce(next, action);
	}

	return next;
};

/** A screen whose registry is there. */
const ready = after(initialState({columns: 80, rows: 24}), {type: 'registryLoaded', registry});

const focus = (pane: State['focus']): Action => ({type: 'focusPane', pane});
const move = (by: number): Action => ({type: 'move', by});
const fold: Action = {type: 'fold'};
const unfold: Action = {type: 'unfold'};
const back: Action = {type: 'back'};
const jump: Action = {type: 'jump'};
const type = (text: string): Action => ({type: 'editFind', edit: {kind: 'insert', text}});
const fill = (text: string): Action => ({type: 'editForm', edit: {kind: 'insert', text}});
const digits = (text: string): readonly Action[] => Array.from(text, digit => ({type: 'typeDigit', digit}));
const at = (port: number): State => after(ready, focus('ports'), {type: 'selectPort', port: toPort(port)});
const finding = (query: string): State => after(ready, {type: 'startFind'}, type(query));
const request: ScanRequest = {targets: ['localhost'], ports: 'all'};
const scanning = (record: ScanRecord = scanRecord({probed: [{22: verdicts.open, 80: verdicts.open, 443: verdicts.open}]})): State =>
	after(ready, {type: 'scanStarted', request, record});
const listed = (state: State): readonly number[] => Array.from({length: portListOf(state).count}, (_, index) => portListOf(state).at(index)!);

test('the screen begins with all ports, the first one in hand, and the ranges to go through', t => {
	t.like(ready, {focus: 'ranges', rangeRowId: 'all', port: toPort(0), isZoomed: false, isHelpShown: false, jump: '', form: undefined, scan: undefined});
	t.is(portListOf(ready).count, 65_536);
});

// Ranges

test('going down the ranges takes the ports along', t => {
	const rows = ['all', 'well-known', 'well-known:0', 'well-known:100'];
	let state = ready;
	for (const id of rows) {
		t.is(state.rangeRowId, id);
		t.is(state.port as number, selectedRangeRow(state).first);
		state = after(state, move(1));
	}
});

test('the ends of the ranges are the ends', t => {
	t.is(after(ready, move(-1)).rangeRowId, 'all');
	t.is(after(ready, move(Number.MAX_SAFE_INTEGER)).rangeRowId, 'ephemeral');
	t.is(after(ready, move(Number.MAX_SAFE_INTEGER), move(-Number.MAX_SAFE_INTEGER)).rangeRowId, 'all');
});

const unfoldings: ReadonlyArray<readonly [situation: string, from: string, action: Action, row: string, unfolded: readonly string[]]> = [
	['unfolding a folded range', 'registered', unfold, 'registered', ['well-known', 'registered']],
	['unfolding an unfolded range goes into it', 'well-known', unfold, 'well-known:0', ['well-known']],
	['unfolding a block', 'well-known:100', unfold, 'well-known:100', ['well-known']],
	['unfolding all ports goes to the first range', 'all', unfold, 'well-known', ['well-known']],
	['folding an unfolded range', 'well-known', fold, 'well-known', []],
	['folding a block goes to its range', 'well-known:100', fold, 'well-known', ['well-known']],
	['folding a folded range goes to all ports', 'registered', fold, 'all', ['well-known']],
	['folding all ports', 'all', fold, 'all', ['well-known']],
];

for (const [situation, from, action, row, unfolded] of unfoldings) {
	test(`${situation}: ${row} in hand`, t => {
		const index = rangeRowsOf(ready).findIndex(({id}) => id === from);
		const state = after(ready, move(index), action);
		t.is(state.rangeRowId, row);
		t.deepEqual([...state.unfolded], unfolded as State['rangeRowId'][] as never);
	});
}

test('unfolding twice from a range is its first block, folding twice from there is the range, folded', t => {
	const registered = after(ready, move(Number.MAX_SAFE_INTEGER), move(-1));
	t.is(registered.rangeRowId, 'registered');
	const inside = after(registered, unfold, unfold);
	t.is(inside.rangeRowId, 'registered:1024');
	const outside = after(inside, fold, fold);
	t.is(outside.rangeRowId, 'registered');
	t.false(outside.unfolded.has('registered'));
});

test('while something is looked for, a range takes along the first match in it, or nothing', t => {
	const state = after(finding('http'), {type: 'acceptFind'}, focus('ranges'));
	const registered = after(state, move(Number.MAX_SAFE_INTEGER), move(-1));
	t.is(registered.port as number, 8080);
	t.is(after(registered, move(1)).port as number, 8080, 'no match in the ephemeral range');
});

// Ports

test('a held arrow lands exactly as far as it was held', t => {
	let state = at(1000);
	for (let count = 0; count < 100; count++) {
		state = after(state, move(1));
	}

	t.is(state.port as number, 1100);
	for (let count = 0; count < 100; count++) {
		state = after(state, move(-1));
	}

	t.is(state.port as number, 1000);
});

const moves: ReadonlyArray<readonly [from: number, by: number, to: number]> = [
	[0, -1, 0],
	[5, -100, 0],
	[lastPort, 1, lastPort],
	[lastPort - 5, 100, lastPort],
	[5000, Number.MAX_SAFE_INTEGER, lastPort],
	[5000, -Number.MAX_SAFE_INTEGER, 0],
	[5000, 0, 5000],
];

for (const [from, by, to] of moves) {
	test(`${by} ports from ${from} is ${to}`, t => {
		t.is(after(at(from), move(by)).port as number, to);
	});
}

test('any moves end where their sum says, as long as no end is met', t => {
	fc.assert(fc.property(fc.array(fc.integer({min: -100, max: 100}), {maxLength: 50}), steps => {
		const sum = steps.reduce((total, step) => total + step, 0);
		t.is(after(at(30_000), ...steps.map(step => move(step))).port as number, 30_000 + sum);
	}));
});

test('the ranges follow the port in hand', t => {
	t.is(at(150).rangeRowId, 'well-known:100');
	t.is(at(5432).rangeRowId, 'registered');
	t.is(after(at(199), move(1)).rangeRowId, 'well-known:200');
	t.is(after(at(1023), move(1)).rangeRowId, 'registered');
});

test('left and right go from block to block of ports', t => {
	t.is(after(at(150), unfold).port as number, 200);
	t.is(after(at(150), fold).port as number, 0);
	t.is(after(at(1010), unfold).port as number, 1024);
	t.is(after(at(65_500), unfold).port as number, 65_000);
});

test('another port is read from its top', t => {
	const scrolled = after(at(22), focus('detail'), move(7));
	t.is(scrolled.detailTop, 7);
	t.is(after(scrolled, {type: 'selectPort', port: toPort(22)}).detailTop, 7);
	t.is(after(scrolled, focus('ports'), move(1)).detailTop, 0);
});

test('a text is not scrolled above its top, nor further than it is long', t => {
	const detail = after(at(22), focus('detail'));
	t.is(after(detail, move(-5)).detailTop, 0);
	t.is(after(detail, move(Number.MAX_SAFE_INTEGER), {type: 'overflowMeasured', of: 'detail', lines: 12}).detailTop, 12);
	t.is(after(detail, move(3), {type: 'overflowMeasured', of: 'detail', lines: 12}).detailTop, 3);
	const help = after(ready, {type: 'toggleHelp'});
	t.is(after(help, move(-5)).helpTop, 0);
	t.is(after(help, move(Number.MAX_SAFE_INTEGER), {type: 'overflowMeasured', of: 'help', lines: 9}, move(-1)).helpTop, 8);
});

// Panes

test('Tab goes round the panes, Shift-Tab the other way', t => {
	let state = ready;
	for (const pane of [...panesOf.explore.slice(1), panesOf.explore[0]]) {
		state = after(state, {type: 'cycleFocus', step: 1});
		t.is(state.focus, pane);
	}

	t.is(after(state, {type: 'cycleFocus', step: -1}).focus, 'scan');
});

for (const view of views) {
	test(`${view}: Tab stays among its panes`, t => {
		const shown = after(ready, {type: 'showView', view});
		t.is(shown.focus, panesOf[view][0]);
		t.is(after(shown, ...panesOf[view].map(() => ({type: 'cycleFocus', step: 1} as const))).focus, panesOf[view][0]);
	});
}

test('a view is as it was left', t => {
	const left = after(ready, focus('detail'), {type: 'showView', view: 'guide'});
	t.is(left.view, 'guide');
	t.like(after(left, {type: 'showView', view: 'explore'}), {view: 'explore', focus: 'detail', port: left.port});
});

test('the views are a round', t => {
	let state = ready;
	for (const view of [...views.slice(1), views[0]]) {
		state = after(state, {type: 'cycleView', step: 1});
		t.is(state.view, view);
	}

	t.is(after(state, {type: 'cycleView', step: -1}).view, views.at(-1)!);
});

test('finding and jumping are done among the ports, whichever view they began in', t => {
	const guide = after(ready, {type: 'showView', view: 'guide'});
	t.like(after(guide, {type: 'startFind'}), {view: 'explore', focus: 'ports'});
	t.like(after(guide, {type: 'typeDigit', digit: '8'}, jump), {view: 'explore', focus: 'ports', port: 8});
	t.like(after(ready, {type: 'showView', view: 'map'}, {type: 'typeDigit', digit: '8'}, jump), {view: 'map', focus: 'map', port: 8});
});

test('the form of a scan is shown where there is a pane for it', t => {
	t.is(after(ready, {type: 'showView', view: 'map'}, {type: 'openForm'}).view, 'map');
	t.is(after(ready, {type: 'showView', view: 'local'}, {type: 'openForm'}).view, 'explore');
});

test('Enter goes inward: from the ranges to the ports to the detail, where it stays', t => {
	const open: Action = {type: 'open'};
	t.is(after(ready, open).focus, 'ports');
	t.is(after(ready, open, open).focus, 'detail');
	t.is(after(ready, open, open, open).focus, 'detail');
});

test('Enter on a result goes to its port, whatever was looked for and however large the pane was', t => {
	const state = after(scanning(), {type: 'startFind'}, type('ssh'), {type: 'acceptFind'}, focus('scan'), {type: 'toggleZoom'}, move(1), {type: 'open'});
	t.like(state, {port: toPort(80), focus: 'ports', isZoomed: false});
	t.is(portListOf(state).count, 65_536);
});

test('Enter where there is no result does nothing', t => {
	const state = after(ready, focus('scan'));
	t.is(after(state, {type: 'open'}), state);
});

// Find

test('what is typed is looked for at every key, and the best match is in hand', t => {
	t.like(finding('s'), {focus: 'ports', find: {isTyping: true}});
	t.deepEqual(listed(finding('http')), [80, 8080, 443]);
	t.is(finding('http').port as number, 80);
	t.is(finding('https').port as number, 443);
	t.is(finding('443').port as number, 443);
	t.is(finding('postg').rangeRowId, 'registered');
});

test('what is typed before the registry is there is looked for when it is, and the best match is in hand', t => {
	const early = after(initialState({columns: 80, rows: 24}), {type: 'startFind'}, type('ssh'));
	t.is(early.find.results, undefined);
	const loaded = after(early, {type: 'registryLoaded', registry});
	t.deepEqual(listed(loaded), [22]);
	t.is(loaded.port as number, 22);
});

test('blanks are nothing to look for, whenever the registry comes', t => {
	t.is(finding('  ').find.results, undefined);
	t.is(after(initialState({columns: 80, rows: 24}), {type: 'startFind'}, type('  '), {type: 'registryLoaded', registry}).find.results, undefined);
});

test('a match that is none stays away: the port in hand stays, and the list is empty', t => {
	const state = after(at(5432), {type: 'startFind'}, type('nothing of that name'));
	t.is(state.port as number, 5432);
	t.deepEqual(listed(state), []);
	t.is(after(state, move(1)).port as number, 5432);
	t.is(after(state, move(-1)).port as number, 5432);
});

test('moving the cursor looks for nothing anew', t => {
	const state = finding('ssh');
	const moved = after(state, {type: 'editFind', edit: {kind: 'left'}});
	t.is(moved.find.results, state.find.results);
	t.is(moved.find.query.cursor, 2);
});

test('deleting what was typed shows all ports again, the one in hand staying', t => {
	const state = after(finding('ssh'), {type: 'editFind', edit: {kind: 'delete-all'}});
	t.is(portListOf(state).count, 65_536);
	t.is(state.port as number, 22);
	t.true(state.find.isTyping);
});

test('Enter keeps the filter; with nothing typed it ends the search', t => {
	const kept = after(finding('http'), {type: 'acceptFind'});
	t.false(kept.find.isTyping);
	t.is(portListOf(kept).count, 3);
	t.like(after(finding(' '), {type: 'acceptFind'}), {find: {isTyping: false, query: {text: ''}}});
});

test('/ again goes on with what was typed', t => {
	const again = after(finding('http'), {type: 'acceptFind'}, focus('ranges'), {type: 'startFind'});
	t.like(again, {focus: 'ports', find: {isTyping: true, query: {text: 'http', cursor: 4}}});
});

test('n and N go through the matches, from any pane, and stay at the ends', t => {
	const next: Action = {type: 'moveMatch', step: 1};
	const before: Action = {type: 'moveMatch', step: -1};
	const kept = after(finding('http'), {type: 'acceptFind'}, focus('ranges'));
	t.like(after(kept, next), {focus: 'ports', port: toPort(8080)});
	t.is(after(kept, next, next, next, next).port as number, 443);
	t.is(after(kept, next, before, before).port as number, 80);
});

test('n without a search says how to start one', t => {
	const state = after(ready, {type: 'moveMatch', step: 1});
	t.deepEqual(state.message, {text: 'Nothing is looked for: / starts a search.', tone: 'problem'});
	t.is(state.focus, 'ranges');
});

test('the port in hand survives a filter that holds it', t => {
	const state = after(finding('http'), {type: 'acceptFind'}, move(1));
	t.is(state.port as number, 8080);
	t.is(after(state, back).port as number, 8080);
});

// Jump

test('digits and Enter jump to that port', t => {
	const state = after(ready, ...digits('5432'), jump);
	t.like(state, {port: toPort(5432), jump: '', focus: 'ports'});
});

test('a port of leading zeros is that port, and 0 is one', t => {
	t.is(after(at(80), ...digits('0022'), jump).port as number, 22);
	t.is(after(at(80), ...digits('0'), jump).port as number, 0);
});

test('out of range is said, and the digits stay to be corrected', t => {
	const state = after(at(80), ...digits('70000'), jump);
	t.like(state, {port: toPort(80), jump: '70000', message: {text: 'Port 70000 is out of range: ports go from 0 to 65535.', tone: 'problem'}});
	t.is(after(state, {type: 'deleteDigit'}, jump).port as number, 7000);
});

test('a key held by accident does not fill the screen with digits', t => {
	t.is(after(ready, ...digits('1'.repeat(50))).jump, '111111');
});

test('a jump to a port that the filter hides takes the filter away; to one it shows it keeps it', t => {
	const kept = after(finding('http'), {type: 'acceptFind'});
	t.is(portListOf(after(kept, ...digits('22'), jump)).count, 65_536);
	t.is(portListOf(after(kept, ...digits('443'), jump)).count, 3);
});

test('a jump ends a pane that has the whole screen', t => {
	t.like(after(ready, focus('detail'), {type: 'toggleZoom'}, ...digits('80'), jump), {focus: 'ports', isZoomed: false});
});

// Esc

test('Esc undoes one thing at a time: help, form, digits, full screen, filter, pane; and then nothing more', t => {
	const everything: State = {
		...after(scanning(), {type: 'startFind'}, type('http'), {type: 'acceptFind'}, {type: 'openForm'}),
		focus: 'detail', isZoomed: true, isHelpShown: true, jump: '80',
	};
	const shown = (state: State): readonly unknown[] => [state.isHelpShown, state.form !== undefined, state.jump, state.isZoomed, state.find.query.text, state.focus];
	const steps: State[] = [everything];
	for (let count = 0; count < 8; count++) {
		steps.push(after(steps.at(-1)!, back));
	}

	t.deepEqual(steps.map(state => shown(state)), [
		[true, true, '80', true, 'http', 'detail'],
		[false, true, '80', true, 'http', 'detail'],
		[false, false, '80', true, 'http', 'detail'],
		[false, false, '', true, 'http', 'detail'],
		[false, false, '', false, 'http', 'detail'],
		[false, false, '', false, '', 'detail'],
		[false, false, '', false, '', 'ports'],
		[false, false, '', false, '', 'ranges'],
		[false, false, '', false, '', 'ranges'],
	]);
	t.is(steps.at(-1)!.scan, everything.scan, 'the scan is never undone');
});

test('Esc while typing what to find shows all ports again', t => {
	const state = after(finding('http'), back);
	t.is(portListOf(state).count, 65_536);
	t.false(state.find.isTyping);
	t.is(state.focus, 'ports');
});

test('Esc from the results goes to the ports', t => {
	t.is(after(scanning(), focus('scan'), back).focus, 'ports');
});

// The form

const inHand: ReadonlyArray<readonly [situation: string, State, ports: string]> = [
	['all ports', ready, 'all'],
	['a range', after(ready, move(1)), '0-1023'],
	['a block', after(ready, move(3)), '100-199'],
	['a port', at(5432), '5432'],
	['a port whose detail is read', after(at(5432), focus('detail')), '5432'],
	['the results of a scan', after(scanning(), focus('scan')), 'all'],
	['the place of results where there are none', after(ready, focus('scan')), 'all'],
];

for (const [situation, state, ports] of inHand) {
	test(`the form is filled with what is in hand: ${situation} is ${ports}`, t => {
		const {form} = after(state, {type: 'openForm'});
		t.like(form, {target: {text: 'localhost'}, ports: {text: ports, cursor: ports.length}, field: 'target', problem: undefined, isStarting: false});
		t.is(form!.presets[0], ports);
		t.is(new Set(form!.presets).size, form!.presets.length);
	});
}

test('the form is filled with the target that was scanned last', t => {
	const state = after(ready, {type: 'scanStarted', request: {targets: ['example.com', '::1'], ports: '22'}, record: scanRecord({})}, {type: 'openForm'});
	t.is(state.form!.target.text, 'example.com ::1');
});

test('what was found is among the ports on offer, unless it is one or a great many', t => {
	const offered = (query: string): readonly string[] => after(finding(query), {type: 'acceptFind'}, {type: 'openForm'}).form!.presets;
	t.true(offered('http').includes('80,443,8080'));
	t.false(offered('ssh').some(preset => preset.includes(',')));
});

test('the form edits one field at a time, and Tab goes to the other', t => {
	const target = after(ready, {type: 'openForm'}, {type: 'editForm', edit: {kind: 'delete-all'}}, fill('::1'));
	t.like(target.form, {target: {text: '::1'}, ports: {text: 'all'}});
	const ports = after(target, {type: 'switchField'}, fill(',!25'));
	t.like(ports.form, {field: 'ports', target: {text: '::1'}, ports: {text: 'all,!25'}});
	t.is(after(ports, {type: 'switchField'}).form!.field, 'target');
});

test('the arrows offer other lists of ports, round and round, either way', t => {
	const open = after(ready, {type: 'openForm'});
	const {presets} = open.form!;
	let state = open;
	for (const preset of [...presets.slice(1), presets[0]!]) {
		state = after(state, {type: 'offerPorts', step: 1});
		t.like(state.form, {ports: {text: preset}, field: 'ports'});
	}

	t.is(after(open, {type: 'offerPorts', step: -1}).form!.ports.text, presets.at(-1)!);
});

test('from ports that were typed, down offers the first list and up the last', t => {
	const typed = after(ready, {type: 'openForm'}, {type: 'switchField'}, fill(',!25'));
	const {presets} = typed.form!;
	t.is(after(typed, {type: 'offerPorts', step: 1}).form!.ports.text, presets[0]!);
	t.is(after(typed, {type: 'offerPorts', step: -1}).form!.ports.text, presets.at(-1)!);
});

test('a form that is not there is not edited', t => {
	for (const action of [fill('x'), {type: 'switchField'}, {type: 'offerPorts', step: 1}, {type: 'formSent'}] as const satisfies readonly Action[]) {
		t.is(after(ready, action), ready);
	}
});

const problems = [['ports', 'ports'], ['target', 'target'], ['resolve', 'target']] as const;

for (const [kind, field] of problems) {
	test(`a form rejected for its ${kind} keeps what was typed, says why, and puts the cursor in ${field}`, t => {
		const other = field === 'target' ? 'ports' : 'target';
		const sent: readonly Action[] = [{type: 'openForm'}, fill('x'), {type: 'switchField'}, fill('y'), ...(other === 'target' ? [{type: 'switchField'} as const] : []), {type: 'formSent'}];
		const waiting = after(ready, ...sent);
		t.like(waiting.form, {field: other, isStarting: true, problem: undefined});
		const {form} = after(waiting, {type: 'formRejected', problem: {kind, message: 'That is wrong.'}});
		t.like(form, {target: {text: 'localhostx'}, ports: {text: 'ally'}, field, isStarting: false, problem: {kind, message: 'That is wrong.'}});
		t.is(after(waiting, {type: 'formRejected', problem: {kind, message: 'That is wrong.'}}, fill('z')).form!.problem, undefined, 'typing takes the problem away');
	});

	test(`a request rejected for its ${kind} is shown in the form with what was asked, the cursor in ${field}`, t => {
		const {form} = after(ready, {type: 'requestRejected', request: {targets: ['nowhere', 'elsewhere'], ports: 'htpp'}, problem: {kind, message: 'That is wrong.'}});
		t.like(form, {target: {text: 'nowhere elsewhere'}, ports: {text: 'htpp'}, field, isStarting: false, problem: {kind, message: 'That is wrong.'}});
	});
}

test('a problem of a form that was dropped is not heard of', t => {
	const state = after(ready, {type: 'openForm'}, {type: 'formSent'}, back, {type: 'formRejected', problem: {kind: 'resolve', message: 'No such host.'}});
	t.is(state.form, undefined);
});

test('the form of a scan that started is gone; one that is still being filled is not', t => {
	const record = scanRecord({});
	t.is(after(ready, {type: 'openForm'}, {type: 'formSent'}, {type: 'scanStarted', request, record}).form, undefined);
	t.is(after(ready, {type: 'openForm'}, fill('x'), {type: 'scanStarted', request, record}).form?.target.text, 'localhostx');
});

test('a scan that was asked for ends the full screen of another pane; a form that is dropped does not', t => {
	const record = scanRecord({});
	const asked: readonly Action[] = [{type: 'toggleZoom'}, {type: 'openForm'}];
	const started: Action = {type: 'scanStarted', request, record};
	t.true(after(ready, focus('detail'), ...asked, back).isZoomed);
	t.true(after(ready, focus('scan'), ...asked, {type: 'formSent'}, started).isZoomed);
	t.false(after(ready, focus('detail'), ...asked, {type: 'formSent'}, started).isZoomed);
	t.true(after(ready, focus('detail'), {type: 'toggleZoom'}, started).isZoomed, 'it was not asked for here');
});

test('the ports keep the full screen while one finds and jumps in them', t => {
	const zoomed = after(at(80), {type: 'toggleZoom'});
	t.true(after(zoomed, {type: 'startFind'}).isZoomed);
	t.true(after(zoomed, ...digits('22'), jump).isZoomed);
	t.false(after(ready, focus('detail'), {type: 'toggleZoom'}, {type: 'startFind'}).isZoomed);
});

test('Esc while finding leads back to the port one came from; after Enter the match stays in hand', t => {
	const typing = after(at(5432), {type: 'startFind'}, type('ssh'));
	t.is(typing.port as number, 22);
	t.like(after(typing, back), {port: toPort(5432), find: {isTyping: false, results: undefined}});
	t.is(after(typing, {type: 'acceptFind'}, back).port as number, 22);
	t.is(after(typing, {type: 'acceptFind'}, {type: 'startFind'}, type('x'), back).port as number, 22, 'the port in hand when typing began again');
});

test('what was looked for instead of a slip is known', t => {
	const forgiving = {...registry, search: () => [toPort(22)], correct: (text: string) => (text === 'shs' ? 'ssh' : undefined)};
	const loaded = after(initialState({columns: 80, rows: 24}), {type: 'registryLoaded', registry: forgiving}, {type: 'startFind'}, type('shs'));
	t.is(loaded.find.corrected, 'ssh');
	t.is(after(loaded, type('x')).find.corrected, undefined);
});

test('a filter with a value that nobody knows is told where nothing is found', t => {
	const unknown = {key: 'risk', value: 'foo', known: ['any', 'info']};
	const strict = {...registry, search: (text: string) => (text === 'x' ? [toPort(22)] : []), findUnknownFilter: () => unknown};
	const loaded = after(initialState({columns: 80, rows: 24}), {type: 'registryLoaded', registry: strict}, {type: 'startFind'}, type('x'));
	t.is(loaded.find.unknownFilter, undefined);
	t.deepEqual(after(loaded, type('y')).find.unknownFilter, unknown);
});

test('past the last match it says so, and before the first', t => {
	const found = after(finding('ssh'), {type: 'acceptFind'});
	t.is(after(found, {type: 'moveMatch', step: 1}).message?.text, 'That is the last match.');
	t.is(after(found, {type: 'moveMatch', step: -1}).message?.text, 'That is the first match.');
});

// Results

test('the result in hand stays the same while others are found', t => {
	const record = scanRecord({portCount: 100, probed: [{22: verdicts.open, 80: verdicts.open}], status: 'complete'});
	const running: ScanRecord = {...record, finishedAt: null, status: 'running'};
	const state = after(scanning(running), focus('scan'), move(1));
	t.is(state.openingId, '0:80');
	applyScanEvent(running, {kind: 'probed', host: 0, port: toPort(443), verdict: verdicts.open});
	const later = after(state, {type: 'scanAdvanced'});
	t.is(openingsOf(later).length, 3);
	t.is(openingsOf(later)[selectedOpeningIndex(later)]!.port as number, 80);
	t.not(later.scan, state.scan, 'a new view stands for what changed in place');
});

test('moves among the results stop at their ends', t => {
	const state = after(scanning(), focus('scan'));
	t.is(selectedOpeningIndex(state), 0);
	t.is(selectedOpeningIndex(after(state, move(-1))), 0);
	t.is(selectedOpeningIndex(after(state, move(100))), 2);
	t.is(selectedOpeningIndex(ready), -1);
});

test('a new scan begins with its first result in hand', t => {
	const state = after(scanning(), focus('scan'), move(2), {type: 'scanStarted', request, record: scanRecord({probed: [{1: verdicts.open}]})});
	t.is(state.openingId, undefined);
	t.is(selectedOpeningIndex(state), 0);
});

test('news of a scan that never began is no news', t => {
	t.is(after(ready, {type: 'scanAdvanced'}), ready);
});

// All together

test('the size is that of the terminal', t => {
	t.deepEqual(after(ready, {type: 'resized', columns: 200, rows: 60}).size, {columns: 200, rows: 60});
});

const anyAction: fc.Arbitrary<Action> = fc.oneof(
	fc.constantFrom<Action>(
		fold, unfold, back, jump, {type: 'open'}, {type: 'toggleZoom'}, {type: 'toggleHelp'}, {type: 'startFind'}, {type: 'acceptFind'}, {type: 'deleteDigit'}, {type: 'openForm'}, {type: 'switchField'},
		{type: 'formSent'}, {type: 'scanAdvanced'}, {type: 'cycleFocus', step: 1}, {type: 'cycleFocus', step: -1}, {type: 'moveMatch', step: 1}, {type: 'moveMatch', step: -1}, {type: 'offerPorts', step: -1}, {type: 'cycleColoring', step: 1}, {type: 'cycleColoring', step: -1},
		{type: 'scanStarted', request, record: scanRecord({probed: [{22: verdicts.open}]})}, {type: 'formRejected', problem: {kind: 'ports', message: 'No.'}},
	),
	fc.integer({min: -70_000, max: 70_000}).map(by => move(by)),
	fc.constantFrom(Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER).map(by => move(by)),
	fc.constantFrom('ssh', 'http', '4', ' ', 'x').map(text => type(text)),
	fc.constantFrom('1', '9').map(digit => ({type: 'typeDigit', digit} as const)),
	fc.constantFrom(...views.flatMap(view => panesOf[view])).map(pane => focus(pane)),
	fc.constantFrom(...views).map(view => ({type: 'showView', view} as const)),
);

test('whatever is pressed, something that exists is in hand', t => {
	fc.assert(fc.property(fc.array(anyAction, {maxLength: 60}), actions => {
		let state = ready;
		for (const action of actions) {
			state = after(state, action);
			t.true(state.port >= 0 && state.port <= lastPort && Number.isInteger(state.port));
			t.true(rangeRowsOf(state).some(({id}) => id === state.rangeRowId), state.rangeRowId);
			t.true(state.detailTop >= 0 && state.helpTop >= 0);
			t.true(selectedOpeningIndex(state) < openingsOf(state).length);
			t.true((panesOf[state.view] as readonly string[]).includes(state.focus), `${state.focus} in ${state.view}`);
		}
	}), {numRuns: 300});
});

test('Esc pressed often enough always leads back to the start', t => {
	fc.assert(fc.property(fc.array(anyAction, {maxLength: 60}), actions => {
		let state = after(ready, ...actions);
		for (let count = 0; count < 10; count++) {
			state = after(state, back);
		}

		t.like(state, {isHelpShown: false, form: undefined, jump: '', isZoomed: false, find: {isTyping: false, results: undefined, query: {text: ''}}, view: 'explore', focus: 'ranges'});
	}), {numRuns: 300});
});
