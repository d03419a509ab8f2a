import test from 'ava';
import {planStop, type StopSurroundings} from '../../source/local/stop-plan.ts';
import {toPort} from '../../source/port/port.ts';
import {afterStopEvent, type StopDialog, type StopStage} from '../../source/store/stop-dialog.ts';
import {stopHints, stopParagraphs} from '../../source/ui/stop-paragraphs.ts';
import {database, everyone, readingAt, usualReading, webServer} from '../helpers/local-readings.ts';
import {foundSocket} from '../helpers/local-sockets.ts';

const surroundings: StopSurroundings = {ownPid: 1_000_000, ownAncestors: [], protectedPids: new Set(), mayStopAncestors: false};
const single = readingAt(0, [foundSocket(3000, {ownerPids: [812]}), foundSocket(5432, {ownerPids: [900]})], everyone);

const dialogOf = (stage: StopStage, port = 3000, snapshot = single, changes: Partial<StopSurroundings> = {}): StopDialog =>
	({id: 1, plan: planStop(snapshot, [toPort(port)], {...surroundings, ...changes}), stage, ended: [], denied: []});

const textOf = (dialog: StopDialog): string => [...stopParagraphs(dialog, everyone).map(({text}) => text), stopHints(dialog)].join('\n');

const asking: StopStage = {kind: 'asking'};
const sayings: ReadonlyArray<readonly [situation: string, dialog: StopDialog, says: readonly RegExp[]]> = [
	['what is being found out', dialogOf({kind: 'planning'}), [/Looking who holds port 3000/]],
	['the question', dialogOf(asking), [/^Stop node \(PID 812, `node server\.js`\), which listens on 3000\?$/m, /It runs as alice\./, /y asks it to end \(SIGTERM\)/]],
	['a question about several', dialogOf(asking, 3000, usualReading()), [/^Stop these 2 processes\?$/m, /PID 812.*listens on 3000 and 3001/, /PID 813/, /They run as alice\./]],
	['a question about a service', dialogOf(asking, 5432), [/systemd unit postgresql\.service may start it again: systemctl stop postgresql\.service/]],
	['that it is portui itself', dialogOf({kind: 'refused'}, 3000, single, {ownPid: 812}), [/this portui \(PID 812\): q quits it/]],
	['that portui runs in it', dialogOf({kind: 'refused'}, 3000, single, {ownAncestors: [812]}), [/this portui runs in: stopping it would end this screen/]],
	['that it is not permitted', dialogOf({kind: 'refused'}, 3000, single, {protectedPids: new Set([812])}), [/owned by alice: run sudo portui/]],
	['that nothing listens any more', dialogOf({kind: 'refused'}, 9), [/Nothing listens on port 9 any more/]],
	['the wait', dialogOf({kind: 'waiting', signal: 'SIGTERM'}), [/Asked node \(PID 812\) to end \(SIGTERM\)/, /cannot be taken back/]],
	['the wait after force', dialogOf({kind: 'waiting', signal: 'SIGKILL'}), [/by force \(SIGKILL\)/]],
	['that it still runs', dialogOf({kind: 'alive', processes: [webServer]}), [/node \(PID 812, `node server\.js`\) still runs/, /k ends it by force \(SIGKILL\)/]],
	['that the port is free', dialogOf({kind: 'over', outcome: {kind: 'freed', ports: [toPort(3000)], lingering: []}}), [/Port 3000 is free\./]],
	['that the port is taken again', dialogOf({kind: 'over', outcome: {kind: 'taken', ports: [toPort(5432)], sockets: single.sockets.slice(1), isByOthers: true}}, 5432), [/Port 5432 is taken again: 5432 by postgres/, /systemctl stop/]],
	['who started what has the port again', dialogOf({kind: 'over', outcome: {kind: 'taken', ports: [toPort(3000)], sockets: single.sockets.slice(0, 1), isByOthers: true}}), [/PID 812 was started by bash \(PID 700, `bash`\): stop that first/]],
	['that it is not known', dialogOf({kind: 'over', outcome: {kind: 'failed', message: 'No /proc.'}}), [/not known\. No \/proc\./]],
];

for (const [situation, dialog, says] of sayings) {
	test(`said: ${situation}`, t => {
		for (const saying of says) {
			t.regex(textOf(dialog), saying);
		}
	});
}

test('the steps of a stop, one after another', t => {
	let dialog = dialogOf({kind: 'waiting', signal: 'SIGTERM'});
	dialog = afterStopEvent(dialog, {kind: 'signalled', signal: 'SIGTERM', process: webServer});
	t.is(dialog.stage.kind, 'waiting');
	dialog = afterStopEvent(dialog, {kind: 'not-permitted', process: database});
	dialog = afterStopEvent(dialog, {kind: 'still-running', processes: [webServer]});
	t.is(dialog.stage.kind, 'alive');
	dialog = afterStopEvent(dialog, {kind: 'signalled', signal: 'SIGKILL', process: webServer});
	t.deepEqual(dialog.stage, {kind: 'waiting', signal: 'SIGKILL'});
	dialog = afterStopEvent(dialog, {kind: 'ended', process: webServer});
	dialog = afterStopEvent(dialog, {kind: 'freed', ports: [toPort(3000)], lingering: []});
	t.is(dialog.stage.kind, 'over');
	t.regex(textOf(dialog), /Port 3000 is free/);
	t.regex(textOf(dialog), /postgres .* may not be stopped by this user/);
	t.regex(textOf(dialog), /node .* has ended/);
});
