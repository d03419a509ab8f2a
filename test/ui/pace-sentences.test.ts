import test from 'ava';
import {applyScanEvent, type ScanRecord} from '../../source/scan/scan-record.ts';
import type {ScanRequest} from '../../source/scan/scan-request.ts';
import type {Verdict} from '../../source/scan/verdict.ts';
import type {Brake, HostPace} from '../../source/scan/event.ts';
import {paceSentences} from '../../source/ui/pace-sentences.ts';
import {scanRecord, verdicts, type ScanScript} from '../helpers/scan-events.ts';

const runningOf = (script: ScanScript, pace: Partial<HostPace> = {}, status: 'running' | 'paused' = 'running'): ScanRecord => {
	const record = scanRecord({portCount: 65_536, ...script});
	Object.assign(record, {status, finishedAt: null});
	applyScanEvent(record, {kind: 'paced', elapsedMs: 1000, hosts: [{host: 0, inFlightCount: 8, windowSize: 8, rttMs: 0.1, lossRate: 0, ...pace}]});
	return record;
};

const held = (brake: Brake): ScanRecord => {
	const record = runningOf({probed: [{22: verdicts.open}]});
	applyScanEvent(record, {kind: 'paced', elapsedMs: 2000, hosts: [], brake});
	return record;
};

const rstLimited: Verdict = {state: 'filtered', reason: 'rst-limit', tries: 4};
const many = (count: number, verdict: Verdict): Readonly<Record<number, Verdict>> => Object.fromEntries(Array.from({length: count}, (_, port) => [port, verdict]));

const situations: ReadonlyArray<readonly [situation: string, record: ScanRecord, request: Partial<ScanRequest>, first: string]> = [
	['nothing yet', runningOf({probed: [{}]}), {}, 'No port has a verdict yet.'],
	['every port answers', runningOf({probed: [{22: verdicts.open, 23: verdicts.closed}]}), {}, 'Nothing holds it up: every port so far has answered.'],
	['it is over and every port answered', scanRecord({probed: [{22: verdicts.open}]}), {}, 'Nothing held it up: every port answered.'],
	['silence', runningOf({probed: [many(1200, verdicts.filtered)]}), {}, '1,200 ports did not answer: each was waited for and asked up to 3 times.'],
	['a silent port, asked once', runningOf({probed: [{22: {...verdicts.filtered, tries: 1}}]}), {}, '1 port did not answer: each was waited for and asked once.'],
	['loss', runningOf({probed: [{22: verdicts.open}]}, {lossRate: 0.021}), {}, '2.1 % of the tries are lost: asked again.'],
	['hardly any loss', runningOf({probed: [{22: verdicts.open}]}, {lossRate: 0.001}), {}, 'Nothing holds it up: every port so far has answered.'],
	['a host that limits its RSTs', runningOf({probed: [{22: rstLimited, 23: verdicts.filtered}]}), {}, '127.0.0.1 limits its RSTs: 1 port is closed or filtered.'],
	['hosts that limit their RSTs', runningOf({hosts: [{target: 'a', address: '192.0.2.1'}, {target: 'b', address: '192.0.2.2'}], probed: [{22: rstLimited}, {22: rstLimited}]}), {}, '2 hosts limit their RSTs: 2 ports are closed or filtered.'],
	['descriptors ran out', runningOf({probed: [{22: verdicts.unknown}]}), {}, '1 port could not be asked: this machine ran out of descriptors (EMFILE).'],
	['every socket in use', held({kind: 'sockets', socketLimit: 28}), {}, 'All 28 sockets this machine lets it open are in use: a higher descriptor limit (ulimit -n) lets it go faster.'],
	['as many sockets as gain anything', held({kind: 'sockets', socketLimit: 8000}), {}, 'All 8,000 sockets a scan may have open are in use.'],
	['descriptors run out', held({kind: 'lack', code: 'EMFILE'}), {}, 'Held up by this machine: it ran out of descriptors (EMFILE), and what could not be asked is asked again.'],
	['local ports run out', held({kind: 'lack', code: 'EADDRNOTAVAIL'}), {}, 'Held up by this machine: it ran out of local ports (EADDRNOTAVAIL), and what could not be asked is asked again.'],
	['a network out of reach', runningOf({probed: [{22: verdicts.unreachable}]}), {}, '1 port: network unreachable (net-unreachable).'],
	['paused', runningOf({probed: [many(1200, verdicts.filtered)]}, {}, 'paused'), {}, 'Paused: Space lets it go on.'],
	['stopped', scanRecord({probed: [{22: verdicts.open}], portCount: 1000, status: 'interrupted'}), {}, 'Stopped: 999 ports were not finished.'],
	['failed', scanRecord({probed: [{}], status: 'failed', message: 'The worker ended.'}), {}, 'The worker ended.'],
	['a rate that is reached', runningOf({probed: [many(480, verdicts.closed)]}), {rate: 500}, 'Limited by --rate 500: that many tries a second at most.'],
	['a rate that is not reached', runningOf({probed: [many(48, verdicts.closed)]}), {rate: 500}, 'Nothing holds it up: every port so far has answered.'],
	['a concurrency that is reached', runningOf({probed: [{22: verdicts.open}]}), {concurrency: 8}, 'Limited by --concurrency 8: that many in flight to an address at most.'],
	['a time-out that was asked for', runningOf({probed: [{22: verdicts.filtered}]}), {timeoutMs: 500}, 'Each silent try is waited for 500 ms, as --timeout says.'],
	['an error nobody has words for', runningOf({probed: [{22: {state: 'unknown', reason: 'EODD', tries: 1}}]}), {}, '1 port gave no answer: / then filtered or unknown lists why.'],
];

for (const [situation, record, request, first] of situations) {
	test(`${situation}: ${first}`, t => {
		t.is(paceSentences({request: {targets: ['localhost'], ports: 'all', ...request}, record, history: []})[0], first);
	});
}
