import fc from 'fast-check';
import test from 'ava';
import {interval} from '../../../source/port/port-range.ts';
import {toPort, type Port} from '../../../source/port/port.ts';
import {loadRegistry} from '../../../source/registry/load-registry.ts';
import type {MapColoring} from '../../../source/store/map-coloring.ts';
import {widthOf} from '../../../source/ui/fit-text.ts';
import {describeCell} from '../../../source/ui/map/describe-cell.ts';
import type {MapFacts} from '../../../source/ui/map/kinds-of-ports.ts';
import {createFakeRegistry} from '../../helpers/fake-registry.ts';
import {scanRecord, verdicts} from '../../helpers/scan-events.ts';

const listening: ReadonlySet<Port> = new Set();
const record = scanRecord({probed: [{8080: verdicts.open, 8081: verdicts.closed, 8082: verdicts.closed, 5432: verdicts.open}]});
const registry = createFakeRegistry();
const bare: MapFacts = {registry, record: undefined, results: undefined, listening};

const said = (facts: MapFacts, coloring: MapColoring, first: number, last: number, port: number, width = 200): string =>
	describeCell(interval(first, last), toPort(port), coloring, facts, width).map(({text}) => text).join('').trimEnd();

const sentences: ReadonlyArray<readonly [situation: string, line: string, expected: string]> = [
	['the port in hand, the cell, its counts, the other names', said(bare, 'assignment', 0, 99, 22), ' 22 ssh  0–99: 2 assigned, 98 unassigned  80 http'],
	['a port that nobody registered', said(bare, 'assignment', 0, 99, 5), ' 5  0–99: 2 assigned, 98 unassigned  22 ssh, 80 http'],
	['a cell of one port', said(bare, 'assignment', 80, 80, 80), ' 80 http  assigned'],
	['what is open, whatever the colours', said({...bare, record}, 'assignment', 8080, 8089, 8080), ' 8080 http  8080–8089: 1 assigned, 9 unassigned, 1 open'],
	['what the scan saw', said({...bare, record}, 'scan', 8070, 8089, 8080), ' 8080 http  8070–8089: 1 open, 2 closed, 17 no verdict'],
	['the open ports beside the one in hand', said({...bare, record}, 'scan', 8070, 8089, 8070), ' 8070  8070–8089: 1 open, 2 closed, 17 no verdict  8080 http'],
	['what was found', said({...bare, results: [toPort(443), toPort(80)]}, 'found', 0, 499, 80), ' 80 http  0–499: 2 found, 498 other  443 https'],
	['without a registry there are no names', said({...bare, registry: undefined, record}, 'scan', 8070, 8089, 8080), ' 8080  8070–8089: 1 open, 2 closed, 17 no verdict'],
	['nothing before the registry is there', said({...bare, registry: undefined}, 'assignment', 0, 99, 22), ''],
];

for (const [situation, line, expected] of sentences) {
	test(`says: ${situation}`, t => {
		t.is(line, expected);
	});
}

test('whatever the width, the line fits it and the port in hand is cut last', async t => {
	const real = {...bare, registry: await loadRegistry(), record};
	fc.assert(fc.property(fc.integer({min: 0, max: 65_436}), fc.integer({min: 0, max: 140}), fc.constantFrom<MapColoring>('assignment', 'range', 'exposure', 'scan'), (first, width, coloring) => {
		const line = describeCell(interval(first, first + 99), toPort(first + 7), coloring, real, width).map(({text}) => text).join('');
		t.true(widthOf(line) <= width);
		if (width > 6) {
			t.regex(line, new RegExp(`^ ${first + 7}`));
		}
	}));
});
