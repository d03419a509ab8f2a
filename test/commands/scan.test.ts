import test from 'ava';
import type {ScanOptions} from '../../source/commands/arguments.ts';
import {runScanCommand} from '../../source/commands/scan.ts';
import type {Output, Surroundings} from '../../source/commands/surroundings.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import type {ScanEvent} from '../../source/scan/event.ts';
import type {RequestProblem, RequestScan, ScanRequest} from '../../source/scan/scan-request.ts';
import {keepOutput} from '../helpers/outputs.ts';
import {scanEvents, verdicts, type ScanScript} from '../helpers/scan-events.ts';

const options: ScanOptions = {request: {targets: ['localhost'], ports: '22'}, show: ['open', 'unknown'], format: 'text', isQuiet: false};

/** Answers with a scan whose events these are. `stop` is called like that of a real scan. */
const scanOf = (batches: ReadonlyArray<readonly ScanEvent[]> | AsyncIterable<readonly ScanEvent[]>, stop = (): void => {}): RequestScan => async () => ({
	ok: true,
	scan: {
		plan: undefined as never,
		events: (async function * () {
			yield * batches;
		})(),
		pause() {},
		resume() {},
		stop,
	},
});

type Run = {readonly requestScan: RequestScan; readonly ask?: Surroundings['ask']; readonly changes?: Partial<ScanOptions>; readonly signal?: AbortSignal; readonly terminal?: Partial<Output>};

const run = async ({requestScan, ask, changes, signal = new AbortController().signal, terminal}: Run): Promise<{code: number; stdout: string; stderr: string}> => {
	const stdout = keepOutput();
	const stderr = keepOutput(terminal);
	const code = await runScanCommand({...options, ...changes}, {stdout, stderr, signal, loadRegistry, createRequestScan: () => requestScan, ask});
	return {code, stdout: stdout.text(), stderr: stderr.text()};
};

const scripted = (script: ScanScript): RequestScan => scanOf([scanEvents(script)]);

test('a complete scan is reported and ends with 0', async t => {
	const {code, stdout, stderr} = await run({requestScan: scripted({probed: [{22: verdicts.open}]})});
	t.is(code, 0);
	t.is(stderr, '');
	t.regex(stdout, /^ {2}22 {2}open .* ssh /m);
});

test('a scan as JSON', async t => {
	const {code, stdout} = await run({requestScan: scripted({probed: [{22: verdicts.open}]}), changes: {format: 'json'}});
	t.is(code, 0);
	t.like(JSON.parse(stdout), {portui: 1, kind: 'scan', status: 'complete'});
});

test('a host that is silent or closed is no failure', async t => {
	t.is((await run({requestScan: scripted({probed: [{22: verdicts.closed}]})})).code, 0);
	t.is((await run({requestScan: scripted({probed: [{22: verdicts.filtered}]})})).code, 0);
});

test('a host that cannot be reached is reported, said, and ends with 1', async t => {
	const {code, stdout, stderr} = await run({requestScan: scripted({hosts: [{target: 'x.example', address: '192.0.2.1'}], probed: [{22: verdicts.unreachable, 80: verdicts.unreachable}]})});
	t.is(code, 1);
	t.is(stderr, 'x.example (192.0.2.1) cannot be reached: network unreachable (net-unreachable).\n');
	t.regex(stdout, /^2 ports: 0 open, 0 closed, 2 filtered/m);
});

test('a scan that failed says why and ends with 1', async t => {
	const {code, stderr, stdout} = await run({requestScan: scripted({status: 'failed', message: 'The scan broke off: \u001B[2J'})});
	t.is(code, 1);
	t.is(stderr, 'The scan broke off: \\x1b[2J\n');
	t.not(stdout, '');
});

test('a scan that failed before it began says why', async t => {
	const finished: ScanEvent = {kind: 'finished', finishedAt: '', status: 'failed', message: 'No thread.'};
	t.deepEqual(await run({requestScan: scanOf([[finished]])}), {code: 1, stdout: '', stderr: 'No thread.\n'});
});

const problems: ReadonlyArray<readonly [RequestProblem['kind'], code: number]> = [['target', 2], ['ports', 2], ['resolve', 1]];

for (const [kind, code] of problems) {
	test(`a problem of kind ${kind} ends with ${code}`, async t => {
		t.deepEqual(await run({requestScan: async () => ({ok: false, problem: {kind, message: 'No \u202E.'}})}), {code, stdout: '', stderr: 'No \\u202e.\n'});
	});
}

test('names that do not resolve are told, the others scanned, and the exit code says that not all was', async t => {
	const requestScan: RequestScan = async request => {
		const start = await scripted({probed: [{22: verdicts.open}]})(request);
		return start.ok ? {...start, unresolved: ['"a.invalid" does not resolve.']} : start;
	};
	const {code, stdout, stderr} = await run({requestScan});
	t.is(code, 1);
	t.regex(stdout, /22 +open/);
	t.is(stderr, '"a.invalid" does not resolve.\n');
});

test('an interrupted scan is stopped once, reported, and ends with 130', async t => {
	const controller = new AbortController();
	let stopCount = 0;
	let finish = (): void => {};
	const stopped = new Promise<void>(resolve => {
		finish = resolve;
	});
	const events = scanEvents({probed: [{22: verdicts.open}], portCount: 10, status: 'interrupted'});
	const requestScan = scanOf((async function * () {
		yield events.slice(0, -1);
		controller.abort();
		await stopped;
		yield events.slice(-1);
	})(), () => {
		stopCount++;
		finish();
	});
	const {code, stdout} = await run({requestScan, signal: controller.signal, changes: {format: 'json'}});
	t.is(code, 130);
	t.is(stopCount, 1);
	t.like(JSON.parse(stdout), {status: 'interrupted'});
});

