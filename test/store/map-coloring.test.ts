import test from 'ava';
import {toPort} from '../../source/port/port.ts';
import {coloringOf, coloringsOnOffer, mapColorings} from '../../source/store/map-coloring.ts';
import {cycleColoring} from '../../source/store/reduce-map.ts';
import {initialState, type State} from '../../source/store/state.ts';
import {scanRecord, verdicts} from '../helpers/scan-events.ts';

const start = initialState({columns: 80, rows: 24});
const found: State = {...start, find: {...start.find, results: [toPort(80)]}};
const scanned: State = {...start, scan: {request: {targets: ['localhost'], ports: '22'}, record: scanRecord({probed: [{22: verdicts.open}]}), history: []}};

test('the map shows what is news, unless something else was chosen', t => {
	t.is(coloringOf(start), 'assignment');
	t.is(coloringOf(found), 'found');
	t.is(coloringOf(scanned), 'scan');
	t.is(coloringOf({...scanned, find: found.find}), 'scan');
	for (const chosen of mapColorings) {
		t.is(coloringOf({...scanned, find: found.find, map: {chosen}}), chosen);
	}
});

test('what was found is offered while something is looked for, and given up after', t => {
	t.true(coloringsOnOffer(found).includes('found'));
	t.false(coloringsOnOffer(start).includes('found'));
	t.is(coloringOf({...start, map: {chosen: 'found'}}), 'assignment');
});

test('a round leads through all that is offered, in both directions', t => {
	for (const step of [1, -1] as const) {
		let state = found;
		const seen = new Set<string>();
		while (seen.size < mapColorings.length && !seen.has(coloringOf(cycleColoring(state, step)))) {
			state = cycleColoring(state, step);
			seen.add(coloringOf(state));
		}

		t.deepEqual([...seen].sort(), [...mapColorings].sort());
		t.is(coloringOf(state), coloringOf(found));
	}
});
