import test from 'ava';
import type {LocalSnapshot} from '../../source/local/local-socket.ts';
import {toPort} from '../../source/port/port.ts';
import type {Action} from '../../source/store/action.ts';
import {lineInHand, listeningPortsOf, localLinesOf, serviceInHand} from '../../source/store/local-selectors.ts';
import {reduce} from '../../source/store/reduce.ts';
import {initialState, type State} from '../../source/store/state.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';
import {foundConnection, readingAt, systemd, usualReading, usualSockets} from '../helpers/local-readings.ts';
import {foundSocket} from '../helpers/local-sockets.ts';

const after = (state: State, ...actions: readonly Action[]): State => actions.reduce((each, action) => reduce(each, action), state);
const read = (snapshot: LocalSnapshot): Action => ({type: 'localRead', snapshot});
const typed = (text: string): readonly Action[] => [...text].map(digit => ({type: 'typeDigit', digit} as const));
const looked = (text: string): Action => ({type: 'editFind', edit: {kind: 'insert', text}});

const start = after(initialState({columns: 80, rows: 24}), {type: 'registryLoaded', registry: createFakeRegistry()}, {type: 'showView', view: 'local'});
const shown = after(start, read(usualReading()));

/** The line in hand: a port, or a process by its PID in brackets. */
const inHand = (state: State): string => {
	const line = lineInHand(state);
	return line === undefined ? 'nothing' : line.kind === 'socket' ? `${line.row.socket.port}/${line.row.socket.family}` : line.kind === 'process' ? `[${line.process.pid}]` : `[${line.ownership}]`;
};

const moves: ReadonlyArray<readonly [situation: string, actions: readonly Action[], inHand: string]> = [
	['at first the first', [], '3000/4'],
	['a line down', [{type: 'move', by: 1}], '3001/4'],
	['to the last, and no further', [{type: 'move', by: Number.MAX_SAFE_INTEGER}, {type: 'move', by: 1}], '5432/6'],
	['back to the first, and no further', [{type: 'move', by: 3}, {type: 'move', by: -Number.MAX_SAFE_INTEGER}], '3000/4'],
	['digits and Enter', [...typed('5432'), {type: 'jump'}], '5432/4'],
	['digits of a port that nothing listens on', [{type: 'move', by: 1}, ...typed('9'), {type: 'jump'}], '3001/4'],
	['a filter that leaves the line in hand', [{type: 'move', by: 1}, {type: 'startFind'}, looked('node')], '3001/4'],
	['a filter that takes the line in hand away', [{type: 'move', by: 1}, {type: 'startFind'}, looked('postgres')], '5432/4'],
	['a jump to what the filter hides', [{type: 'startFind'}, looked('postgres'), {type: 'acceptFind'}, ...typed('3001'), {type: 'jump'}], '3001/4'],
	['sorted anew, the socket stays in hand', [{type: 'move', by: 1}, {type: 'sortSockets'}], '3001/4'],
	['reversed, the socket stays in hand', [{type: 'move', by: 1}, {type: 'reverseSockets'}], '3001/4'],
	['grouped, the socket stays in hand', [{type: 'move', by: 1}, {type: 'groupSockets'}], '3001/4'],
	['grouped, up to its process', [{type: 'move', by: 0}, {type: 'groupSockets'}, {type: 'move', by: -1}], '[812]'],
	['from a process that is grouped no more to its first socket', [{type: 'groupSockets'}, {type: 'move', by: -1}, {type: 'groupSockets'}, {type: 'groupSockets'}], '3000/4'],
	['with connections beside it, the socket stays in hand', [{type: 'move', by: 1}, {type: 'toggleConnections'}], '3001/4'],
];

for (const [situation, actions, expected] of moves) {
	test(`in hand: ${situation}`, t => {
		t.is(inHand(after(shown, ...actions)), expected);
	});
}

