import fc from 'fast-check';
import test from 'ava';
import {toPort} from '../../source/port/port.ts';
import {createFindingFilter} from '../../source/store/filter-findings.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';
import {scanRecord, verdicts} from '../helpers/scan-events.ts';

const registry = createFakeRegistry();
const ports = {22: verdicts.open, 80: verdicts.closed, 220: verdicts.filtered, 443: verdicts.unknown, 5432: verdicts.open, 6000: verdicts.unreachable} as const;
const record = scanRecord({probed: [ports], hosts: [{target: 'box.example', address: '192.0.2.7'}]});
const [host] = record.hosts;

const found = (query: string): string => {
	const {states, ports: extra, matches} = createFindingFilter(query, registry, reason => reason === 'EMFILE');
	return [...new Set([...host!.verdicts.portsIn(states), ...extra])].filter(port => {
		const verdict = host!.verdicts.get(port);
		return verdict !== undefined && matches(host!, port, verdict);
	}).join(' ');
};

const filters: ReadonlyArray<readonly [query: string, ports: string]> = [
	['', '22 5432'],
	['open', '22 5432'],
	['closed', '80'],
	['FILTERED', '220 6000'],
	['unknown', '443'],
	['no-answer', '220'],
	['net-unreachable', '6000'],
	['refused', '80'],
	['emfile', '443'],
	['open closed', '22 80 5432'],
	['open no-answer !22', '5432'],
	['closed filtered unknown', '80 220 443 6000'],
	['closed postgres', ''],
	['filtered !no-answer', '6000'],
	['22', '22'],
	['80', '80'],
	['443', '443'],
	['22 filtered', '220'],
	['192.0.2.7', '22 5432'],
	['box.example', '22 5432'],
	['!ssh', '5432'],
	['postgres', '5432'],
	['no such thing', ''],
	['!', '22 5432'],
];

for (const [query, expected] of filters) {
	test(`${JSON.stringify(query)} finds ${expected === '' ? 'nothing' : expected}`, t => {
		t.is(found(query), expected);
	});
}

test('the risk of an open port is found, once there is a registry', t => {
	const matches = (query: string, known = true): boolean => createFindingFilter(query, known ? registry : undefined).matches(host!, toPort(5432), verdicts.open);
	const {exposure} = registry.lookup(toPort(5432));
	t.is(matches(`risk:${exposure[0]?.severity ?? 'none'}`), exposure.length > 0);
	t.false(matches('risk:', false));
});

test('an error code that no port has is a word like others: it lists no unknown ports', t => {
	t.deepEqual(createFindingFilter('echo', registry).states, ['open']);
});

test('whatever is typed, it answers, and a word and its exclusion share the ports out', t => {
	fc.assert(fc.property(fc.string().filter(text => !/\s/.test(text) && text !== '' && !text.startsWith('!')), text => {
		const [has, lacks] = [text, `!${text}`].map(query => createFindingFilter(query, registry).matches(host!, toPort(22), verdicts.open));
		t.not(has, lacks);
	}));
});
