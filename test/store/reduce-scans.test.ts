import test from 'ava';
import type {StartedEvent} from '../../source/scan/event.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../../source/scan/scan-record.ts';
import type {Action} from '../../source/store/action.ts';
import {toPort} from '../../source/port/port.ts';
import {reduce} from '../../source/store/reduce.ts';
import {findingInHand, findingsOf, newestScan, scanBefore, scanIndex, selectedHost} from '../../source/store/scans-selectors.ts';
import {initialState, type State} from '../../source/store/state.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';
import {scanEvents, scanRecord, verdicts, type ScanScript} from '../helpers/scan-events.ts';

const after = (state: State, ...actions: readonly Action[]): State => actions.reduce((each, action) => reduce(each, action), state);
const typed = (text: string): readonly Action[] => [...text].map(digit => ({type: 'typeDigit', digit} as const));
const looked = (text: string): Action => ({type: 'editFind', edit: {kind: 'insert', text}});
const scanned = (record: ScanRecord): Action => ({type: 'scanStarted', request: {targets: ['localhost'], ports: 'all'}, record});
const hosts = [{target: 'localhost', address: '127.0.0.1'}, {target: 'localhost', address: '::1'}] as const;
const recordOf = (script: Partial<ScanScript> = {}): ScanRecord =>
	scanRecord({hosts, probed: [{22: verdicts.open, 80: verdicts.closed, 443: verdicts.open, 5432: verdicts.open}, {22: verdicts.open}], ...script});

const start = after(initialState({columns: 80, rows: 24}), {type: 'registryLoaded', registry: createFakeRegistry()}, {type: 'showView', view: 'scans'});
const shown = after(start, scanned(recordOf()));

const inHand = (state: State): string => {
	const finding = findingInHand(state);
	return finding === undefined ? 'nothing' : `${finding.host}:${finding.port}`;
};

const moves: ReadonlyArray<readonly [situation: string, actions: readonly Action[], inHand: string]> = [
	['at first the first', [], '0:22'],
	['a line down', [{type: 'move', by: 1}], '1:22'],
	['to the last, and no further', [{type: 'move', by: Number.MAX_SAFE_INTEGER}, {type: 'move', by: 1}], '0:5432'],
	['sorted anew it stays in hand', [{type: 'move', by: 2}, {type: 'sortFindings'}, {type: 'reverseFindings'}], '0:443'],
	['a filter that leaves it', [{type: 'move', by: 2}, {type: 'startFind'}, looked('443')], '0:443'],
	['a filter that takes it away', [{type: 'move', by: 1}, {type: 'startFind'}, looked('5432')], '0:5432'],
	['digits and Enter', [...typed('443'), {type: 'jump'}], '0:443'],
	['digits of a closed port', [...typed('80'), {type: 'jump'}], '0:80'],
	['digits of a port without a verdict', [{type: 'move', by: 1}, ...typed('81'), {type: 'jump'}], '1:22'],
	['the next match', [{type: 'moveMatch', step: 1}], '1:22'],
];

for (const [situation, actions, expected] of moves) {
	test(`in hand: ${situation}`, t => {
		t.is(inHand(after(shown, ...actions)), expected);
	});
}

test('the finding in hand stays in hand when others are found around it', t => {
	const record = recordOf();
	Object.assign(record, {status: 'running', finishedAt: null});
	const moved = after(start, scanned(record), {type: 'move', by: 1});
	applyScanEvent(record, {kind: 'probed', host: 0, port: toPort(7), verdict: verdicts.open});
	t.is(inHand(after(moved, {type: 'scanAdvanced'})), '1:22');
});

test('Enter on a host shows its findings alone, Esc goes back to the hosts', t => {
	const opened = after(shown, {type: 'focusPane', pane: 'hosts'}, {type: 'move', by: 1}, {type: 'open'});
	t.is(opened.focus, 'findings');
	t.is(selectedHost(opened), 1);
	t.deepEqual(findingsOf(opened).map(({host}) => host), [1]);
	const back = after(opened, {type: 'back'});
	t.is(back.focus, 'hosts');
	t.is(findingsOf(back).length, 4);
});

test('Enter on a finding goes to its port in Explore, and S comes back to where one was', t => {
	const gone = after(shown, {type: 'move', by: 2}, {type: 'open'});
	t.is(gone.view, 'explore');
	t.is(Number(gone.port), 443);
	t.is(inHand(after(gone, {type: 'showView', view: 'scans'})), '0:443');
});

