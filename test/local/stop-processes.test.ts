import test from 'ava';
import type {LocalProcess} from '../../source/local/local-socket.ts';
import {planStop} from '../../source/local/stop-plan.ts';
import {stopProcesses, type ProcessControl, type StopEvent, type StopOptions} from '../../source/local/stop-processes.ts';
import {parsed, rejected} from '../../source/port/parsed.ts';
import {toPort} from '../../source/port/port.ts';
import {foundSocket, processOf, snapshotOf} from '../helpers/local-sockets.ts';

/** A process of the simulated machine, and how it takes signals. */
type Actor = {
	readonly process: LocalProcess;
	readonly ports: readonly number[];
	/** Milliseconds from SIGTERM to its end; undefined never ends. */
	readonly endsAfterMs?: number;
	/** Whether it closes its listeners at once and lives on. */
	readonly letsGo?: boolean;
	readonly isProtected?: boolean;
	/** Whether SIGKILL does not end it either: it hangs in the kernel. */
	readonly isStuck?: boolean;
	/** PIDs that end with it. */
	readonly takesAlong?: readonly number[];
	/** Who takes its ports when it has ended, and how long after. */
	readonly successor?: {readonly process: LocalProcess; readonly afterMs: number};
};

type Machine = {readonly control: ProcessControl; readonly sent: string[]};

/** A machine in virtual time: nothing waits in truth. */
const simulate = (actors: readonly Actor[], {reusedPids = [], isReadable = () => true}: {readonly reusedPids?: readonly number[]; readonly isReadable?: (nowMs: number) => boolean} = {}): Machine => {
	let nowMs = 0;
	const sent: string[] = [];
	const endsAtMs = new Map<number, number>();
	const letGo = new Set<number>();
	const hasEnded = (pid: number): boolean => (endsAtMs.get(pid) ?? Number.POSITIVE_INFINITY) <= nowMs;
	const holders = (): ReadonlyArray<readonly [port: number, process: LocalProcess]> => actors.flatMap(({process, ports, successor}) => {
		if (!hasEnded(process.pid)) {
			return letGo.has(process.pid) ? [] : ports.map(port => [port, process] as const);
		}

		return successor !== undefined && endsAtMs.get(process.pid)! + successor.afterMs <= nowMs ? ports.map(port => [port, successor.process] as const) : [];
	});

	const end = ({process, takesAlong = []}: Actor, atMs: number): void => {
		for (const pid of [process.pid, ...takesAlong]) {
			endsAtMs.set(pid, Math.min(endsAtMs.get(pid) ?? Number.POSITIVE_INFINITY, atMs));
		}
	};

	return {
		sent,
		control: {
			async read() {
				const held = holders();
				const ports = [...new Set(held.map(([port]) => port))];
				const processes = [...new Map(held.map(([, process]) => [process.pid, process])).values()];
				return isReadable(nowMs) ? parsed(snapshotOf(ports.map(port => foundSocket(port, {ownerPids: held.filter(([each]) => each === port).map(([, {pid}]) => pid)})), processes)) : rejected('no /proc');
			},
			async birthOf(pid) {
				const actor = actors.find(({process}) => process.pid === pid);
				return reusedPids.includes(pid) ? 'another' : (actor === undefined || hasEnded(pid) ? undefined : actor.process.birth!);
			},
			send(pid, signal) {
				const actor = actors.find(({process}) => process.pid === pid)!;
				if (actor.isProtected) {
					return 'not-permitted';
				}

				sent.push(`${signal} ${pid}`);
				if (signal === 'SIGKILL') {
					if (!actor.isStuck) {
						end(actor, nowMs);
					}
				} else if (actor.endsAfterMs !== undefined) {
					end(actor, nowMs + actor.endsAfterMs);
				} else if (actor.letsGo) {
					letGo.add(pid);
				}

				return 'sent';
			},
			now: () => nowMs,
			async wait(durationMs, signal) {
				signal?.throwIfAborted();
				nowMs += durationMs;
			},
		},
	};
};

const never: StopOptions['shouldKill'] = async () => false;
const always: StopOptions['shouldKill'] = async () => true;

const tell = (event: StopEvent): string => {
	switch (event.kind) {
		case 'signalled': {
			return `${event.signal} ${event.process.pid}`;
		}

		case 'still-running': {
			return `still-running ${event.processes.map(({pid}) => pid).join(' ')}`;
		}

		case 'freed': {
			return `freed ${event.ports.join(' ')}${event.lingering.length === 0 ? '' : `, lingering ${event.lingering.map(({pid}) => pid).join(' ')}`}`;
		}

		case 'taken': {
			return `taken ${event.ports.join(' ')} by ${event.isByOthers ? 'others' : 'them'}`;
		}

		case 'failed': {
			return `failed ${event.message}`;
		}

		case 'ended':
		case 'not-permitted': {
			return `${event.kind} ${event.process.pid}`;
		}
	}
};

const stop = async (actors: readonly Actor[], {control}: Machine, shouldKill: StopOptions['shouldKill'] = never, graceMs?: number): Promise<string[]> => {
	const ports = [...new Set(actors.flatMap(actor => actor.ports))];
	const snapshot = snapshotOf(ports.map(port => foundSocket(port, {ownerPids: actors.filter(actor => actor.ports.includes(port)).map(({process}) => process.pid)})), actors.map(({process}) => process));
	const plan = planStop(snapshot, ports.map(port => toPort(port)), {ownPid: 900, ownAncestors: [], protectedPids: new Set(), mayStopAncestors: false});
	const told: string[] = [];
	for await (const event of stopProcesses(plan, control, {shouldKill, ...(graceMs === undefined ? {} : {graceMs})})) {
		told.push(tell(event));
	}

	return told;
};

