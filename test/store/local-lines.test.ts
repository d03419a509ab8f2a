import test from 'ava';
import {linesOfSockets} from '../../source/store/local-lines.ts';
import {withSnapshot} from '../../source/store/local-freshness.ts';
import {initialLocal, type LocalState} from '../../source/store/local-state.ts';
import {textField} from '../../source/store/text-field.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';
import {readingAt, usualReading} from '../helpers/local-readings.ts';
import {foundSocket, processOf} from '../helpers/local-sockets.ts';

const registry = createFakeRegistry();
const usual = withSnapshot(initialLocal, usualReading());

/** Each line as text: indented, a process by its PID in brackets. */
const drawn = (local: LocalState): readonly string[] => linesOfSockets(local, registry).map(line => {
	const text = line.kind === 'socket' ? `${line.row.socket.port}/${line.row.socket.transport}` : line.kind === 'process' ? `[${line.process.pid}]` : `[${line.ownership}]`;
	return ' '.repeat(line.depth) + text;
});

const drawings: ReadonlyArray<readonly [situation: string, local: Partial<LocalState>, lines: readonly string[]]> = [
	['flat', {}, ['3000/tcp', '3001/tcp', '5353/udp', '5432/tcp', '5432/tcp']],
	['with connections', {isWithConnections: true}, ['3000/tcp', '3000/tcp', '3001/tcp', '5353/udp', '5432/tcp', '5432/tcp', '41000/tcp', '41001/tcp']],
	['filtered', {filter: {query: textField('5432'), isTyping: false}}, ['5432/tcp', '5432/tcp']],
	['by process: of several owners the parent', {grouping: 'process'}, ['[812]', ' 3000/tcp', ' 3001/tcp', '[none]', ' 5353/udp', '[900]', ' 5432/tcp', ' 5432/tcp']],
	['as a tree of parents', {grouping: 'tree'}, ['[1]', ' [700]', '  [812]', '   3000/tcp', '   3001/tcp', ' [900]', '  5432/tcp', '  5432/tcp', '[none]', ' 5353/udp']],
	['as a tree, filtered: only the branches that lead to something', {grouping: 'tree', filter: {query: textField('postgres'), isTyping: false}}, ['[1]', ' [900]', '  5432/tcp', '  5432/tcp']],
	['as a tree, reversed', {grouping: 'tree', isReversed: true}, ['[1]', ' [900]', '  5432/tcp', '  5432/tcp', ' [700]', '  [812]', '   3001/tcp', '   3000/tcp', '[none]', ' 5353/udp']],
];

for (const [situation, changes, lines] of drawings) {
	test(`drawn: ${situation}`, t => {
		t.deepEqual(drawn({...usual, ...changes}), lines);
	});
}

test('a process that holds sockets and has children with some comes before them', t => {
	const parent = processOf(10, {parentPid: 0});
	const child = processOf(11, {parentPid: 10});
	const local = withSnapshot(initialLocal, readingAt(0, [foundSocket(80, {ownerPids: [11]}), foundSocket(90, {ownerPids: [10]})], [parent, child]));
	t.deepEqual(drawn({...local, grouping: 'tree'}), ['[10]', ' 90/tcp', ' [11]', '  80/tcp']);
});

test('a ring of parents, which a PID used again can make, ends', t => {
	const ring = [processOf(10, {parentPid: 11}), processOf(11, {parentPid: 10})];
	const local = withSnapshot(initialLocal, readingAt(0, [foundSocket(80, {ownerPids: [10]})], ring));
	t.is(drawn({...local, grouping: 'tree'}).at(-1)!.trim(), '80/tcp');
});

test('every line has an id of its own', t => {
	for (const grouping of ['flat', 'process', 'tree'] as const) {
		const ids = linesOfSockets({...usual, grouping, isWithConnections: true}, registry).map(({id}) => id);
		t.is(new Set(ids).size, ids.length);
	}
});

test('the list is the same one as long as nothing of it changes', t => {
	t.is(linesOfSockets(usual, registry), linesOfSockets({...usual}, registry));
	t.not(linesOfSockets(usual, registry), linesOfSockets({...usual, isReversed: true}, registry));
});
