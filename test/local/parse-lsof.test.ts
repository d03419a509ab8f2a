import test from 'ava';
import fc from 'fast-check';
import {parseLsof} from '../../source/local/parse-lsof.ts';

/** As lsof 4.9x writes on macOS: fields ended by a zero byte, a line a process and a file. */
const macOs = [
	'p1\0R0\0claunchd\0Lroot\0',
	'f21\0tIPv6\0d0xf1\0PTCP\0n*:22\0TST=LISTEN\0TQR=0\0TQS=0\0',
	'f22\0tIPv4\0d0xf2\0PTCP\0n*:22\0TST=LISTEN\0TQR=0\0TQS=0\0',
	'p812\0R700\0cnode with blanks\0Lalice\0',
	'f19\0tIPv6\0d0xa1\0PTCP\0n[::1]:3000\0TST=LISTEN\0',
	'f20\0tIPv4\0d0xa2\0PTCP\0n127.0.0.1:3000->127.0.0.1:51000\0TST=ESTABLISHED\0',
	'f21\0tIPv4\0d0xa3\0PUDP\0n*:5353\0',
	'f22\0tIPv4\0d0xa4\0PUDP\0n*:*\0',
	'f23\0tIPv6\0d0xa5\0PUDP\0n[fe80::1%en0]:50000->[fe80::2%en0]:53\0',
	'f24\0tIPv4\0d0xa6\0PTCP\0n127.0.0.1:4000\0TST=CLOSED\0',
	'p813\0R812\0cnode with blanks\0Lalice\0',
	'f19\0tIPv6\0d0xa1\0PTCP\0n[::1]:3000\0TST=LISTEN\0',
	'',
].join('\n');

test('sockets and their processes, as macOS tells them', t => {
	const {sockets, processes} = parseLsof(macOs);
	t.deepEqual([...processes.values()], [
		{pid: 1, parentPid: 0, name: 'launchd', user: 'root'},
		{pid: 812, parentPid: 700, name: 'node with blanks', user: 'alice'},
		{pid: 813, parentPid: 812, name: 'node with blanks', user: 'alice'},
	]);
	t.deepEqual(sockets.map(({transport, family, state, address, port, peer, ownerPids}) => [transport, family, state, address, port, peer?.port ?? null, ownerPids]), [
		['tcp', 6, 'listening', '::', 22, null, [1]],
		['tcp', 4, 'listening', '0.0.0.0', 22, null, [1]],
		['tcp', 6, 'listening', '::1', 3000, null, [812, 813]],
		['tcp', 4, 'established', '127.0.0.1', 3000, 51_000, [812]],
		['udp', 4, 'bound', '0.0.0.0', 5353, null, [812]],
		['udp', 6, 'established', 'fe80::1%en0', 50_000, 53, [812]],
		['tcp', 4, 'closed', '127.0.0.1', 4000, null, [812]],
	]);
});

test('files that are no sockets, and files before any process, are left out', t => {
	t.deepEqual(parseLsof('f1\0tIPv4\0PTCP\0n*:1\0TST=LISTEN\0\np5\0csh\0\nf1\0tREG\0n/tmp/x\0\nf2\0tIPv4\0PICMP\0n*:1\0\n').sockets, []);
});

test('no text breaks it', t => {
	const field = fc.oneof(fc.constantFrom('p5', 'f1', 'tIPv4', 'tIPv6', 'PTCP', 'PUDP', 'n*:1', 'n1.2.3.4:5->6.7.8.9:10', 'TST=LISTEN', 'TST', 'cx', 'R', '', 'T='), fc.string({unit: 'binary', maxLength: 5}));
	fc.assert(fc.property(fc.array(field, {maxLength: 20}), fields => {
		const {sockets} = parseLsof(fields.join('\0'));
		return sockets.every(({ownerPids}) => ownerPids.length === 1);
	}));
	t.pass();
});