type Story = readonly [title: string, actors: readonly Actor[], shouldKill: StopOptions['shouldKill'], told: readonly string[]];

const stories: readonly Story[] = [
	['ends at once', [{process: processOf(5), ports: [3000], endsAfterMs: 0}], never, ['SIGTERM 5', 'ended 5', 'freed 3000']],
	['takes two seconds', [{process: processOf(5), ports: [3000], endsAfterMs: 2000}], never, ['SIGTERM 5', 'ended 5', 'freed 3000']],
	['takes too long', [{process: processOf(5), ports: [3000], endsAfterMs: 60_000}], never, ['SIGTERM 5', 'still-running 5', 'taken 3000 by them']],
	['ignores SIGTERM and is let be', [{process: processOf(5), ports: [3000]}], never, ['SIGTERM 5', 'still-running 5', 'taken 3000 by them']],
	['ignores SIGTERM and is killed', [{process: processOf(5), ports: [3000]}], always, ['SIGTERM 5', 'still-running 5', 'SIGKILL 5', 'ended 5', 'freed 3000']],
	['cannot be ended at all', [{process: processOf(5), ports: [3000], isStuck: true}], always, ['SIGTERM 5', 'still-running 5', 'SIGKILL 5', 'taken 3000 by them']],
	['lets go of the port and lives on', [{process: processOf(5), ports: [3000], letsGo: true}], always, ['SIGTERM 5', 'freed 3000, lingering 5']],
	['may not be stopped after all', [{process: processOf(5), ports: [3000], isProtected: true}], never, ['not-permitted 5', 'still-running 5', 'taken 3000 by them']],
	[
		'is started again at once', [{process: processOf(5), ports: [3000], endsAfterMs: 0, successor: {process: processOf(6), afterMs: 0}}], always,
		['SIGTERM 5', 'ended 5', 'taken 3000 by others'],
	],
	[
		'is started again a moment later', [{process: processOf(5), ports: [3000], endsAfterMs: 0, successor: {process: processOf(6), afterMs: 100}}], always,
		['SIGTERM 5', 'ended 5', 'taken 3000 by others'],
	],
	[
		'is a parent that takes its workers along', [{process: processOf(5), ports: [80], endsAfterMs: 100, takesAlong: [6, 7]}, {process: processOf(6, {parentPid: 5}), ports: [80]}, {process: processOf(7, {parentPid: 5}), ports: [80]}], never,
		['SIGTERM 5', 'ended 5', 'ended 6', 'ended 7', 'freed 80'],
	],
	[
		'is a parent whose worker outlives it', [{process: processOf(5), ports: [80], endsAfterMs: 100}, {process: processOf(6, {parentPid: 5}), ports: [80], endsAfterMs: 50}], never,
		['SIGTERM 5', 'ended 5', 'SIGTERM 6', 'ended 6', 'freed 80'],
	],
	[
		'is one of two, and the other will not', [{process: processOf(5), ports: [80], endsAfterMs: 0}, {process: processOf(6), ports: [80]}], always,
		['SIGTERM 5', 'SIGTERM 6', 'ended 5', 'still-running 6', 'SIGKILL 6', 'ended 6', 'freed 80'],
	],
];

for (const [title, actors, shouldKill, told] of stories) {
	test(`a process that ${title}`, async t => {
		t.deepEqual(await stop(actors, simulate(actors), shouldKill), [...told]);
	});
}

test('a PID that is used again is sent nothing', async t => {
	const actors: readonly Actor[] = [{process: processOf(5), ports: [3000], endsAfterMs: 0}];
	const machine = simulate(actors, {reusedPids: [5]});
	t.deepEqual((await stop(actors, machine, always)).at(0), 'ended 5');
	t.deepEqual(machine.sent, []);
});

test('nothing is killed without an answer, and the wait is as long as it was given', async t => {
	const actors: readonly Actor[] = [{process: processOf(5), ports: [3000]}];
	const machine = simulate(actors);
	let askedAtMs = 0;
	await stop(actors, machine, async () => {
		askedAtMs = machine.control.now();
		return false;
	}, 10_000);
	t.true(askedAtMs >= 10_000 && askedAtMs <= 10_100);
	t.deepEqual(machine.sent, ['SIGTERM 5']);
});

test('sockets that cannot be read are no free port', async t => {
	const actors: readonly Actor[] = [{process: processOf(5), ports: [3000], endsAfterMs: 200}];
	t.is((await stop(actors, simulate(actors, {isReadable: nowMs => nowMs < 100}))).at(-1), 'failed no /proc');
});

test('an abort ends the wait', async t => {
	const controller = new AbortController();
	const {control} = simulate([{process: processOf(5), ports: [3000]}]);
	const plan = planStop(snapshotOf([foundSocket(3000, {ownerPids: [5]})], [processOf(5)]), [toPort(3000)], {ownPid: 900, ownAncestors: [], protectedPids: new Set(), mayStopAncestors: false});
	await t.throwsAsync(async () => {
		const events = stopProcesses(plan, control, {shouldKill: never, signal: controller.signal});
		while ((await events.next()).done !== true) {
			controller.abort(new Error('enough'));
		}
	}, {message: 'enough'});
});
