import test from 'ava';
import {interval} from '../../source/port/port-range.ts';
import {toPort} from '../../source/port/port.ts';
import type {ScanEvent} from '../../source/scan/event.ts';
import type {ScanRequest} from '../../source/scan/scan-request.ts';
import type {Verdict} from '../../source/scan/verdict.ts';
import type {Session} from '../../source/store/session.ts';
import {scanEvents, verdicts} from '../helpers/scan-events.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';
import {createScriptedScan, createScriptedSession, settle, type ScriptedScan, type ScriptedSession} from '../helpers/scripted-session.ts';

const [started] = scanEvents({portCount: 1000});
const probed = (port: number, verdict: Verdict = verdicts.closed): ScanEvent => ({kind: 'probed', host: 0, port: toPort(port), verdict});
const finished: ScanEvent = {kind: 'finished', finishedAt: '2026-01-31T12:00:02.000Z', status: 'complete', message: null};
const busy = 'A scan is still running: Esc, then x, stops it. What it found stays until the next one starts.';
const noScan = {text: 'No scan is running: s starts one.', tone: 'problem'};

/** Opens the form, replaces what it is filled with, and sends it. */
const submit = async ({store, submitForm}: Session, target = 'localhost', ports = '1-1000'): Promise<void> => {
	store.dispatch({type: 'openForm'});
	store.dispatch({type: 'editForm', edit: {kind: 'delete-all'}});
	store.dispatch({type: 'editForm', edit: {kind: 'insert', text: target}});
	store.dispatch({type: 'switchField'});
	store.dispatch({type: 'editForm', edit: {kind: 'delete-all'}});
	store.dispatch({type: 'editForm', edit: {kind: 'insert', text: ports}});
	submitForm();
	await settle();
};

/** A session with a scan that has begun. */
const scanning = async (): Promise<ScriptedSession & {readonly scripted: ScriptedScan}> => {
	const world = await createScriptedSession();
	const scripted = createScriptedScan();
	await submit(world.session);
	await world.answer({ok: true, scan: scripted.scan});
	await scripted.emit(started!);
	world.advance(66);
	return {...world, scripted};
};

test('that a scan is not being kept is said, and the scan goes on', async t => {
	const {session, tell, scripted} = await scanning();
	tell('This scan is not being kept, the disk is full (ENOSPC): "/home".');
	t.deepEqual(session.store.getState().message, {text: 'This scan is not being kept, the disk is full (ENOSPC): "/home".', tone: 'problem'});
	await scripted.emit(probed(22, verdicts.open));
	t.is(session.store.getState().scan!.record.counts.open, 1);
});

test('that a scan is not kept stays beside it, at once and whatever is pressed, until another is in hand', async t => {
	const {session: {store, rescan}, tell, scripted, answer, advance} = await scanning();
	const unkept = {isBegun: true, reason: 'the disk is full (ENOSPC)', sentence: 'This scan is no longer being kept, the disk is full (ENOSPC): "/home".'};
	t.is(store.getState().scan!.unkept, undefined);
	scripted.unkeep(unkept);
	tell(unkept.sentence);
	t.is(store.getState().scan!.unkept, unkept);
	store.dispatch({type: 'move', by: 1});
	await scripted.emit(probed(22, verdicts.open));
	advance(66);
	t.is(store.getState().scan!.unkept, unkept);
	await scripted.emit(finished);
	await scripted.end();
	t.is(store.getState().scan!.unkept, unkept);

	rescan();
	await settle();
	const second = createScriptedScan();
	await answer({ok: true, scan: second.scan});
	// What is told before it begins is not the other's.
	tell('A word too soon.');
	await second.emit(started!);
	advance(66);
	t.is(store.getState().scan!.unkept, undefined);
	store.dispatch({type: 'cycleScan', step: -1});
	t.is(store.getState().scan!.unkept, unkept);
});

test('the registry is loaded, and nothing is scanned unless asked for', async t => {
	const {session, requests, faults} = await createScriptedSession();
	t.not(session.store.getState().registry, undefined);
	t.deepEqual(requests, []);
	t.deepEqual(faults, []);
});

test('what the first search needs is built before it, once all is quiet', async t => {
	let preparations = 0;
	const registry = {...createFakeRegistry(), prepareSearch() {
		preparations++;
	}};
	const {advance} = await createScriptedSession({registry});
	t.is(preparations, 0);
	advance(1000);
	advance(1000);
	t.is(preparations, 1);
});

