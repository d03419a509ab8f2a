import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {render} from 'ink';
import {createLocalSockets} from '../../source/io/local-sockets.ts';
import {createProcessControl, readStopSurroundings} from '../../source/io/process-control.ts';
import {createRequestScan} from '../../source/io/request-scan.ts';
import {scanInWorker} from '../../source/io/scan-in-worker.ts';
import {systemClock} from '../../source/io/system-clock.ts';
import {assembleSnapshot, type FoundSocket} from '../../source/local/assemble-snapshot.ts';
import type {LocalSnapshot, LocalSockets} from '../../source/local/local-socket.ts';
import {toPort} from '../../source/port/port.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {createSession, type Session} from '../../source/store/session.ts';
import {App} from '../../source/ui/app.tsx';
import {handleKey, insertText} from '../../source/ui/handle-key.ts';

const columns = 120;
const rows = 40;

/** A terminal that takes everything and shows nothing. */
const createStdout = (): NodeJS.WriteStream =>
	Object.assign(new EventEmitter(), {
		columns,
		rows,
		isTTY: true,
		writable: true,
		write(_text: string, ...rest: unknown[]) {
			const callback = rest.findLast(argument => typeof argument === 'function') as (() => void) | undefined;
			callback?.();
			return true;
		},
	}) as unknown as NodeJS.WriteStream;

const createStdin = (): NodeJS.ReadStream => Object.assign(new PassThrough(), {isTTY: true, setRawMode: () => {}, ref: () => {}, unref: () => {}}) as unknown as NodeJS.ReadStream;

/** Time between two frames, so that a frame is never merged with the one before. */
const intervalMs = 25;

const framesMeasured = 120;

/** A scan of loopback takes seconds; a round that takes a minute is stuck. */
const deadlineMs = 60_000;

const pause = async (delayMs: number): Promise<void> => new Promise(resolve => {
	setTimeout(resolve, delayMs);
});

const until = async (isMet: () => boolean): Promise<void> => {
	const deadline = performance.now() + deadlineMs;
	while (!isMet()) {
		if (performance.now() > deadline) {
			throw new Error('The screen did not come to the state to measure in time.');
		}

		await pause(5);
	}
};

/** What a move is in each view: some rows of the list, or a cell of the map to either side. */
const movesIn: Readonly<Record<'explore' | 'map' | 'scans' | 'local', (session: Session, index: number) => void>> = {
	explore({store}, index) {
		store.dispatch({type: 'move', by: index % 40 < 20 ? 1 : 7});
	},
	scans({store}, index) {
		store.dispatch({type: 'move', by: index % 40 < 20 ? 1 : 7});
	},
	local({store}, index) {
		store.dispatch({type: 'move', by: index % 40 < 20 ? 1 : 7});
	},
	map(session, index) {
		handleKey(session, index % 40 < 20 ? 'right' : 'down');
	},
};

/** Moves through the ports and times each frame: reducing, rendering, laying out and writing. */
const timeFrames = async (session: Session, view: keyof typeof movesIn, nextFrame: () => Promise<void>, mayGoOn: () => boolean): Promise<number[]> => {
	const times: number[] = [];
	for (let index = 0; index < framesMeasured && mayGoOn(); index++) {
		await pause(intervalMs);
		const frame = nextFrame();
		const startedAt = performance.now();
		movesIn[view](session, index);
		await frame;
		times.push(performance.now() - startedAt);
	}

	return times;
};

const socketCount = 1000;

/** A reading of so many listeners, one of them new each time. */
const manySockets = (round: number): LocalSnapshot => assembleSnapshot({
	takenAt: new Date().toISOString(),
	source: 'proc',
	sockets: Array.from({length: socketCount}, (_, index): FoundSocket => ({
		transport: 'tcp', family: 4, state: 'listening', address: index % 3 === 0 ? '0.0.0.0' : '127.0.0.1', port: toPort(3000 + index), peer: null,
		handle: index === 0 ? `new ${round}` : String(index), user: 'alice', ownerPids: [100 + (index % 300)], isOrphan: false,
	})),
	processes: new Map(Array.from({length: 300}, (_, index) => [100 + index, {
		pid: 100 + index, parentPid: 1, name: 'node', commandLine: ['node', `server-${index}.js`, '--port', '3000'], user: 'alice', startedAt: '2026-01-31T12:00:00.000Z', birth: String(index),
		executable: '/usr/bin/node', isExecutableDeleted: false, unit: null, container: null,
	}])),
	seesEveryProcess: true,
});

