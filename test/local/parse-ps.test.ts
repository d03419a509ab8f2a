import test from 'ava';
import fc from 'fast-check';
import {parsePs, psStartOf} from '../../source/local/parse-ps.ts';

const text = `    1     0 Ss   Wed Nov 25 03:02:42 2026     root     /sbin/launchd
  812   700 S+   Thu Jan  1 00:00:00 2026     _www     /usr/local/bin/node server.js --name a  b
  813   812 Z    Thu Jan  1 00:00:00 2026     alice    (node)
not a process
`;

test('processes as macOS and Linux tell them', t => {
	t.deepEqual([...parsePs(text).values()], [
		{pid: 1, parentPid: 0, state: 'Ss', user: 'root', started: 'Nov 25 03:02:42 2026', command: '/sbin/launchd'},
		{pid: 812, parentPid: 700, state: 'S+', user: '_www', started: 'Jan 1 00:00:00 2026', command: '/usr/local/bin/node server.js --name a  b'},
		{pid: 813, parentPid: 812, state: 'Z', user: 'alice', started: 'Jan 1 00:00:00 2026', command: '(node)'},
	]);
});

test('the start is told in UTC', t => {
	t.is(psStartOf({started: 'Nov 25 03:02:42 2026'}), '2026-11-25T03:02:42.000Z');
	t.is(psStartOf({started: 'Foo 99 03:02:42 2026'}), null);
});

test('no text breaks it', t => {
	fc.assert(fc.property(fc.string({unit: 'binary'}), each => parsePs(each).size >= 0));
	t.pass();
});
