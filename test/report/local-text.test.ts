import test from 'ava';
import stringWidth from 'string-width';
import {formatEnd, isWaiting} from '../../source/local/local-socket.ts';
import {toPort} from '../../source/port/port.ts';
import {localDocument} from '../../source/report/local-json.ts';
import {formatLocalCsv, formatLocalList, formatLocalMarkdown} from '../../source/report/local-table.ts';
import {formatLocalText, formatSocketEventText, hiddenHint} from '../../source/report/local-text.ts';
import {createViewer, isSelected} from '../../source/report/local-view.ts';
import type {Exposure} from '../../source/registry/registry.ts';
import {createFakeRegistry, wellKnownPorts} from '../helpers/fake-registry.ts';
import {foundSocket, processOf, snapshotOf} from '../helpers/local-sockets.ts';

const exposure: Exposure = {
	service: 'PostgreSQL', transports: ['tcp'], encrypted: 'either', concern: 'guessing', safer: 'TLS',
	severity: {internet: 'high', lan: 'medium', loopback: 'info'}, references: '', knownExploited: [], basis: 'own judgement', confidence: 'high', source: '',
};
const registry = createFakeRegistry({...wellKnownPorts, 5432: {...wellKnownPorts[5432]!, exposure: [exposure]}});

const id = '3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a';

const snapshot = snapshotOf([
	foundSocket(22, {address: '0.0.0.0', ownerPids: [812], handle: 'a'}),
	foundSocket(22, {family: 6, address: '::', ownerPids: [812], handle: 'b'}),
	foundSocket(5432, {address: '192.168.1.5', user: 'root'}),
	foundSocket(5432, {ownerPids: [20, 21]}),
	foundSocket(5353, {transport: 'udp', state: 'bound', address: '0.0.0.0', ownerPids: [30]}),
	foundSocket(22, {state: 'established', peer: {address: '192.0.2.1', port: toPort(50_000)}, ownerPids: [812]}),
	foundSocket(40_000, {state: 'time-wait', peer: {address: '::1', port: toPort(22)}, family: 6, address: '::1', isOrphan: true}),
], [
	processOf(812, {name: 'sshd', commandLine: ['sshd: /usr/sbin/sshd', '-D'], user: 'root', unit: {name: 'ssh.service', manager: 'system'}}),
	processOf(20, {name: 'postgres', commandLine: ['postgres']}),
	processOf(21, {name: 'postgres', parentPid: 20}),
	processOf(30, {name: '\u001B[31mbad\u202E\nname', commandLine: ['x', 'a b,"c"|d'], container: {runtime: 'docker', id, pod: null}, isExecutableDeleted: true}),
], false);

const view = createViewer(snapshot, registry);
const views = snapshot.sockets.map(socket => view(socket));
const waiting = views.filter(({socket}) => isWaiting(socket));

test('what listens, as a wide terminal shows it', t => {
	t.is(formatLocalText(views, {width: undefined, hasWaiting: true, hasConnections: true}), [
		'PORT  OVER  REACHED FROM       PROCESS                 PID  USER   USUALLY      RISK     UNIT                 ADDRESS      STARTED            COMMAND                                         CONCERN',
		'  22  tcp   every interface    sshd                    812  root   ssh                   ssh.service          0.0.0.0, ::  2026-01-31 12:00Z  sshd: /usr/sbin/sshd -D',
		'5353  udp   every interface    \\x1b[31mbad\\u202e\\x…     30  alice                        docker 3f2a1b0c9d8e  0.0.0.0      2026-01-31 12:00Z  x a b,"c"|d (its file was replaced or deleted)',
		'5432  tcp   this machine only  postgres              20 +1  alice  postgresql   info                          127.0.0.1    2026-01-31 12:00Z  postgres                                        guessing',
		'5432  tcp   private network    owner hidden                 root   postgresql?  medium?                       192.168.1.5                                                                     guessing?',
		'',
		'5 sockets listen or are bound; 4 at an address other machines may reach, if nothing in between filters.',
		'A ? marks a guess from the port\'s number; without it the process\'s name agrees.',
		'',
		'OVER  THIS END      PEER             STATE        EPHEMERAL  PROCESS  PID  USER  COMMAND',
		'tcp   127.0.0.1:22  192.0.2.1:50000  established  peer       sshd     812  root  sshd: /usr/sbin/sshd -D',
		'tcp   [::1]:40000   [::1]:22         time wait    this end',
		'',
		'2 connections. The ephemeral port is taken for this end\'s unless something here listens on this end\'s port.',
		'',
	].join('\n'));
});