test('Esc undoes typing, the filter, one host alone, and then leaves; it never quits', t => {
	const typing = after(shown, {type: 'startFind'}, looked('closed'));
	t.deepEqual(findingsOf(typing).map(({port}) => Number(port)), [80]);
	t.is(findingsOf(after(typing, {type: 'back'})).length, 4);
	const kept = after(typing, {type: 'acceptFind'});
	t.false(kept.scans.filter.isTyping);
	const dropped = after(kept, {type: 'back'});
	t.is(dropped.scans.filter.query.text, '');
	t.is(dropped.view, 'scans');
	t.is(after(dropped, {type: 'back'}).view, 'explore');
});

test('what is looked for here leaves the search of Explore alone', t => {
	const state = after(shown, {type: 'showView', view: 'explore'}, {type: 'startFind'}, looked('ssh'), {type: 'acceptFind'}, {type: 'showView', view: 'scans'}, {type: 'startFind'}, looked('closed'), {type: 'acceptFind'}, {type: 'back'}, {type: 'back'});
	t.is(state.find.query.text, 'ssh');
});

test('a filter that is being typed stays when a request that could not be started shows its form elsewhere', t => {
	const state = after(shown, {type: 'startFind'}, looked('closed'), {type: 'showView', view: 'local'});
	t.false(state.scans.filter.isTyping);
	t.is(state.scans.filter.query.text, 'closed');
});

test('a new scan is the one in hand, and is compared with the one before', t => {
	const [first, second] = [recordOf(), recordOf()];
	const state = after(start, scanned(first), scanned(second));
	t.is(state.scan?.record, second);
	t.is(scanBefore(state), first);
	const back = after(state, {type: 'cycleScan', step: -1});
	t.is(back.scan?.record, first);
	t.is(scanIndex(back), 0);
	t.is(scanBefore(back), undefined);
	t.regex(after(back, {type: 'cycleScan', step: -1}).message!.text, /first scan/);
	t.is(after(back, {type: 'cycleScan', step: 1}).scan?.record, second);
	t.regex(after(start, {type: 'cycleScan', step: 1}).message!.text, /Nothing has been scanned/);
});

test('a scan that runs goes on being followed while another is in hand', t => {
	const running = recordOf();
	Object.assign(running, {status: 'running', finishedAt: null});
	const state = after(start, scanned(recordOf()), scanned(running), {type: 'cycleScan', step: -1}, {type: 'scanAdvanced'});
	t.is(newestScan(state)?.record, running);
	t.is(newestScan(state)?.history.length, 1);
	t.is(state.scan?.history.length, 0);
	t.is(after(state, {type: 'cycleScan', step: 1}).scan?.history.length, 1);
});

test('nothing is scanned yet: keys change nothing', t => {
	for (const action of [{type: 'move', by: 1}, {type: 'open'}, {type: 'moveMatch', step: 1}, {type: 'fold'}] as const satisfies readonly Action[]) {
		t.deepEqual(after(start, action), start);
		t.deepEqual(after(start, {type: 'focusPane', pane: 'hosts'}, action).scans, start.scans);
	}
});

/** Of another id than the scans made here: a scan is listed once. */
const readRecord = (): ScanRecord => {
	const record = recordOf();
	return {...record, started: {...record.started, id: 'read'}};
};

const opened = (record: ScanRecord): Action => ({type: 'scanOpened', record, origin: {kind: 'file', name: 'scan.xml', format: 'nmap XML'}, notes: ['a note']});

test('a scan that was read from a file comes into the list and in hand, and says so', t => {
	const record = readRecord();
	const state = after(shown, opened(record));
	t.is(state.scan?.record, record);
	t.deepEqual(state.scan?.opened, {origin: {kind: 'file', name: 'scan.xml', format: 'nmap XML'}, notes: ['a note']});
	t.deepEqual(state.scan?.request, {targets: ['localhost'], ports: record.started.ports});
	t.is(scanIndex(state), 1);
	t.is(scanBefore(state), shown.scan?.record);
});

test('a scan that is under way stays the last, and goes on, when one from a file is opened', t => {
	const [started, probed] = scanEvents({probed: [{22: verdicts.open}]});
	const running = createScanRecord(started as StartedEvent);
	const record = readRecord();
	const state = after(start, scanned(running), opened(record));
	t.is(newestScan(state)?.record, running);
	t.is(state.scan?.record, record);
	t.is(scanIndex(state), 0);
	applyScanEvent(running, probed!);
	const later = after(state, {type: 'scanAdvanced'});
	t.is(later.scan?.record, record);
	t.is(later.scan?.history.length, 0);
	t.is(newestScan(later)?.history.length, 1);
});
