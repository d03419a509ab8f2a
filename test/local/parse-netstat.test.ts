import test from 'ava';
import fc from 'fast-check';
import {parseNetstat, parseTasklist} from '../../source/local/parse-netstat.ts';

const english = `\r
Active Connections\r
\r
  Proto  Local Address          Foreign Address        State           PID\r
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1052\r
  TCP    127.0.0.1:3000         127.0.0.1:51000        ESTABLISHED     812\r
  TCP    127.0.0.1:3000         127.0.0.1:51001        TIME_WAIT       0\r
  TCP    [::]:135               [::]:0                 LISTENING       1052\r
  TCP    [fe80::1%12]:139       [::]:0                 LISTENING       4\r
  UDP    0.0.0.0:5353           *:*                                    2000\r
  UDP    [::1]:1900             *:*                                    2001\r
`;

test('an English Windows', t => {
	t.deepEqual(parseNetstat(english).map(({transport, family, state, address, port, peer, ownerPids}) => [transport, family, state, address, port, peer?.port ?? null, ownerPids]), [
		['tcp', 4, 'listening', '0.0.0.0', 135, null, [1052]],
		['tcp', 4, 'established', '127.0.0.1', 3000, 51_000, [812]],
		['tcp', 4, 'time-wait', '127.0.0.1', 3000, 51_001, []],
		['tcp', 6, 'listening', '::', 135, null, [1052]],
		['tcp', 6, 'listening', 'fe80::1%12', 139, null, [4]],
		['udp', 4, 'bound', '0.0.0.0', 5353, null, [2000]],
		['udp', 6, 'bound', '::1', 1900, null, [2001]],
	]);
});

test('a Windows of another language: what listens is told by its shape, the rest by no guess', t => {
	const german = '  TCP    0.0.0.0:135   0.0.0.0:0   ABHÖREN   1052\r\n  TCP    127.0.0.1:1   127.0.0.1:2   HERGESTELLT   812\r\n';
	t.deepEqual(parseNetstat(german).map(({state}) => state), ['listening', 'unknown']);
});

test('names of processes', t => {
	t.deepEqual([...parseTasklist('"node.exe","812","Console","1","41,000 K"\r\n"System, Idle","0","Services","0","8 K"\r\nINFO: none\r\n')], [[812, 'node.exe'], [0, 'System, Idle']]);
});

test('no text breaks it', t => {
	const word = fc.oneof(fc.constantFrom('TCP', 'UDP', '[::]:1', '1.2.3.4:5', '*:*', '0.0.0.0:0', 'LISTENING', '12', '\r\n'), fc.string({unit: 'binary', maxLength: 5}));
	fc.assert(fc.property(fc.array(word), words => parseNetstat(words.join(' ')).every(({port}) => port <= 65_535)));
	t.pass();
});