test('this machine\'s client range is shown once it is read, and nothing where it cannot be', async t => {
	const range = {...interval(32_768, 60_999), reserved: [], readFrom: 'a test'};
	const {session, faults} = await createScriptedSession({readClientRange: async () => range});
	t.is(session.store.getState().ownClientRange, range);
	t.deepEqual(faults, []);
	const {session: other} = await createScriptedSession({readClientRange: async () => undefined});
	t.is(other.store.getState().ownClientRange, null);
});

test('a registry that cannot be loaded is a fault, told once, and nothing else breaks', async t => {
	const error = new Error('The registry was not built.');
	const {session, faults} = await createScriptedSession({
		async loadRegistry() {
			throw error;
		},
	});
	t.deepEqual(faults, [error]);
	t.is(session.store.getState().registry, undefined);
});

const targets: ReadonlyArray<readonly [string, readonly string[]]> = [
	['localhost', ['localhost']],
	['  localhost  ', ['localhost']],
	['10.0.0.1 10.0.0.2', ['10.0.0.1', '10.0.0.2']],
	['10.0.0.1,10.0.0.2, ::1', ['10.0.0.1', '10.0.0.2', '::1']],
	['', ['']],
	[' , ', ['']],
];

for (const [typed, asked] of targets) {
	test(`the target ${JSON.stringify(typed)} asks for ${JSON.stringify(asked)}`, async t => {
		const {session, requests} = await createScriptedSession();
		await submit(session, typed, ' 22 ');
		t.deepEqual(requests, [{targets: asked, ports: ' 22 '}]);
		t.true(session.store.getState().form!.isStarting);
	});
}

test('a scan that begins takes the form away, and its events are added up', async t => {
	const {session, scripted, advance} = await scanning();
	t.is(session.store.getState().form, undefined);
	t.like(session.store.getState().scan, {request: {targets: ['localhost'], ports: '1-1000'}, record: {status: 'running', totalCount: 1000}});
	await scripted.emit(probed(22, verdicts.open), probed(23), {kind: 'paced', elapsedMs: 40, hosts: []});
	advance(66);
	t.like(session.store.getState().scan!.record, {probedCount: 2, elapsedMs: 40, openings: [{host: 0, port: toPort(22)}]});
	await scripted.emit(finished);
	await scripted.end();
	t.is(session.store.getState().scan!.record.status, 'complete');
});

test('the screen hears of results at most every 66 ms of the clock, however many come', async t => {
	const {scripted, counts, advance} = await scanning();
	counts.notifications = 0;
	for (let port = 1; port <= 100; port++) {
		await scripted.emit(probed(port));
	}

	t.is(counts.notifications, 0);
	advance(65);
	t.is(counts.notifications, 0);
	advance(1);
	t.is(counts.notifications, 1);
	advance(1000);
	t.is(counts.notifications, 1, 'nothing has happened since');
	await scripted.emit(probed(101));
	await scripted.emit(probed(102));
	advance(66);
	t.is(counts.notifications, 2);
});

test('the end is told at once, and no timer of it is left to tell it again', async t => {
	const {session, scripted, counts, advance} = await scanning();
	counts.notifications = 0;
	await scripted.emit(probed(1), finished);
	await scripted.end();
	t.is(counts.notifications, 1);
	t.is(session.store.getState().scan!.record.status, 'complete');
	advance(1000);
	t.is(counts.notifications, 1);
});

test('pause, resume and stop are passed on', async t => {
	const {session, scripted} = await scanning();
	session.pauseOrResume();
	t.deepEqual(scripted.commands, ['pause']);
	await scripted.emit({kind: 'paused'});
	session.pauseOrResume();
	t.deepEqual(scripted.commands, ['pause', 'resume']);
	await scripted.emit({kind: 'resumed'});
	session.stopScan();
	t.deepEqual(scripted.commands, ['pause', 'resume', 'stop']);
});

test('a paused scan can be stopped', async t => {
	const {session, scripted} = await scanning();
	await scripted.emit({kind: 'paused'});
	session.stopScan();
	t.deepEqual(scripted.commands, ['stop']);
});

