import test from 'ava';
import {originSentences} from '../../source/ui/origin-sentences.ts';
import {formatMoment} from '../../source/ui/clock-words.ts';
import {scanRecord} from '../helpers/scan-events.ts';

const record = scanRecord({});
const request = {targets: [], ports: ''};

test('of a scan that was made here nothing is said', t => {
	t.deepEqual(originSentences({record, request, history: []}), []);
});

test('of one from a file it is said which, by whom and when, and nothing in it can move the cursor', t => {
	const started = {...record.started, engine: 'masscan', tellsOpenOnly: true as const};
	t.deepEqual(originSentences({record: {...record, started}, request, history: [], opened: {origin: {kind: 'file', name: 'a\u001B[2J.json', format: 'masscan JSON'}, notes: ['Line 3 \u009B is left out.']}}), [
		`Read from "a\\u001b[2J.json" (masscan JSON): what masscan found at ${formatMoment(started.startedAt)}. No observation of this machine's.`,
		'Of ports that it does not list it is not known whether they were asked.',
		'Line 3 \\x9b is left out.',
	]);
});

test('of one of the history it is said that it is kept', t => {
	t.deepEqual(originSentences({record, request, history: [], opened: {origin: {kind: 'history', id: '20260131T120000000Z-0a1b2c3d'}, notes: []}}), [`Kept in the history (0a1b2c3d): what was found at ${formatMoment(record.started.startedAt)}.`]);
});
