import test from 'ava';
import {nameOf, parseCommandLine, parseExecutable, parsePasswd} from '../../source/local/proc-process.ts';

test('arguments may be empty and hold blanks and line ends', t => {
	t.deepEqual(parseCommandLine('node\0a b\0\0c\nd\0'), ['node', 'a b', '', 'c\nd']);
	t.deepEqual(parseCommandLine('nginx: master process nginx\0\0\0\0'), ['nginx: master process nginx']);
	t.deepEqual(parseCommandLine('no end'), ['no end']);
	t.is(parseCommandLine(''), null);
	t.is(parseCommandLine('\0\0'), null);
});

test('users by number, the first of a number', t => {
	const users = parsePasswd('root:x:0:0:root:/root:/bin/bash\ntoor:x:0:0::/root:/bin/sh\n\n# x\nbroken:x\nalice:x:1000:1000::/home/alice:/bin/sh\n+::::::\n');
	t.deepEqual([...users], [[0, 'root'], [1000, 'alice']]);
});

test('an executable that is gone', t => {
	t.deepEqual(parseExecutable('/usr/bin/node'), {executable: '/usr/bin/node', isExecutableDeleted: false});
	t.deepEqual(parseExecutable('/tmp/a b (deleted)'), {executable: '/tmp/a b', isExecutableDeleted: true});
});

const names: ReadonlyArray<readonly [kernel: string, command: readonly string[] | null, executable: string | null, name: string]> = [
	['node', ['node', 'server.js'], '/usr/bin/node', 'node'],
	['systemd-resolve', ['/usr/lib/systemd/systemd-resolved'], '/usr/lib/systemd/systemd-resolved', 'systemd-resolved'],
	['systemd-resolve', null, null, 'systemd-resolve'],
	['systemd-resolve', ['other'], '/bin/systemd-resolved', 'systemd-resolved'],
	['exactly-fifteen', ['exactly-fifteen'], null, 'exactly-fifteen'],
	['renamed by itse', ['node'], '/usr/bin/node', 'renamed by itse'],
	['MainThread', ['node', 'x'], '/usr/bin/node', 'node'],
	['MainThread', null, null, 'MainThread'],
];

for (const [kernel, command, executable, name] of names) {
	test(`${kernel} of ${command?.join(' ') ?? 'an unseen command'} is called ${name}`, t => {
		t.is(nameOf(kernel, command, executable), name);
	});
}
