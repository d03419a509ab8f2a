import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import {createFold} from '../../source/library/fold-scan.ts';
import {PortuiError} from '../../source/library/portui-error.ts';
import {createScan, type Scan} from '../../source/library/scan.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import type {ScanEventDocument} from '../../source/report/documents/scan.ts';
import type {ScanEvent} from '../../source/scan/event.ts';
import type {PortState} from '../../source/scan/verdict.ts';
import {scanEvents, verdicts} from '../helpers/scan-events.ts';
import {assertValid} from '../helpers/schemas.ts';

const registry = await loadRegistry();
const shown: readonly PortState[] = ['open', 'closed', 'unknown'];
const events = scanEvents({probed: [{22: verdicts.open, 80: verdicts.closed, 81: verdicts.unknown}]});
const finished = events.at(-1)!;
const interrupted = {...finished, status: 'interrupted'} as ScanEvent;

/** A scan of these events, one a batch; stopped it ends at once. */
const scanOf = (told: readonly ScanEvent[], {signal, error}: {signal?: AbortSignal; error?: Error} = {}): {scan: Scan; log: string[]} => {
	const log: string[] = [];
	let isStopped = false;
	async function * batches(): AsyncGenerator<readonly ScanEvent[]> {
		for (const event of told) {
			await setImmediate();
			if (isStopped) {
				break;
			}

			log.push(event.kind);
			yield [event];
		}

		if (isStopped) {
			log.push('closed');
			yield [interrupted];
		}
	}

	const scan = createScan({
		signal,
		async start() {
			log.push('start');
			if (error) {
				throw error;
			}

			return {fold: createFold(registry, shown), running: {plan: {} as never, events: batches(), pause() {}, resume() {}, stop() {
				isStopped = true;
			}}};
		},
	});
	return {scan, log};
};

test('nothing begins before it is read', async t => {
	const {log} = scanOf(events);
	await setImmediate();
	t.deepEqual(log, []);
});

test('the loop gets the documents of the events, and the result is the whole scan', async t => {
	const {scan} = scanOf(events);
	const told: ScanEventDocument[] = [];
	for await (const event of scan) {
		assertValid(t, 'scan-event', event);
		told.push(event);
	}

	t.deepEqual(told.map(({kind}) => kind), ['started', 'probed', 'probed', 'probed', 'finished']);
	const document = await scan.result();
	assertValid(t, 'scan', document);
	t.like(document, {status: 'complete', id: 'id'});
	t.deepEqual(document.hosts[0]!.ports.map(({port}) => port), [22, 80, 81]);
	t.is(await scan.result(), document);
});

test('without a loop the result runs the scan', async t => {
	const {scan} = scanOf(events);
	const [one, other] = await Promise.all([scan.result(), scan.result()]);
	t.is(one, other);
	t.is(one.status, 'complete');
});

test('whoever leaves the loop goes on when all is closed, and keeps what was found', async t => {
	const {scan, log} = scanOf(events);
	for await (const event of scan) {
		if (event.kind === 'probed') {
			break;
		}
	}

	t.deepEqual(log, ['start', 'started', 'probed', 'closed']);
	const {status, hosts: [host]} = await scan.result();
	t.is(status, 'interrupted');
	t.deepEqual(host!.ports.map(({port}) => port), [22]);
	t.deepEqual(host!.counts, {open: 1, closed: 0, filtered: 0, unknown: 2});
});

test('an error in the loop closes all too, and comes out of it', async t => {
	const {scan, log} = scanOf(events);
	await t.throwsAsync(async () => {
		for await (const event of scan) {
			throw new Error(`mine, at ${event.kind}`);
		}
	}, {message: 'mine, at started'});
	t.is(log.at(-1), 'closed');
	t.is((await scan.result()).status, 'interrupted');
});

test('an abort ends the loop with what was found, and throws nothing', async t => {
	const controller = new AbortController();
	const {scan} = scanOf(events, {signal: controller.signal});
	const kinds: string[] = [];
	for await (const event of scan) {
		kinds.push(event.kind);
		if (event.kind === 'probed') {
			controller.abort();
		}
	}

	t.deepEqual(kinds, ['started', 'probed', 'finished']);
	t.is((await scan.result()).status, 'interrupted');
});

test('what is wrong at the start comes out of the loop and of the result, and is no unhandled rejection', async t => {
	const error = new PortuiError('ERR_INVALID_TARGET', 'It is none.');
	const {scan} = scanOf(events, {error});
	await t.throwsAsync(async () => {
		for await (const event of scan) {
			t.fail(event.kind);
		}
	}, {is: error});
	await t.throwsAsync(scan.result(), {is: error});
	await t.throwsAsync(scanOf(events, {error}).scan.result(), {is: error});
});

test('a scan that fails before it begins is an error', async t => {
	const failed: ScanEvent = {kind: 'finished', finishedAt: '2026-01-31T12:00:00.000Z', status: 'failed', message: 'The thread ended.'};
	await t.throwsAsync(scanOf([failed]).scan.result(), {instanceOf: PortuiError, code: 'ERR_SCAN_FAILED', message: 'The thread ended.'});
});

test('events are read once', async t => {
	const {scan} = scanOf(events);
	const kinds: string[] = [];
	for await (const {kind} of scan) {
		kinds.push(kind);
	}

	t.is(kinds.at(-1), 'finished');

	t.throws(() => scan[Symbol.asyncIterator](), {message: /are read once/});
	const other = scanOf(events).scan;
	const result = other.result();
	t.throws(() => other[Symbol.asyncIterator](), {message: /begin the loop first/});
	await result;
});