test('where no scan runs, pause and stop say so', async t => {
	for (const press of ['pauseOrResume', 'stopScan'] as const) {
		const {session} = await createScriptedSession();
		session[press]();
		t.deepEqual(session.store.getState().message as unknown, noScan);
	}
});

test('a scan that has ended is not paused or stopped', async t => {
	const {session, scripted} = await scanning();
	await scripted.emit(finished);
	await scripted.end();
	session.pauseOrResume();
	session.stopScan();
	t.deepEqual(scripted.commands, []);
	t.deepEqual(session.store.getState().message as unknown, noScan);
});

test('a second scan is refused while one runs, in a sentence, and what was typed stays', async t => {
	const {session, requests} = await scanning();
	await submit(session, 'example.com', '443');
	t.is(requests.length, 1);
	t.like(session.store.getState().form, {target: {text: 'example.com'}, ports: {text: '443'}, isStarting: false, problem: {message: busy}});
	session.rescan();
	t.is(session.store.getState().message?.text, 'A scan is still running: x stops it, and what it found stays until the next one starts.');
	t.is(requests.length, 1);
});

test('Enter pressed twice asks once', async t => {
	const {session, requests} = await createScriptedSession();
	await submit(session);
	session.submitForm();
	await settle();
	t.is(requests.length, 1);
});

test('Enter without a form does nothing', async t => {
	const {session, requests} = await createScriptedSession();
	session.submitForm();
	await settle();
	t.deepEqual(requests, []);
});

test('a rejected request is shown in the form, and can be sent again', async t => {
	const {session, requests, answer} = await createScriptedSession();
	await submit(session, 'localhost', 'htpp');
	await answer({ok: false, problem: {kind: 'ports', message: 'No service is named "htpp"; did you mean http?'}});
	t.like(session.store.getState().form, {ports: {text: 'htpp'}, field: 'ports', isStarting: false, problem: {message: 'No service is named "htpp"; did you mean http?'}});
	session.submitForm();
	await settle();
	t.is(requests.length, 2);
	t.is(session.store.getState().form!.problem, undefined);
});

test('a scan that was asked for before the screen opened starts by itself', async t => {
	const firstRequest: ScanRequest = {targets: ['::1'], ports: '80', seed: 7, timeoutMs: 50};
	const {session, requests, answer} = await createScriptedSession({firstRequest});
	t.deepEqual(requests, [firstRequest]);
	const scripted = createScriptedScan();
	await answer({ok: true, scan: scripted.scan});
	await scripted.emit(started!);
	t.deepEqual(session.store.getState().scan!.request, firstRequest);
});

test('a first scan that cannot start is shown in the form, with what was asked', async t => {
	const {session, answer} = await createScriptedSession({firstRequest: {targets: ['nowhere.invalid'], ports: '80'}});
	await answer({ok: false, problem: {kind: 'resolve', message: 'nowhere.invalid has no address.'}});
	t.like(session.store.getState().form, {target: {text: 'nowhere.invalid'}, ports: {text: '80'}, problem: {kind: 'resolve'}});
});

test('r scans the same again, with its settings', async t => {
	const firstRequest: ScanRequest = {targets: ['::1'], ports: '80', seed: 7};
	const {session, requests, answer} = await createScriptedSession({firstRequest});
	const scripted = createScriptedScan();
	await answer({ok: true, scan: scripted.scan});
	await scripted.emit(started!, finished);
	await scripted.end();
	session.rescan();
	await settle();
	t.deepEqual(requests, [firstRequest, firstRequest]);
});

test('r before any scan says how to start one', async t => {
	const {session, requests} = await createScriptedSession();
	session.rescan();
	await settle();
	t.is(session.store.getState().message?.text, 'Nothing has been scanned yet: s starts a scan.');
	t.deepEqual(requests, []);
});

test('Esc while the target is looked up means it: the scan does not begin', async t => {
	const {session, answer} = await createScriptedSession();
	const scripted = createScriptedScan();
	await submit(session);
	session.store.dispatch({type: 'back'});
	await answer({ok: true, scan: scripted.scan});
	t.deepEqual(scripted.commands, ['stop']);
	await scripted.emit(started!);
	t.is(session.store.getState().scan, undefined);
});

