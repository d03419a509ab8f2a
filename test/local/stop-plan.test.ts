import test from 'ava';
import {ownersOf, planStop, type StopSurroundings} from '../../source/local/stop-plan.ts';
import {toPort} from '../../source/port/port.ts';
import {foundSocket, processOf, snapshotOf} from '../helpers/local-sockets.ts';

const surroundings: StopSurroundings = {ownPid: 900, ownAncestors: [800, 700, 1], protectedPids: new Set(), mayStopAncestors: false};
const ports = (...numbers: readonly number[]) => numbers.map(number => toPort(number));

test('a process is stopped with all it listens on told', t => {
	const snapshot = snapshotOf([
		foundSocket(3000, {ownerPids: [5]}),
		foundSocket(3001, {ownerPids: [5]}),
		foundSocket(53, {transport: 'udp', state: 'bound', ownerPids: [5]}),
		foundSocket(40_000, {state: 'established', peer: {address: '127.0.0.1', port: toPort(80)}, ownerPids: [5]}),
		foundSocket(4000, {ownerPids: [6]}),
	], [processOf(5), processOf(6)]);
	const plan = planStop(snapshot, ports(3000), surroundings);
	t.deepEqual(plan.targets.map(target => [target.process.pid, target.ports.map(({port, transport}) => `${port}/${transport}`), target.isBelowTarget]), [[5, ['53/udp', '3000/tcp', '3001/tcp'], false]]);
	t.deepEqual([plan.freePorts, plan.obstacles], [[], []]);
});

test('a parent and its workers are stopped, the parent first', t => {
	const snapshot = snapshotOf([foundSocket(80, {ownerPids: [10, 20, 30]})], [processOf(10, {parentPid: 30}), processOf(20, {parentPid: 30}), processOf(30)]);
	t.deepEqual(planStop(snapshot, ports(80), surroundings).targets.map(({process, isBelowTarget}) => [process.pid, isBelowTarget]), [[30, false], [10, true], [20, true]]);
});

test('twins on one port are all stopped, over both transports and both families', t => {
	const snapshot = snapshotOf([
		foundSocket(80, {ownerPids: [5], handle: 'a'}), foundSocket(80, {ownerPids: [6], handle: 'b'}), foundSocket(80, {family: 6, address: '::1', ownerPids: [7]}), foundSocket(80, {transport: 'udp', state: 'bound', ownerPids: [8]}),
	], [5, 6, 7, 8].map(pid => processOf(pid)));
	t.deepEqual(planStop(snapshot, ports(80), surroundings).targets.map(({process}) => process.pid), [5, 6, 7, 8]);
});

test('a port that nothing waits on is free, a connection from it notwithstanding', t => {
	const snapshot = snapshotOf([foundSocket(3000, {state: 'established', peer: {address: '127.0.0.1', port: toPort(80)}, ownerPids: [5]})], [processOf(5)]);
	t.deepEqual(planStop(snapshot, ports(3000, 3000, 1), surroundings), {ports: ports(3000, 1), freePorts: ports(3000, 1), targets: [], obstacles: []});
});

const obstacles: ReadonlyArray<readonly [title: string, pid: number, changes: Partial<StopSurroundings>, reason: string | undefined]> = [
	['PID 1', 1, {}, 'first-process'],
	['PID 1, forced', 1, {mayStopAncestors: true}, 'first-process'],
	['itself', 900, {}, 'itself'],
	['itself, forced', 900, {mayStopAncestors: true}, 'itself'],
	['its shell', 800, {}, 'ancestor'],
	['its shell, forced', 800, {mayStopAncestors: true}, undefined],
	['another user\'s', 5, {protectedPids: new Set([5])}, 'not-permitted'],
	['another user\'s, forced', 5, {protectedPids: new Set([5]), mayStopAncestors: true}, 'not-permitted'],
	['its own user\'s', 5, {protectedPids: new Set([6])}, undefined],
];

for (const [title, pid, changes, reason] of obstacles) {
	test(`a port of ${title}: ${reason ?? 'is freed'}`, t => {
		const {targets, obstacles: found} = planStop(snapshotOf([foundSocket(3000, {ownerPids: [pid]})], [processOf(pid)]), ports(3000), {...surroundings, ...changes});
		t.deepEqual(found.map(each => each.reason as string), reason === undefined ? [] : [reason]);
		t.is(targets.length, reason === undefined ? 1 : 0);
	});
}

test('a process whose start is not known is left alone', t => {
	const {targets, obstacles: [obstacle]} = planStop(snapshotOf([foundSocket(3000, {ownerPids: [5]})], [processOf(5, {birth: null})]), ports(3000), surroundings);
	t.deepEqual([targets.length, obstacle?.reason], [0, 'no-birth']);
});

test('hidden owners and sockets of the kernel are obstacles', t => {
	const reasonOf = (seesEveryProcess: boolean) => planStop(snapshotOf([foundSocket(3000)], [], seesEveryProcess), ports(3000), surroundings).obstacles;
	t.deepEqual(reasonOf(false), [{reason: 'hidden', port: toPort(3000), user: 'alice'}]);
	t.deepEqual(reasonOf(true), [{reason: 'no-process', port: toPort(3000)}]);
});

test('a port with an obstacle is left alone altogether, and the others are freed', t => {
	const snapshot = snapshotOf([foundSocket(80, {ownerPids: [5, 6]}), foundSocket(81, {ownerPids: [7]})], [processOf(5), processOf(6), processOf(7)]);
	const plan = planStop(snapshot, ports(80, 81), {...surroundings, protectedPids: new Set([6])});
	t.deepEqual(plan.targets.map(({process}) => process.pid), [7]);
	t.deepEqual(plan.obstacles.map(({port}) => port), ports(80));
});

test('owners are told once', t => {
	const snapshot = snapshotOf([foundSocket(80, {ownerPids: [5]}), foundSocket(81, {ownerPids: [5, 6]})], [processOf(5), processOf(6)]);
	t.deepEqual(ownersOf(snapshot, ports(80, 81, 82)).map(({pid}) => pid), [5, 6]);
});