/** Times the frame that each reading makes; what the reading itself takes is another thread's. */
const timeReadings = async ({store}: Session, nextFrame: () => Promise<void>): Promise<number[]> => {
	const times: number[] = [];
	for (let index = 1; index <= 40; index++) {
		const snapshot = manySockets(index);
		await pause(intervalMs);
		const frame = nextFrame();
		const startedAt = performance.now();
		store.dispatch({type: 'localRead', snapshot});
		await frame;
		times.push(performance.now() - startedAt);
	}

	return times;
};

/** One round: what is measured, in milliseconds a frame. */
export type FrameTimes = Readonly<Record<'idle' | 'scanning' | 'mapIdle' | 'mapScanning' | 'scansIdle' | 'scansScanning' | 'localIdle' | 'localReading', readonly number[]>>;

/** Shows the screen on a terminal of its own, moves through it at rest and while all ports of localhost are scanned. */
const timeRound = async (workerUrl: URL): Promise<FrameTimes> => {
	const localSockets = createLocalSockets();
	/** What the Local view shows is made below, so a reading of this machine never takes its place: each waits for the end. */
	const stillSockets: LocalSockets = {read: async () => new Promise(() => {}), async close() {}};
	const session = createSession({
		size: {columns, rows},
		clock: systemClock,
		loadRegistry,
		createRequestScan: registry => createRequestScan({registry, startScan: scanInWorker(workerUrl)}),
		localSockets: stillSockets,
		stopWorld: {control: createProcessControl(localSockets), readSurroundings: readStopSurroundings},
		isVisible: () => true,
		onQuit() {},
		onFault(error) {
			throw error;
		},
	});
	const {store} = session;
	let onFrame = (): void => {};
	const nextFrame = async (): Promise<void> => new Promise(resolve => {
		onFrame = resolve;
	});
	const screen = render(<App session={session}/>, {
		stdout: createStdout(),
		stdin: createStdin(),
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		exitOnCtrlC: false,
		patchConsole: false,
		maxFps: 1000,
		onRender() {
			onFrame();
		},
	});
	await until(() => store.getState().registry !== undefined);
	store.dispatch({type: 'focusPane', pane: 'ports'});
	store.dispatch({type: 'selectPort', port: store.getState().registry!.topPorts[0]!});
	// The first frames compile the code that draws them.
	await timeFrames(session, 'explore', nextFrame, () => true);
	const idle = await timeFrames(session, 'explore', nextFrame, () => true);

	store.dispatch({type: 'openForm'});
	while (store.getState().form?.ports.text !== 'all') {
		store.dispatch({type: 'offerPorts', step: 1});
	}

	session.submitForm();
	await until(() => store.getState().scan !== undefined);
	const isRunning = (): boolean => store.getState().scan?.record.finishedAt === null;
	const scanning = await timeFrames(session, 'explore', nextFrame, isRunning);
	await until(() => !isRunning());

	store.dispatch({type: 'showView', view: 'map'});
	handleKey(session, 'g');
	await timeFrames(session, 'map', nextFrame, () => true);
	handleKey(session, 'g');
	const mapIdle = await timeFrames(session, 'map', nextFrame, () => true);
	handleKey(session, 'g');
	const before = store.getState().scan?.record;
	session.rescan();
	await until(() => store.getState().scan?.record !== before);
	const mapScanning = await timeFrames(session, 'map', nextFrame, isRunning);
	await until(() => !isRunning());

	store.dispatch({type: 'showView', view: 'scans'});
	handleKey(session, '/');
	insertText(session, 'closed');
	handleKey(session, 'enter');
	await timeFrames(session, 'scans', nextFrame, () => true);
	const scansIdle = await timeFrames(session, 'scans', nextFrame, () => true);
	const mapped = store.getState().scan?.record;
	session.rescan();
	await until(() => store.getState().scan?.record !== mapped);
	const scansScanning = await timeFrames(session, 'scans', nextFrame, isRunning);
	await until(() => !isRunning());

	store.dispatch({type: 'showView', view: 'local'});
	store.dispatch({type: 'localRead', snapshot: manySockets(0)});
	await timeFrames(session, 'local', nextFrame, () => true);
	store.dispatch({type: 'move', by: -socketCount});
	const localIdle = await timeFrames(session, 'local', nextFrame, () => true);
	const localReading = await timeReadings(session, nextFrame);
	screen.unmount();
	return {idle, scanning, mapIdle, mapScanning, scansIdle, scansScanning, localIdle, localReading};
};

process.stdout.write(JSON.stringify(await timeRound(pathToFileURL(process.argv[2]!))));
process.exit();