for (const width of [80, 100, 120, 160]) {
	test(`no line of the table is wider than ${width} columns, and the essential ones are there`, t => {
		const [header, ...lines] = formatLocalText(views, {width, hasWaiting: true, hasConnections: false}).split('\n\n')[0]!.split('\n');
		t.regex(header!, /PORT +OVER +REACHED FROM +PROCESS +PID +USER +USUALLY +RISK/);
		for (const line of [header!, ...lines]) {
			t.true(stringWidth(line) <= width, line);
			t.is(line, line.trimEnd());
		}
	});
}

test('nothing is told as nothing', t => {
	t.is(formatLocalText([], {width: 80, hasWaiting: true, hasConnections: true}), 'Nothing listens on this machine.\n\nThere are no connections.\n');
});

test('hidden owners are told, and sockets that are left out', t => {
	t.is(hiddenHint(snapshot), '1 socket has a hidden owner: run with sudo to see whose process it is.');
	t.is(hiddenHint({...snapshot, isReadByRoot: true}), '1 socket has a hidden owner: the system shows that process to nobody in here, not even to root.');
	t.is(hiddenHint({...snapshot, hiddenCount: 0, leavesOutOthers: true}), 'Sockets of other users are left out: run with sudo to see them.');
	t.is(hiddenHint({...snapshot, hiddenCount: 0}), undefined);
});

test('the document has the shape that is promised', t => {
	const document = localDocument(snapshot, waiting) as {readonly sockets: ReadonlyArray<Record<string, unknown>>};
	t.like(document, {portui: 1, kind: 'local', takenAt: '2026-01-31T12:00:05.000Z', source: 'proc', hiddenOwners: 1, leavesOutOthers: false});
	t.like(document.sockets[0], {
		transport: 'tcp', family: 4, state: 'listening', address: '0.0.0.0', port: 22, scope: 'every-interface', pid: 812, process: 'sshd', command: 'sshd: /usr/sbin/sshd -D', user: 'root',
		startedAt: '2026-01-31T12:00:00.000Z', unit: {name: 'ssh.service', manager: 'system'}, container: null, ownership: 'known', peer: null, ephemeralSide: null, registry: {name: 'ssh', description: 'Secure Shell'}, exposure: null,
	});
	const hidden = document.sockets.find(({ownership}) => ownership === 'hidden');
	t.like(hidden, {pid: null, process: null, command: null, startedAt: null, user: 'root', owners: [], exposure: {severity: 'medium', from: 'lan', basis: 'port-number', service: 'PostgreSQL', concern: 'guessing', safer: 'TLS'}});
	const connection = (localDocument(snapshot, views) as {readonly sockets: ReadonlyArray<Record<string, unknown>>}).sockets.find(({state}) => state === 'established');
	t.like(connection, {peer: {address: '192.0.2.1', port: 50_000}, ephemeralSide: 'peer', registry: null, exposure: null});
});

test('csv quotes what it must, and lets no control character through', t => {
	const text = formatLocalCsv(views);
	t.is(text.split('\r\n').length, views.length + 2);
	t.true(text.includes('"x a b,""c""|d"'));
	t.true(text.includes('\\x1b[31mbad\\u202e\\x0aname'));
	t.notRegex(text.replaceAll('\r\n', ''), /[\u0000-\u001F\u202E]/);
});

test('markdown shows outside text as it is', t => {
	const text = formatLocalMarkdown(views);
	t.is(text.split('\n').length, views.length + 3);
	t.true(text.includes('\\\\x1b\\[31mbad'));
	t.true(text.split('\n').slice(0, -1).every(line => line.startsWith('| ') && line.endsWith(' |')));
});

test('a list has each end once', t => {
	t.is(formatLocalList([...waiting, ...waiting]), waiting.map(({socket}) => `${formatEnd(socket)}\n`).join(''));
	t.true(formatLocalList(waiting).includes('[::]:22\n'));
});

test('events are a line each', t => {
	const line = (event: 'present' | 'opened' | 'closed', index: number) => formatSocketEventText(event, views[index]!, '12:00:05');
	t.is(line('opened', views.findIndex(({socket}) => socket.port === 5432 && socket.scope === 'loopback')), '12:00:05  opened   5432       127.0.0.1:5432 (this machine only)  postgres (PID 20, `postgres`) and 1 more\n');
	t.is(line('closed', views.findIndex(({socket}) => socket.ownership === 'hidden')), '12:00:05  closed   5432       192.168.1.5:5432 (private network)  owner hidden: run with sudo\n');
	t.is(line('present', views.findIndex(({socket}) => socket.state === 'time-wait')), '12:00:05  present  40000      [::1]:40000 with [::1]:22  no process\n');
});

test('a selection holds what was asked for', t => {
	const counts = (['listening', 'connections', 'all'] as const).map(selection => snapshot.sockets.filter(socket => isSelected(socket, selection)).length);
	t.deepEqual(counts, [5, 2, 7]);
});
