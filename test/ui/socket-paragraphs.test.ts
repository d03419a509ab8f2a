import test from 'ava';
import {withSnapshot} from '../../source/store/local-freshness.ts';
import {linesOfSockets, type LocalLine} from '../../source/store/local-lines.ts';
import {initialLocal, type LocalState} from '../../source/store/local-state.ts';
import {hereParagraphs} from '../../source/ui/here-paragraphs.ts';
import {lineParagraphs} from '../../source/ui/socket-paragraphs.ts';
import {toPort} from '../../source/port/port.ts';
import {createFakeRegistry, wellKnownPorts} from '../helpers/fake-registry.ts';
import {everyone, readingAt, usualReading, webServer} from '../helpers/local-readings.ts';
import {foundSocket} from '../helpers/local-sockets.ts';

const registry = createFakeRegistry({
	...wellKnownPorts,
	3000: {
		name: 'hbci', description: 'HBCI', commonly: [{software: 'Grafana', transports: ['tcp'], category: 'monitoring', note: '', relation: 'other', source: ''}],
		exposure: [{service: 'Grafana', transports: ['tcp'], encrypted: 'cleartext', concern: 'Anyone may log in.', safer: 'TLS', severity: {internet: 'high', lan: 'medium', loopback: 'info'}, references: '', knownExploited: [], basis: '', confidence: 'high', source: ''}],
	},
});
const usual = withSnapshot(initialLocal, usualReading());

const textOf = (local: LocalState, isIt: (line: LocalLine) => boolean): string => {
	const line = linesOfSockets({...local, isWithConnections: true}, registry).find(isIt);
	return lineParagraphs(line, local, registry).map(({text}) => text).join('\n');
};

const isPort = (port: number, peerPort?: number) => (line: LocalLine): boolean => line.kind === 'socket' && line.row.socket.port === toPort(port) && (line.row.socket.peer?.port as number | undefined) === peerPort;

const sayings: ReadonlyArray<readonly [situation: string, text: string, says: readonly RegExp[]]> = [
	['a server', textOf(usual, isPort(3000)), [
		/^node \(PID 812, user alice\) and 1 more listens on 0\.0\.0\.0:3000 \(tcp\)$/m,
		/Every network this machine is in can reach it, unless a firewall stops it/,
		/^node server\.js$/m,
		/Started by bash 700 ← systemd 1\./,
		/Held too by node 813\./,
		/It listens too on 127\.0\.0\.1:3001 \(tcp, this machine only\)\./,
		/Its 2 connections/,
		/127\.0\.0\.1:3000 ← from 192\.0\.2\.7:50001, established/,
		/127\.0\.0\.1:41000 → to 192\.0\.2\.7:5432, established/,
		/What port 3000 is for \(by its number, not observed\)/,
		/hbci: HBCI/,
		/Commonly Grafana \(monitoring\), contradicts IANA/,
		/Risk if it is Grafana, reachable from anywhere: high/,
		/→ TLS/,
	]],
	['a service on loopback', textOf(usual, isPort(5432)), [/Only this machine can reach it/, /runs as postgresql\.service/, /What port 5432 is for \(by its number, and the process has that name\)/]],
	['a UDP socket without a process', textOf(usual, isPort(5353)), [/Something takes datagrams on 0\.0\.0\.0:5353 \(udp\)/, /No process that can be seen from here holds it\. The user root opened it\./]],
	['a connection', textOf(usual, isPort(41_000, 5432)), [/node \(PID 812, user alice\) is connected: 127\.0\.0\.1:41000 to 192\.0\.2\.7:5432 over tcp, established/]],
	['a connection that waits out its time', textOf(usual, isPort(41_001, 443)), [/^A connection from 127\.0\.0\.1:41001/]],
	['a process', textOf({...usual, grouping: 'process'}, line => line.kind === 'process' && line.process.pid === 812), [/^node \(PID 812, user alice\)$/m, /It listens on 0\.0\.0\.0:3000 .*; 127\.0\.0\.1:3001/, /Its 2 connections/]],
	['sockets without a process', textOf({...usual, grouping: 'process'}, line => line.kind === 'ownerless'), [/No process of this machine has these sockets/]],
	['nothing', textOf(usual, () => false), [/stands here/]],
];

for (const [situation, text, says] of sayings) {
	test(`of ${situation} is said what is known`, t => {
		for (const saying of says) {
			t.regex(text, saying);
		}
	});
}

test('of a connection its port tells nothing: it was picked for the occasion', t => {
	t.notRegex(textOf(usual, isPort(41_000, 5432)), /is for/);
});

test('of a socket with a hidden owner is said how to see it', t => {
	const hidden = withSnapshot(initialLocal, readingAt(0, [foundSocket(22)], [], false));
	t.regex(textOf(hidden, isPort(22)), /owner is hidden: sudo portui shows it\. The user alice opened it\./);
	const toRoot = textOf({...hidden, isReadByRoot: true}, isPort(22));
	t.regex(toRoot, /owner is hidden: the system shows it to nobody in here, not even to root\./);
	t.notRegex(toRoot, /sudo/);
});

test('where a listener answered is said, with when that was tried and what it does not tell', t => {
	const found = new Map(usual.rows.filter(({socket}) => socket.port === toPort(3000)).map(({socket: {id}}) => [id, [
		{address: '127.0.0.1', state: 'open', reason: 'connected'},
		{address: '192.0.2.9', state: 'filtered', reason: 'no-answer'},
	] as const]));
	const tried: LocalState = {...usual, reach: {kind: 'tried', at: '2026-01-31T12:00:00.000Z', found}};
	t.regex(textOf(tried, isPort(3000)), /Answers at \(tried \d\d:\d\d:\d\d\): loopback; not 192\.0\.2\.9 \(no answer\)$/m);
	t.regex(textOf(tried, isPort(3000)), /Tried from this machine: a firewall/);
	t.regex(textOf(tried, isPort(3001)), /Not tried from outside at \d\d:\d\d:\d\d: v twice tries again\./);
	t.regex(textOf(tried, isPort(5353)), /Not tried from outside: UDP answers no connect\./);
	t.notRegex(textOf(usual, isPort(3000)), /outside|Answers at/);
});

test('of a socket that is gone is said since when', t => {
	const gone = withSnapshot(usual, readingAt(5, [], everyone));
	t.regex(textOf(gone, isPort(3000)), /^Gone since \d\d:\d\d:\d\d\.$/m);
});

test('a program whose file was replaced is told', t => {
	const stale = withSnapshot(initialLocal, readingAt(0, [foundSocket(80, {ownerPids: [812]})], [{...webServer, isExecutableDeleted: true}]));
	t.regex(textOf(stale, isPort(80)), /deleted or replaced/);
});

test('in Explore: who listens on a port, that nothing does, and nothing at all before the first reading', t => {
	const said = (local: LocalState, port: number): readonly string[] => hereParagraphs(local, toPort(port)).map(({text}) => text);
	t.deepEqual(said(usual, 3000).slice(1), ['● node (PID 812): tcp, every interface (0.0.0.0)']);
	t.regex(said(usual, 41_000)[0]!, /^Nothing listens on it here \(as of/);
	t.deepEqual(said(initialLocal, 3000), []);
	const many = withSnapshot(initialLocal, readingAt(0, Array.from({length: 20}, (_, index) => foundSocket(80, {handle: String(index), ownerPids: [812]})), [webServer]));
	t.is(said(many, 80).at(-1), 'and 12 sockets more');
});