test('the line in hand stays in hand when rows come and go around it', t => {
	const moved = after(shown, {type: 'move', by: 1});
	t.is(inHand(after(moved, read(usualReading(2, [foundSocket(22), ...usualSockets])))), '3001/4');
	t.is(inHand(after(moved, read(usualReading(2, usualSockets.slice(1))), read(usualReading(9, usualSockets.slice(1))))), '3001/4');
});

test('the first line in hand stays in hand when another comes before it, so x never takes another', t => {
	t.is(inHand(after(shown, read(usualReading(2, [foundSocket(22), ...usualSockets])))), '3000/4');
});

test('when the line in hand has faded, the one in its place is in hand', t => {
	const moved = after(shown, {type: 'move', by: 1});
	const without = usualSockets.filter(({port, state}) => port !== toPort(3001) || state !== 'listening');
	const gone = after(moved, read(usualReading(2, without)));
	t.is(inHand(gone), '3001/4', 'it is still to be seen');
	t.is(inHand(after(gone, read(usualReading(20, without)))), '5353/4');
});

test('a port that nothing listens on is told, and the digits are done with', t => {
	const state = after(shown, ...typed('4000'), {type: 'jump'});
	t.is(state.jump, '');
	t.deepEqual(state.message, {text: 'Nothing listens on 4000 here.', tone: 'problem'});
});

test('before the first reading it is not said that nothing listens', t => {
	t.regex(after(start, ...typed('4000'), {type: 'jump'}).message!.text, /not been read/);
});

test('a port out of range is told, and the digits stay', t => {
	const state = after(shown, ...typed('70000'), {type: 'jump'});
	t.is(state.jump, '70000');
	t.regex(state.message!.text, /out of range/);
});

test('whoever comes from a port that listens here finds it in hand', t => {
	const explored = after(shown, {type: 'showView', view: 'explore'}, {type: 'selectPort', port: toPort(5432)}, {type: 'showView', view: 'local'});
	t.is(inHand(explored), '5432/4');
	const elsewhere = after(explored, {type: 'showView', view: 'explore'}, {type: 'selectPort', port: toPort(9)}, {type: 'showView', view: 'local'});
	t.is(inHand(elsewhere), '5432/4', 'else what was in hand before');
});

test('a port that was in hand before the first reading is in hand after it', t => {
	const asked = after(initialState({columns: 80, rows: 24}), {type: 'selectPort', port: toPort(5432)}, {type: 'showView', view: 'local'}, read(usualReading()));
	t.is(inHand(asked), '5432/4');
});

test('Enter goes to what is known of the line, arrows scroll it, Esc leads back and then to Explore', t => {
	const opened = after(shown, {type: 'open'});
	t.is(opened.focus, 'socket');
	const scrolled = after(opened, {type: 'move', by: 2});
	t.is(scrolled.local.top, 2);
	t.is(inHand(scrolled), '3000/4');
	t.is(after(scrolled, {type: 'overflowMeasured', of: 'socket', lines: 1}).local.top, 1);
	const back = after(scrolled, {type: 'back'});
	t.is(back.focus, 'sockets');
	t.is(after(back, {type: 'back'}).view, 'explore');
});

test('another line is shown from its beginning', t => {
	t.is(after(shown, {type: 'open'}, {type: 'move', by: 2}, {type: 'back'}, {type: 'move', by: 1}).local.top, 0);
});

test('Esc takes a filter away before it leaves the view, and never the one of Explore', t => {
	const found = after(shown, {type: 'showView', view: 'explore'}, {type: 'startFind'}, looked('http'), {type: 'acceptFind'}, {type: 'showView', view: 'local'}, {type: 'startFind'}, looked('node'), {type: 'acceptFind'});
	t.is(found.local.filter.query.text, 'node');
	const once = after(found, {type: 'back'});
	t.is(once.local.filter.query.text, '');
	t.is(once.view, 'local');
	const twice = after(once, {type: 'back'});
	t.is(twice.view, 'explore');
	t.is(twice.find.query.text, 'http');
});

