import {setImmediate} from 'node:timers/promises';
import {portSetOfPorts} from '../../source/port/port-set.ts';
import type {LocalSnapshot} from '../../source/local/local-socket.ts';
import type {StopSurroundings} from '../../source/local/stop-plan.ts';
import type {ProcessControl} from '../../source/local/stop-processes.ts';
import {rejected, type Parsed} from '../../source/port/parsed.ts';
import type {Registry} from '../../source/registry/registry.ts';
import type {ScanEvent} from '../../source/scan/event.ts';
import type {Clock} from '../../source/scan/run-scan.ts';
import type {RunningScan, Unkept} from '../../source/scan/scan-plan.ts';
import type {RequestScan, ScanRequest, ScanStart} from '../../source/scan/scan-request.ts';
import {createSession, type Session, type SessionSurroundings} from '../../source/store/session.ts';
import type {State} from '../../source/store/state.ts';
import {handleKey} from '../../source/ui/handle-key.ts';
import {createFakeRegistry} from './fake-registry.ts';

/** A clock that stands still until it is told to go on. */
export const createManualClock = (): {readonly clock: Pick<Clock, 'after'>; readonly advance: (ms: number) => void} => {
	let nowMs = 0;
	let timers: Array<{readonly atMs: number; readonly callback: () => void}> = [];
	return {
		clock: {
			after(delayMs, callback) {
				const timer = {atMs: nowMs + delayMs, callback};
				timers.push(timer);
				return () => {
					timers = timers.filter(each => each !== timer);
				};
			},
		},
		advance(ms) {
			nowMs += ms;
			const due = timers.filter(({atMs}) => atMs <= nowMs);
			timers = timers.filter(({atMs}) => atMs > nowMs);
			for (const {callback} of due) {
				callback();
			}
		},
	};
};

/** Lets everything that is already decided be done: one turn of the event loop. */
export const settle = async (): Promise<void> => {
	await setImmediate();
};

/** A scan whose events are told by the test, and which notes what it is told. */
export type ScriptedScan = {
	readonly scan: RunningScan;
	readonly commands: readonly string[];
	/** Hands over one batch, and lets it be read. */
	readonly emit: (...events: readonly ScanEvent[]) => Promise<void>;
	/** From now on the scan is not kept. */
	readonly unkeep: (unkept: Unkept) => void;
	/** Ends the stream; with an error, breaks it. */
	readonly end: (error?: Error) => Promise<void>;
};

export const createScriptedScan = (): ScriptedScan => {
	const commands: string[] = [];
	const batches: Array<readonly ScanEvent[]> = [];
	let isEnded = false;
	let broken: Error | undefined;
	let unkept: Unkept | undefined;
	let wake: () => void = () => {};

	async function * readEvents(): AsyncGenerator<readonly ScanEvent[]> {
		for (;;) {
			yield * batches.splice(0);
			if (batches.length > 0) {
				continue;
			}

			if (broken !== undefined) {
				throw broken;
			}

			if (isEnded) {
				return;
			}

			await new Promise<void>(resolve => {
				wake = resolve;
			});
		}
	}

	return {
		scan: {
			plan: {id: 'scripted', hosts: [], ports: portSetOfPorts([]), firstPorts: [], seed: 1},
			events: readEvents(),
			pause: () => commands.push('pause'),
			resume: () => commands.push('resume'),
			stop: () => commands.push('stop'),
			unkept: () => unkept,
		},
		commands,
		async emit(...events) {
			batches.push(events);
			wake();
			await settle();
		},
		unkeep(problem) {
			unkept = problem;
		},
		async end(error) {
			isEnded = true;
			broken = error;
			wake();
			await settle();
		},
	};
};

