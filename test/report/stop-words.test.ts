import test from 'ava';
import type {LocalProcess} from '../../source/local/local-socket.ts';
import {planStop, type StopObstacle} from '../../source/local/stop-plan.ts';
import type {StopEvent} from '../../source/local/stop-processes.ts';
import {toPort} from '../../source/port/port.ts';
import {describeObstacle, describeStopEvent, restartAdvice, stopQuestion} from '../../source/report/stop-words.ts';
import {foundSocket, processOf, snapshotOf} from '../helpers/local-sockets.ts';

const node = processOf(812, {name: 'node', commandLine: ['node', 'server.js']});
const port = toPort(3000);
const surroundings = {ownPid: 900, ownAncestors: [], protectedPids: new Set<number>(), mayStopAncestors: false};

test('the question says exactly what will be stopped', t => {
	const snapshot = snapshotOf([foundSocket(3000, {ownerPids: [812]}), foundSocket(3001, {ownerPids: [812]}), foundSocket(53, {transport: 'udp', state: 'bound', ownerPids: [812]})], [node]);
	t.is(stopQuestion(planStop(snapshot, [port], surroundings)), 'Stop node (PID 812, `node server.js`), which listens on 53/udp, 3000 and 3001?');
	const two = snapshotOf([foundSocket(3000, {ownerPids: [812, 813]})], [node, processOf(813)]);
	t.is(stopQuestion(planStop(two, [port], surroundings)), 'Stop these 2 processes?');
});

const obstacles: ReadonlyArray<readonly [obstacle: StopObstacle, sentence: string]> = [
	[{reason: 'hidden', port, user: 'root'}, 'Port 3000 is held by a process of root that is hidden from you: run sudo portui free 3000.'],
	[{reason: 'hidden', port, user: null}, 'Port 3000 is held by a process of another user that is hidden from you: run sudo portui free 3000.'],
	[{reason: 'no-process', port}, 'Port 3000 is held by no process that can be seen from here: the kernel itself, or one in another container.'],
	[{reason: 'itself', port, process: node}, 'Port 3000 is held by portui itself (PID 812).'],
	[{reason: 'ancestor', port, process: node}, 'Port 3000 is held by node (PID 812, `node server.js`), which this portui runs in: give --force to stop it all the same.'],
	[{reason: 'not-permitted', port, process: node}, 'Port 3000 is held by node (PID 812, `node server.js`), owned by alice: run sudo portui free 3000.'],
	[{reason: 'no-birth', port, process: node}, 'Port 3000 is held by node (PID 812, `node server.js`), of which the start is not known: it could be mistaken for another, and is not stopped.'],
	[{reason: 'first-process', port, process: processOf(1, {name: 'systemd', commandLine: null})}, 'Port 3000 is held by systemd (PID 1), which starts all others: it is never stopped. A socket unit of systemd may be behind it: systemctl list-sockets shows them.'],
];

for (const [obstacle, sentence] of obstacles) {
	test(`an obstacle: ${sentence}`, t => {
		t.is(describeObstacle(obstacle, 'portui free 3000'), sentence);
	});
}

const [socket] = snapshotOf([foundSocket(3000, {ownerPids: [812, 813]})], [node, processOf(813)]).sockets;

const events: ReadonlyArray<readonly [event: StopEvent, sentence: string]> = [
	[{kind: 'signalled', signal: 'SIGTERM', process: node}, 'Sent SIGTERM to node (PID 812, `node server.js`).'],
	[{kind: 'not-permitted', process: node}, 'node (PID 812, `node server.js`) may not be stopped by this user: run with sudo.'],
	[{kind: 'ended', process: node}, 'node (PID 812, `node server.js`) has ended.'],
	[{kind: 'still-running', processes: [node]}, 'node (PID 812, `node server.js`) still runs.'],
	[{kind: 'freed', ports: [port], lingering: []}, 'Port 3000 is free.'],
	[{kind: 'freed', ports: [port, toPort(3001)], lingering: [node]}, 'Ports 3000 and 3001 are free. node (PID 812, `node server.js`) has let go of it and still runs.'],
	[{kind: 'taken', ports: [port], sockets: [socket!], isByOthers: false}, 'Port 3000 is still taken: 3000 by node (PID 812, `node server.js`) and 1 more.'],
	[{kind: 'taken', ports: [port], sockets: [socket!], isByOthers: true}, 'Port 3000 is taken again: 3000 by node (PID 812, `node server.js`) and 1 more.'],
	[{kind: 'failed', message: 'No /proc.'}, 'Whether the port is free is not known. No /proc.'],
];

for (const [event, sentence] of events) {
	test(`an event: ${sentence}`, t => {
		t.is(describeStopEvent(event), sentence);
	});
}

const id = 'ab'.repeat(32);
const advice: ReadonlyArray<readonly [title: string, changes: Partial<LocalProcess>, parent: LocalProcess | undefined, expected: readonly string[]]> = [
	['nobody', {}, undefined, []],
	['systemd', {name: 'nginx', unit: {name: 'nginx.service', manager: 'system'}}, processOf(1, {name: 'systemd'}), ['systemd unit nginx.service may start it again: systemctl stop nginx.service']],
	['a user\'s systemd', {parentPid: 700, unit: {name: 'web.service', manager: 'user'}}, processOf(700, {name: 'systemd'}), ['systemd unit web.service may start it again: systemctl --user stop web.service']],
	['a shell in a service', {parentPid: 700, unit: {name: 'ssh.service', manager: 'system'}}, processOf(700, {name: 'bash'}), []],
	['a login session', {unit: {name: 'session-3.scope', manager: 'system'}}, undefined, []],
	['docker', {name: 'node', container: {runtime: 'docker', id, pod: null}}, undefined, ['node runs in the container docker abababababab, which may start again: docker stop abababababab']],
	['kubernetes', {name: 'node', container: {runtime: 'containerd', id, pod: 'x'}}, undefined, ['node runs in the container containerd abababababab, which may be started again.']],
	['docker\'s proxy', {name: 'docker-proxy'}, undefined, ['docker-proxy hands the port to a container: docker ps shows which, and docker stop stops it.']],
	['nodemon', {parentPid: 700}, processOf(700, {name: 'nodemon', commandLine: ['nodemon']}), ['nodemon (PID 700, `nodemon`) started it and may start it again.']],
];

for (const [title, changes, parent, expected] of advice) {
	test(`started by ${title}`, t => {
		const process = processOf(812, changes);
		const processes = parent === undefined ? [process] : [process, parent];
		t.deepEqual(restartAdvice({targets: [{process, ports: [], isBelowTarget: false}]}, processes), expected);
	});
}

test('no sentence carries an order to the terminal', t => {
	const evil = processOf(812, {name: '\u001B[2J', commandLine: ['\u001B]0;x\u0007', '\n'], user: '\u009B'});
	t.notRegex(describeStopEvent({kind: 'ended', process: evil}) + describeObstacle({reason: 'not-permitted', port, process: evil}, 'x'), /[\u0000-\u001F\u007F-\u009F]/);
});
