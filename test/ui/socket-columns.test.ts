import fc from 'fast-check';
import test from 'ava';
import {socketFactsOf} from '../../source/local/socket-facts.ts';
import type {LocalSocket} from '../../source/local/local-socket.ts';
import {cellsOfOwnerless, cellsOfProcess, cellsOfSocket, leadWidth, socketColumns} from '../../source/ui/socket-columns.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';
import {foundConnection, readingAt, usualReading, webServer} from '../helpers/local-readings.ts';
import {foundSocket, processOf} from '../helpers/local-sockets.ts';

/** The inside of a pane as wide as terminals are. */
const sets: ReadonlyArray<readonly [width: number, isWithConnections: boolean, isGrouped: boolean, ids: string]> = [
	[58, false, false, 'port via reach process pid'],
	[78, false, false, 'port over reach process pid usual risk'],
	[110, false, false, 'port over reach process pid user address usual risk'],
	[158, false, false, 'port over reach process pid user address usual risk command'],
	[58, true, false, 'port via reach peer'],
	[58, true, true, 'port via reach process pid'],
	[78, true, false, 'port over reach process peer'],
	[78, true, true, 'port over reach process peer'],
	[110, true, false, 'port over reach process pid user peer'],
	[158, true, false, 'port over reach process pid user peer usual risk command'],
];

for (const [width, isWithConnections, isGrouped, ids] of sets) {
	test(`${width} columns${isWithConnections ? ', with connections' : ''}${isGrouped ? ', grouped' : ''}: ${ids}`, t => {
		t.is(socketColumns(width, isWithConnections, isGrouped).map(({id}) => id).join(' '), ids);
	});
}

test('columns and the blanks between them never take more than there is', t => {
	fc.assert(fc.property(fc.integer({min: 58, max: 400}), fc.boolean(), fc.boolean(), (width, isWithConnections, isGrouped) => {
		const columns = socketColumns(width, isWithConnections, isGrouped);
		t.true(leadWidth + columns.reduce((sum, column) => sum + column.width, 0) + columns.length - 1 <= width);
	}));
});

const registry = createFakeRegistry();
const [first] = usualReading().sockets;

const textsOf = (socket: LocalSocket, depth = 0): string =>
	Object.values(cellsOfSocket(socket, {depth, facts: undefined, side: null, isReadByRoot: false}).texts).filter(text => text !== '').join(' | ');

test('a socket says its port, who can reach it and who has it, and of several owners how many', t => {
	t.is(textsOf(first!), '3000 | tcp | tcp4 | every interface | node +1 | 812 | alice | 0.0.0.0 | 0.0.0.0 | node server.js');
});

test('below its process a socket does not say the process again', t => {
	t.is(textsOf(first!, 2), '3000 | tcp | tcp4 | every interface |  └ held by 2 | 0.0.0.0 | 0.0.0.0');
});

test('a hidden owner and none are told apart, and the user is told where the system does', t => {
	const [hidden] = readingAt(0, [foundSocket(22)], [], false).sockets;
	const [orphan] = readingAt(0, [foundSocket(22)]).sockets;
	t.regex(textsOf(hidden!), /owner hidden: run with sudo \| alice/);
	t.regex(textsOf(orphan!), /no process \| alice/);
	t.is(cellsOfOwnerless('hidden', false).texts.process, 'owner hidden: run with sudo');
	t.is(cellsOfOwnerless('hidden', true).texts.process, 'owner hidden');
});

test('of a connection the state, the peer and who called', t => {
	const [connection] = readingAt(0, [foundConnection(41_000, 443)]).sockets;
	const peerOf = (side: 'local' | 'peer'): string => cellsOfSocket(connection!, {depth: 0, facts: undefined, side, isReadByRoot: false}).texts.peer;
	t.is(cellsOfSocket(connection!, {depth: 0, facts: undefined, side: null, isReadByRoot: false}).texts.reach, 'established');
	t.deepEqual([peerOf('local'), peerOf('peer')], ['→ 192.0.2.7:443', '← 192.0.2.7:443']);
});

test('what only the port\'s number says is marked as a guess', t => {
	const [guessed, named] = readingAt(0, [foundSocket(5432, {ownerPids: [812]}), foundSocket(5432, {ownerPids: [900], handle: 'other', address: '::1', family: 6})], [webServer, processOf(900, {name: 'postgres'})]).sockets
		.map(socket => cellsOfSocket(socket, {depth: 0, facts: socketFactsOf(registry.lookup(socket.port), socket), side: null, isReadByRoot: false}).texts.usual);
	t.is(guessed, 'postgresql?');
	t.is(named, 'postgresql');
});

test('names, commands and users from outside are made visible', t => {
	const process = processOf(9, {name: 'a\u001B[2J', commandLine: ['b\u202E', 'c\n'], user: 'd\u0007'});
	const {texts} = cellsOfProcess(process, 3);
	t.deepEqual([texts.process, texts.command, texts.user], ['   a\\x1b[2J', 'b\\u202e c\\x0a', 'd\\x07']);
});