test('an empty filter is none, and a view that is left stops the typing', t => {
	t.like(after(shown, {type: 'startFind'}, looked('  '), {type: 'acceptFind'}).local.filter, {isTyping: false, query: {text: ''}});
	t.like(after(shown, {type: 'startFind'}, looked('node'), {type: 'showView', view: 'map'}).local.filter, {isTyping: false, query: {text: 'node'}});
});

test('p goes to the port of the service in Explore: of an outgoing connection to the peer\'s', t => {
	const connections = after(shown, {type: 'toggleConnections'});
	const explored = after(connections, {type: 'exploreSocket'});
	t.like(explored, {view: 'explore', focus: 'ports', port: toPort(3000)});
	const outgoing = after(connections, {type: 'startFind'}, looked('41000'), {type: 'acceptFind'});
	t.is(after(outgoing, {type: 'exploreSocket'}).port as number, 5432);
	const incoming = after(connections, {type: 'startFind'}, looked('50001'), {type: 'acceptFind'});
	t.is(after(incoming, {type: 'exploreSocket'}).port as number, 3000);
	t.is(after(start, {type: 'exploreSocket'}).view, 'local', 'nothing is in hand');
});

const targets: ReadonlyArray<readonly [situation: string, found: ReturnType<typeof foundSocket>, target: string, ports: string]> = [
	['every IPv4 interface', foundSocket(80, {address: '0.0.0.0'}), '127.0.0.1', '80'],
	['every interface', foundSocket(80, {address: '::', family: 6}), '::1', '80'],
	['one address', foundSocket(80, {address: '192.168.1.5'}), '192.168.1.5', '80'],
	['a connection that goes out', foundConnection(41_000, 443), '192.0.2.7', '443'],
];

for (const [situation, found, target, ports] of targets) {
	test(`s offers to scan ${target} for a socket at ${situation}`, t => {
		const {form, view} = after(start, read(readingAt(0, [found])), {type: 'toggleConnections'}, {type: 'openForm'});
		t.like(form, {target: {text: target}, ports: {text: ports}});
		t.is(view, 'explore', 'where the form is');
	});
}

test('s says of a UDP socket that a scan is TCP', t => {
	const state = after(shown, {type: 'startFind'}, looked('udp'), {type: 'acceptFind'}, {type: 'openForm'});
	t.is(state.form, undefined);
	t.regex(state.message!.text, /UDP/);
});

test('a failed reading is told and leaves what was read', t => {
	const failed = after(shown, {type: 'localFailed', message: 'No /proc here.'});
	t.deepEqual(failed.local.reading, {kind: 'failed', message: 'No /proc here.'});
	t.is(localLinesOf(failed), localLinesOf(shown));
});

test('ports that listen here are known to every view', t => {
	t.deepEqual([...listeningPortsOf(shown)].map(Number), [3000, 3001, 5432]);
	t.deepEqual([...listeningPortsOf(start)], []);
});

test('of a process the service in hand is the first that it listens with', t => {
	const grouped = after(shown, {type: 'groupSockets'}, {type: 'move', by: -1});
	t.like(serviceInHand(grouped), {port: toPort(3000), address: '0.0.0.0'});
	const tree = after(shown, {type: 'groupSockets'}, {type: 'groupSockets'}, {type: 'move', by: -Number.MAX_SAFE_INTEGER});
	t.is(inHand(tree), `[${systemd.pid}]`);
	t.is(serviceInHand(tree), undefined);
});

test('n and N go from row to row', t => {
	t.is(inHand(after(shown, {type: 'moveMatch', step: 1})), '3001/4');
	t.is(inHand(after(shown, {type: 'moveMatch', step: 1}, {type: 'moveMatch', step: -1})), '3000/4');
});

test('← and → leave the port of Explore alone', t => {
	t.is(after(shown, {type: 'unfold'}, {type: 'fold'}), shown);
});