test('of two requests that are looked up at the same time only the last one is scanned', async t => {
	const {session, requests, answer} = await createScriptedSession();
	const [slow, quick] = [createScriptedScan(), createScriptedScan()];
	await submit(session, 'slow.example');
	session.store.dispatch({type: 'back'});
	await submit(session, 'quick.example');
	t.is(requests.length, 2);
	await answer({ok: true, scan: quick.scan}, 1);
	await answer({ok: true, scan: slow.scan});
	await quick.emit(started!);
	await slow.emit(started!);
	t.deepEqual(slow.commands, ['stop']);
	t.deepEqual(session.store.getState().scan!.request.targets, ['quick.example']);
	session.stopScan();
	t.deepEqual(quick.commands, ['stop']);
});

test('the answer to a request that was dropped says nothing about the next one', async t => {
	const {session, answer} = await createScriptedSession();
	await submit(session, 'slow.example');
	session.store.dispatch({type: 'back'});
	await submit(session, 'quick.example');
	await answer({ok: false, problem: {kind: 'resolve', message: 'slow.example has no address.'}});
	t.like(session.store.getState().form, {target: {text: 'quick.example'}, isStarting: true, problem: undefined});
});

test('r pressed twice scans once', async t => {
	const {session, scripted, requests, answer} = await scanning();
	await scripted.emit(finished);
	await scripted.end();
	session.rescan();
	session.rescan();
	await settle();
	const scans = [createScriptedScan(), createScriptedScan()];
	for (const {scan} of scans.slice(0, requests.length - 1)) {
		await answer({ok: true, scan});
	}

	const going = scans.slice(0, requests.length - 1).filter(({commands}) => !commands.includes('stop'));
	t.is(going.length, 1);
});

test('between its start and its first news a scan is not started over', async t => {
	const {session, requests, answer} = await createScriptedSession();
	const scripted = createScriptedScan();
	await submit(session);
	await answer({ok: true, scan: scripted.scan});
	session.store.dispatch({type: 'back'});
	await submit(session);
	t.is(requests.length, 1);
	t.is(session.store.getState().form!.problem?.message, busy);
});

test('quitting stops the scan, and ends the program with that code', async t => {
	const {session, scripted, quits} = await scanning();
	session.quit(130);
	t.deepEqual(scripted.commands, ['stop']);
	t.deepEqual(quits, [130]);
});

test('quitting without a scan just ends', async t => {
	const {session, quits} = await createScriptedSession();
	session.quit(0);
	t.deepEqual(quits, [0]);
});

test('a scan whose stream breaks is a fault', async t => {
	const {scripted, faults} = await scanning();
	const error = new Error('The thread is gone.');
	await scripted.end(error);
	t.deepEqual(faults, [error]);
});

test('what was found stays while the next scan is asked for', async t => {
	const {session, scripted} = await scanning();
	await scripted.emit(probed(22, verdicts.open), finished);
	await scripted.end();
	await submit(session, 'example.com');
	t.is(session.store.getState().scan!.record.openings.length, 1);
});

const publicProblem = {kind: 'public', message: 'x.example is public; --yes says that you may.', question: 'x.example is public'} as const;

test('a public target is asked about once: Enter again says that it may be scanned, any change takes that back', async t => {
	const made = await createScriptedSession();
	const {session, requests, answer} = made;
	await submit(session, 'x.example', '80');
	await answer({ok: false, problem: publicProblem});
	t.is(session.store.getState().form?.problem?.message, 'x.example is public. Enter again says that you may; Esc leaves it.');
	session.store.dispatch({type: 'editForm', edit: {kind: 'insert', text: '1'}});
	session.submitForm();
	await settle();
	t.is(requests.at(-1)?.publicScan, undefined);
	await answer({ok: false, problem: publicProblem});
	session.submitForm();
	await settle();
	t.is(requests.at(-1)?.publicScan, 'confirmed');
});

test('what a command line asks for beside targets and ports is kept when the form shows it', async t => {
	const firstRequest = {targets: ['10.0.0.0/8'], ports: '80', exclude: ['10.0.0.1'], rate: 5};
	const {session, requests, answer} = await createScriptedSession({firstRequest});
	await answer({ok: false, problem: publicProblem});
	session.submitForm();
	await settle();
	t.deepEqual(requests.at(-1), {...firstRequest, publicScan: 'confirmed'});
});
