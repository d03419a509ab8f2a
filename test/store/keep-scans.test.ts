import test from 'ava';
import {mostKept, replaceScan, withScan} from '../../source/store/keep-scans.ts';
import type {ScanView} from '../../source/store/state.ts';
import {scanRecord, verdicts} from '../helpers/scan-events.ts';

const viewOf = (portCount = 1): ScanView => ({request: {targets: ['localhost'], ports: 'all'}, record: scanRecord({probed: [{22: verdicts.open}], portCount}), history: []});

const keep = (views: readonly ScanView[]): readonly ScanView[] => {
	let kept: readonly ScanView[] = [];
	for (const view of views) {
		kept = withScan(kept, view);
	}

	return kept;
};

test('the last eight scans are kept', t => {
	const views = Array.from({length: 11}, () => viewOf());
	t.deepEqual(keep(views), views.slice(-mostKept));
});

test('the newest is kept however large, and as many before it as there is room for', t => {
	const [first, second, third] = [viewOf(5_000_000), viewOf(5_000_000), viewOf(2_000_000)];
	t.deepEqual(keep([first]), [first]);
	t.deepEqual(keep([first, second]), [first, second]);
	t.deepEqual(keep([first, second, third]), [second, third]);
	const huge = viewOf(60_000_000);
	t.deepEqual(keep([huge, third]), [third]);
	t.deepEqual(keep([third, huge]), [third, huge]);
});

test('another view of the same scan takes its place', t => {
	const [first, second] = [viewOf(), viewOf()];
	const later = {...first, history: []};
	t.deepEqual(replaceScan([first, second], later).map(each => each === later), [true, false]);
});