test('an interruption while a name is looked up ends at once with 130', async t => {
	const controller = new AbortController();
	controller.abort();
	const {code, stdout} = await run({requestScan: async () => new Promise(() => {}), signal: controller.signal});
	t.is(code, 130);
	t.is(stdout, '');
});

const started = scanEvents({portCount: 65_536, probed: [{22: verdicts.open}]});

test('progress is written over on a terminal, and erased at the end', async t => {
	const {stderr, stdout} = await run({requestScan: scanOf([started.slice(0, -1), started.slice(-1)]), terminal: {isTTY: true, columns: 60}});
	t.is(stderr, '\r0%  1 of 65,536 ports, 1 a second, 1 open, about 1638 min 2\u001B[K\r\u001B[K');
	t.false(stdout.includes('\r'));
});

test('a quiet run, and one without a terminal, show no progress', async t => {
	t.is((await run({requestScan: scanOf([started]), terminal: {isTTY: true}, changes: {isQuiet: true}})).stderr, '');
	t.is((await run({requestScan: scanOf([started])})).stderr, '');
});

/** A world where a scan of a public address needs the user's word. */
const publicWorld = (): {readonly requestScan: RequestScan; readonly requests: ScanRequest[]} => {
	const requests: ScanRequest[] = [];
	return {
		requests,
		async requestScan(request) {
			requests.push(request);
			return request.publicScan === undefined
				? {ok: false, problem: {kind: 'public', message: 'x is public; --yes says that you may.', question: 'x is public'}}
				: scripted({probed: [{22: verdicts.open}]})(request);
		},
	};
};

test('a public address is asked about once on a terminal, and scanned when the answer is yes', async t => {
	const {requestScan, requests} = publicWorld();
	const questions: string[] = [];
	const {code} = await run({requestScan, async ask(question) {
		questions.push(question);
		return 'y';
	}});
	t.is(code, 0);
	t.deepEqual(questions, ['x is public. May you scan it? [y/N] ']);
	t.deepEqual(requests.map(({publicScan}) => publicScan), [undefined, 'confirmed']);
});

test('the question is broken between words where the terminal ends', async t => {
	let asked = '';
	await run({requestScan: publicWorld().requestScan, terminal: {isTTY: true, columns: 20}, async ask(question) {
		asked = question;
		return 'n';
	}});
	t.is(asked, 'x is public. May\nyou scan it? [y/N] ');
});

test('where the answer is no, or nobody is there to answer, nothing is scanned', async t => {
	const {requestScan, requests} = publicWorld();
	t.deepEqual(await run({requestScan, ask: async () => 'n'}), {code: 2, stdout: '', stderr: 'Nothing was scanned.\n'});
	t.deepEqual(await run({requestScan}), {code: 2, stdout: '', stderr: 'x is public; --yes says that you may.\n'});
	t.deepEqual(await run({requestScan, ask: async () => 'yes', changes: {request: {targets: [], ports: '22', inputs: ['-']}}}), {code: 2, stdout: '', stderr: 'x is public; --yes says that you may.\n'});
	t.true(requests.every(({publicScan}) => publicScan === undefined));
});

test('Ctrl-C at the question is an interruption', async t => {
	const controller = new AbortController();
	const {requestScan} = publicWorld();
	const {code} = await run({requestScan, signal: controller.signal, ask: async () => {
		controller.abort();
		return undefined;
	}});
	t.is(code, 130);
});

test('a stream flows while the scan runs, and a reader that leaves stops it', async t => {
	let stopCount = 0;
	const events = scanEvents({probed: [{22: verdicts.open}], portCount: 1000});
	const requestScan = scanOf([events.slice(0, 1), events.slice(1, 2), events.slice(2)], () => {
		stopCount++;
	});
	const {stdout} = await run({requestScan, changes: {format: 'ndjson'}});
	t.deepEqual(stdout.trimEnd().split('\n').map(line => (JSON.parse(line) as {kind: string}).kind), ['started', 'probed', 'finished']);
	t.is(stopCount, 0);

	const gone: Output = {
		write(_text, whenWritten) {
			whenWritten?.(Object.assign(new Error('gone'), {code: 'EPIPE'}));
		},
	};
	await runScanCommand({...options, format: 'ndjson'}, {stdout: gone, stderr: keepOutput(), signal: new AbortController().signal, loadRegistry, createRequestScan: () => requestScan});
	t.true(stopCount > 0);
});

test('checks that do not hold end with 3, after the report', async t => {
	const requestScan = scripted({probed: [{22: verdicts.open, 6379: verdicts.open}]});
	const expected = await run({requestScan, changes: {request: {targets: ['localhost'], ports: '22,6379'}, expect: '22'}});
	t.is(expected.code, 3);
	t.is(expected.stderr, 'localhost differs from what --expect says: 6379 open, not expected.\n');
	t.not(expected.stdout, '');
	t.is((await run({requestScan, changes: {request: {targets: ['localhost'], ports: '22,6379'}, expect: '22,6379', failOn: 'critical'}})).code, 0);
	t.is((await run({requestScan, changes: {failOn: 'info'}})).code, 3);
});