/** What a session asks of the world, answered by the test. */
export type ScriptedSession = {
	readonly session: Session;
	/** The requests that came, oldest first. */
	readonly requests: readonly ScanRequest[];
	/** Answers a request that waits: the oldest one, unless told otherwise. */
	readonly answer: (start: ScanStart, index?: number) => Promise<void>;
	/** How many readings of this machine's sockets wait for an answer. */
	readonly readingCount: () => number;
	/** Answers the oldest reading of this machine's sockets that waits. */
	readonly answerReading: (snapshot: Parsed<LocalSnapshot>) => Promise<void>;
	/** Tells what goes wrong beside a scan. */
	readonly tell: (sentence: string) => void;
	readonly advance: (ms: number) => void;
	readonly quits: readonly number[];
	readonly faults: readonly unknown[];
	readonly counts: {notifications: number};
};

export type ScriptedSessionOptions = {
	readonly size?: {readonly columns: number; readonly rows: number};
	readonly registry?: Registry;
	readonly loadRegistry?: () => Promise<Registry>;
	readonly readClientRange?: NonNullable<SessionSurroundings['readClientRange']>;
	readonly firstRequest?: ScanRequest;
	/** The addresses of the machine; none by default. */
	readonly ownAddresses?: () => readonly string[];
	/** What stops processes; none there is by default. */
	readonly control?: Partial<ProcessControl>;
	readonly surroundings?: Partial<Omit<StopSurroundings, 'mayStopAncestors'>>;
	/** The kept scans; none there are by default. */
	readonly loadHistory?: NonNullable<SessionSurroundings['loadHistory']>;
};

/** A control over processes of which there are none. */
const noControl: ProcessControl = {
	read: async () => rejected('Nothing is read.'),
	birthOf: async () => undefined,
	send: () => 'gone',
	now: () => 0,
	async wait() {},
};

/** A session in a world that does only what the test says. Its registry is there when the promise resolves. */
export const createScriptedSession = async ({size = {columns: 80, rows: 24}, registry = createFakeRegistry(), loadRegistry = async () => registry, readClientRange, firstRequest, control, surroundings, ownAddresses, loadHistory}: ScriptedSessionOptions = {}): Promise<ScriptedSession> => {
	const {clock, advance} = createManualClock();
	const requests: ScanRequest[] = [];
	const waiting: Array<(start: ScanStart) => void> = [];
	const quits: number[] = [];
	const faults: unknown[] = [];
	const counts = {notifications: 0};
	const requestScan: RequestScan = async request => {
		requests.push(request);
		return new Promise(resolve => {
			waiting.push(resolve);
		});
	};

	let told: (sentence: string) => void = () => {};
	const readings: Array<(snapshot: Parsed<LocalSnapshot>) => void> = [];
	const session = createSession({
		size,
		clock,
		loadRegistry,
		createRequestScan(_, tell) {
			told = tell;
			return requestScan;
		},
		...(readClientRange && {readClientRange}),
		...(ownAddresses && {ownAddresses}),
		...(loadHistory && {loadHistory}),
		localSockets: {
			read: async () => new Promise(resolve => {
				readings.push(resolve);
			}),
			async close() {},
		},
		stopWorld: {
			control: {...noControl, ...control},
			readSurroundings: async () => ({ownPid: 1_000_000, ownAncestors: [], protectedPids: new Set(), ...surroundings}),
		},
		isVisible: ({columns, rows}) => columns >= 60 && rows >= 16,
		onQuit: exitCode => quits.push(exitCode),
		onFault: error => faults.push(error),
	}, firstRequest);
	session.store.subscribe(() => {
		counts.notifications++;
	});
	await settle();
	return {
		session,
		requests,
		async answer(start, index = 0) {
			waiting.splice(index, 1)[0]!(start);
			await settle();
		},
		readingCount: () => readings.length,
		async answerReading(snapshot) {
			readings.shift()!(snapshot);
			await settle();
		},
		tell(sentence) {
			told(sentence);
		},
		advance,
		quits,
		faults,
		counts,
	};
};

/** Presses keys by their names, blanks between; a word of digits is so many keys. */
export const press = ({session}: ScriptedSession, keys: string): State => {
	for (const name of keys.split(' ')) {
		for (const key of /^\d+$/.test(name) ? name : [name]) {
			handleKey(session, key);
		}
	}

	return session.store.getState();
};
