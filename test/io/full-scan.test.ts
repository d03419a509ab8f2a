import {readdir, readlink} from 'node:fs/promises';
import test from 'ava';
import {parseBlock} from '../../source/scan/address-block.ts';
import {readAddress} from '../../source/scan/address.ts';
import type {ScanPlan} from '../../source/scan/scan-plan.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../../source/scan/scan-record.ts';
import {interval} from '../../source/port/port-range.ts';
import {portSetOf} from '../../source/port/port-set.ts';
import {scanInWorker} from '../../source/io/scan-in-worker.ts';
import {checkOpenPorts, loopbackHosts, openListeners, quietAddress, watchListening} from '../helpers/listeners.ts';

const startScan = scanInWorker(new URL('../../dist/scan-worker.js', import.meta.url));

const planFor = (addresses: readonly string[], first = 0, last = 65_535): ScanPlan => ({
	id: 'full',
	hosts: addresses.map(text => ({target: text, address: readAddress(text)!, note: null})),
	ports: portSetOf([interval(first, last)]),
	firstPorts: [],
	seed: 7,
});

/** Runs a scan in its worker, folds its events, and lets `onBatch` act on what is known so far. */
const record = async (plan: ScanPlan, onBatch: (record: ScanRecord, scan: ReturnType<typeof startScan>) => void = () => {}): Promise<ScanRecord> => {
	const scan = startScan(plan);
	let result: ScanRecord | undefined;
	for await (const batch of scan.events) {
		for (const event of batch) {
			if (event.kind === 'started') {
				result = createScanRecord(event);
			} else {
				applyScanEvent(result!, event);
			}
		}

		onBatch(result!, scan);
	}

	return result!;
};

test.serial('a scan of all ports finds what listens, nothing more and nothing less', async t => {
	const listeners = await openListeners({insideLocalRange: 15, outsideLocalRange: 15, hosts: [quietAddress(61), ...loopbackHosts().filter(host => host === '::1')]});
	t.teardown(listeners.close);
	for (const address of listeners.ports.keys()) {
		const endWatch = await watchListening(address);
		const {hosts, status, probedCount} = await record(planFor([address]));
		const {missed, invented} = checkOpenPorts(hosts[0]!.verdicts.portsIn(['open']), await endWatch());
		t.deepEqual({missed, invented}, {missed: [], invented: []}, address);
		t.is(status, 'complete');
		t.is(probedCount, 65_536);
		t.is(hosts[0]!.verdicts.counts.unknown + hosts[0]!.verdicts.counts.filtered, 0, address);
	}
});

test.serial('a scan waits for a reader that does not keep up, and loses nothing by it', async t => {
	const scan = scanInWorker(new URL('../../dist/scan-worker.js', import.meta.url), 100)(planFor(['127.0.0.1'], 1, 5000));
	let result: ScanRecord | undefined;
	for await (const batch of scan.events) {
		for (const event of batch) {
			if (event.kind === 'started') {
				result = createScanRecord(event);
			} else {
				applyScanEvent(result!, event);
			}
		}

		// So many turns of the loop are slow beside a scan.
		for (let turn = 0; turn < 50; turn++) {
			await new Promise(setImmediate);
		}
	}

	t.is(result!.status, 'complete');
	t.is(result!.probedCount, 5000);
});

test.serial('a scan can be paused, resumed and stopped, and what was found stays', async t => {
	let pausedAt = 0;
	const result = await record(planFor(['127.0.0.1']), ({status, probedCount}, scan) => {
		if (status === 'running' && pausedAt === 0 && probedCount > 100) {
			scan.pause();
		} else if (status === 'paused' && pausedAt === 0) {
			pausedAt = probedCount;
			scan.resume();
		} else if (status === 'running' && pausedAt > 0) {
			scan.stop();
		}
	});
	t.true(pausedAt > 100);
	t.is(result.status, 'interrupted');
	t.true(result.probedCount >= pausedAt && result.probedCount < 65_536, `${result.probedCount} probed`);
});

test.serial('a worker that breaks ends its scan as failed, with a sentence', async t => {
	const broken = scanInWorker(new URL('data:text/javascript,throw new Error("no luck")'))(planFor(['127.0.0.1']));
	const events = [];
	for await (const batch of broken.events) {
		events.push(...batch);
	}

	t.is(events.length, 1);
	t.like(events[0], {kind: 'finished', status: 'failed'});
	t.regex((events[0] as {message: string}).message, /no luck/);
});

/** Sockets of this process, of all its threads; undefined where the system does not tell. */
const countSockets = async (): Promise<number | undefined> => {
	try {
		const names = await readdir('/proc/self/fd');
		const links = await Promise.all(names.map(async name => readlink(`/proc/self/fd/${name}`).catch(() => '')));
		return links.filter(link => link.startsWith('socket:')).length;
	} catch {
		return undefined;
	}
};

test.serial('a scan of many hosts that is paused, resumed and stopped loses nothing and leaves no socket', async t => {
	const block = parseBlock('127.78.0.0/16');
	t.true(block?.ok);
	if (block?.ok !== true) {
		return;
	}

	const socketsBefore = await countSockets();
	let pausedAt = 0;
	const {status, counts, probedCount} = await record({...planFor([], 1, 100), blocks: [block.value], skipsSilentHosts: true}, (soFar, scan) => {
		if (soFar.status === 'running' && pausedAt === 0 && soFar.probedCount > 500) {
			scan.pause();
		} else if (soFar.status === 'paused' && pausedAt === 0) {
			pausedAt = soFar.probedCount;
			scan.resume();
		} else if (soFar.status === 'running' && pausedAt > 0 && soFar.probedCount > pausedAt + 500) {
			scan.stop();
		}
	});
	t.is(status, 'interrupted');
	t.is(counts.closed + counts.open, probedCount, 'every port that was told has an answer');
	const socketsAfter = await countSockets();
	// What an earlier test still had to close may be gone by now.
	t.true(socketsBefore === undefined || socketsAfter! <= socketsBefore, `${socketsBefore} sockets before, ${socketsAfter} after`);
});
