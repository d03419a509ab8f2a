import type {Port} from '../port/port.ts';
import type {Parsed} from '../port/parsed.ts';
import {isWaiting, type LocalProcess, type LocalSnapshot, type LocalSocket} from './local-socket.ts';
import type {StopPlan, StopTarget} from './stop-plan.ts';

export type StopSignal = 'SIGTERM' | 'SIGKILL';

/** What a stop needs of the world. */
export type ProcessControl = {
	readonly read: (signal?: AbortSignal) => Promise<Parsed<LocalSnapshot>>;
	/** The birth of the living process with that PID; undefined when it has ended, or another user's is hidden. */
	readonly birthOf: (pid: number) => Promise<string | undefined>;
	readonly send: (pid: number, signal: StopSignal) => 'sent' | 'gone' | 'not-permitted';
	/** Milliseconds of a clock that only goes forward. */
	readonly now: () => number;
	/** @throws The signal's reason when it aborts. */
	readonly wait: (durationMs: number, signal?: AbortSignal) => Promise<void>;
};

/** The steps of a stop, in order; `freed` or `taken` or `failed` is the last. */
export type StopEvent =
	| {readonly kind: 'signalled'; readonly signal: StopSignal; readonly process: LocalProcess}
	| {readonly kind: 'not-permitted'; readonly process: LocalProcess}
	/** It is gone; its PID, if used again, is another's. */
	| {readonly kind: 'ended'; readonly process: LocalProcess}
	/** The wait is over, and these still run. `shouldKill` is asked next. */
	| {readonly kind: 'still-running'; readonly processes: readonly LocalProcess[]}
	/** Nothing waits on the ports any more. `lingering` have let go of them and still run. */
	| {readonly kind: 'freed'; readonly ports: readonly Port[]; readonly lingering: readonly LocalProcess[]}
	/** Something waits on them still, or again. */
	| {readonly kind: 'taken'; readonly ports: readonly Port[]; readonly sockets: readonly LocalSocket[]; readonly isByOthers: boolean}
	/** Whether the ports are free is not known. */
	| {readonly kind: 'failed'; readonly message: string};

export type StopOptions = {
	/** How long a process may take to end by itself, in milliseconds. Default 3000: most servers end at once, and one that empties its connections can be given longer. */
	readonly graceMs?: number;
	/** Asked when the wait is over: whether to end these by force. */
	readonly shouldKill: (processes: readonly LocalProcess[]) => Promise<boolean>;
	readonly signal?: AbortSignal;
};

export const defaultGraceMs = 3000;

/** How often it is looked whether the ports are free. */
const lookIntervalMs = 50;

/** The kernel ends a process within milliseconds of SIGKILL, unless it hangs in a driver. */
const killGraceMs = 2000;

/** A supervisor starts a process again within about 100 ms (RestartSec= of systemd), so it is looked once more after that. */
const settleMs = 200;

const isSame = (one: LocalProcess, other: LocalProcess): boolean => one.pid === other.pid && one.birth === other.birth;

/**
Stops what a plan says: SIGTERM first, to parents before their children, then a wait that ends as soon as the ports are free, then SIGKILL if `shouldKill` says so.

Right before each signal the process's birth is compared, so that a PID used again is left alone. (Between the two calls there is still a moment; Node has no pidfd.)

@returns The steps as they happen. Never throws for what a process does.
@throws The signal's reason when it aborts; what was sent cannot be taken back.
*/
export async function * stopProcesses(plan: StopPlan, control: ProcessControl, {graceMs = defaultGraceMs, shouldKill, signal}: StopOptions): AsyncGenerator<StopEvent> {
	const wanted = new Set(plan.ports.filter(port => plan.obstacles.every(obstacle => obstacle.port !== port)));
	let running: readonly StopTarget[] = plan.targets;
	let isBroken: string | undefined;

	async function * send(targets: readonly StopTarget[], name: StopSignal): AsyncGenerator<StopEvent> {
		for (const {process} of targets) {
			const sent = await control.birthOf(process.pid) === process.birth ? control.send(process.pid, name) : 'gone';
			if (sent === 'sent') {
				yield {kind: 'signalled', signal: name, process};
			} else if (sent === 'not-permitted') {
				yield {kind: 'not-permitted', process};
			}
		}
	}

	/** Tells who has ended since the last look. */
	async function * lookForEnded(): AsyncGenerator<StopEvent> {
		const births = await Promise.all(running.map(async ({process}) => control.birthOf(process.pid)));
		const ended = running.filter(({process}, index) => births[index] !== process.birth);
		running = running.filter(target => !ended.includes(target));
		for (const {process} of ended) {
			yield {kind: 'ended', process};
		}
	}

	const readTaken = async (): Promise<readonly LocalSocket[] | undefined> => {
		const snapshot = await control.read(signal);
		if (!snapshot.ok) {
			isBroken = snapshot.message;
			return undefined;
		}

		return snapshot.value.sockets.filter(socket => isWaiting(socket) && wanted.has(socket.port));
	};

	const isByOthers = (sockets: readonly LocalSocket[]): boolean =>
		!sockets.some(({owners}) => owners.some(owner => plan.targets.some(target => isSame(target.process, owner))));

	/** Waits until nothing is left of the targets on the ports, or time is up. Children are told when their parents have ended. */
	async function * waitFor(durationMs: number): AsyncGenerator<StopEvent, boolean> {
		const untilMs = control.now() + durationMs;
		let isWaitingForParents = running.some(({isBelowTarget}) => isBelowTarget);
		for (;;) {
			yield * lookForEnded();
			const taken = await readTaken();
			if (taken === undefined || taken.length === 0 || (running.length === 0 && isByOthers(taken))) {
				return true;
			}

			if (isWaitingForParents && running.every(({isBelowTarget}) => isBelowTarget)) {
				isWaitingForParents = false;
				yield * send(running, 'SIGTERM');
			}

			if (control.now() >= untilMs) {
				return false;
			}

			await control.wait(lookIntervalMs, signal);
		}
	}

	yield * send(plan.targets.filter(({isBelowTarget}) => !isBelowTarget), 'SIGTERM');
	let isOver = yield * waitFor(graceMs);
	if (!isOver && running.length > 0) {
		const processes = running.map(({process}) => process);
		yield {kind: 'still-running', processes};
		if (await shouldKill(processes)) {
			signal?.throwIfAborted();
			yield * send(running, 'SIGKILL');
			isOver = yield * waitFor(killGraceMs);
		}
	}

	let taken = isBroken === undefined ? await readTaken() : undefined;
	if (taken?.length === 0) {
		await control.wait(settleMs, signal);
		yield * lookForEnded();
		taken = await readTaken();
	}

	if (taken === undefined) {
		yield {kind: 'failed', message: isBroken ?? 'The sockets of this machine could not be read.'};
	} else if (taken.length === 0) {
		yield {kind: 'freed', ports: [...wanted], lingering: running.map(({process}) => process)};
	} else {
		yield {kind: 'taken', ports: [...new Set(taken.map(({port}) => port))], sockets: taken, isByOthers: isByOthers(taken)};
	}
}
