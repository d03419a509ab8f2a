import test from 'ava';
import fc from 'fast-check';
import {isTcp6Empty, parseProcNet, type ProcNetFile} from '../../source/local/proc-net.ts';

const heading = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     \n';
const rest = '00000000:00000000 00:00000000 00000000  1000        0 2100608 1 000000007458fd74 100 0 0 10 0                   \n';

const tcp4: ProcNetFile = {transport: 'tcp', family: 4, isLittleEndian: true};
const tcp6: ProcNetFile = {transport: 'tcp', family: 6, isLittleEndian: true};
const udp4: ProcNetFile = {transport: 'udp', family: 4, isLittleEndian: true};

const addresses: ReadonlyArray<readonly [local: string, file: ProcNetFile, address: string, port: number]> = [
	['0100007F:0BB8', tcp4, '127.0.0.1', 3000],
	['7F000001:0BB8', {...tcp4, isLittleEndian: false}, '127.0.0.1', 3000],
	['00000000:0016', tcp4, '0.0.0.0', 22],
	['0501A8C0:FFFF', tcp4, '192.168.1.5', 65_535],
	['00000000000000000000000000000000:1F90', tcp6, '::', 8080],
	['00000000000000000000000001000000:1F90', tcp6, '::1', 8080],
	['00000000000000000000000000000001:1F90', {...tcp6, isLittleEndian: false}, '::1', 8080],
	['0000000000000000FFFF00000100007F:1F90', tcp6, '::ffff:127.0.0.1', 8080],
	['B80D0120000000000000000001000000:01BB', tcp6, '2001:db8::1', 443],
	['000080FE00000000FF005450BC9A78FE:01BB', tcp6, 'fe80::5054:ff:fe78:9abc', 443],
];

for (const [local, file, address, port] of addresses) {
	test(`the address ${local} on a ${file.isLittleEndian ? 'little' : 'big'}-endian machine is ${address}`, t => {
		const nobody = `${'0'.repeat(file.family === 4 ? 8 : 32)}:0000`;
		const [socket] = parseProcNet(`${heading}   0: ${local} ${nobody} 0A ${rest}`, file);
		t.like(socket, {address, port, state: 'listening', uid: 1000, inode: '2100608', peerPort: 0});
	});
}

test('each state has its name', t => {
	const states = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '0A', '0B', '0C', '0D'];
	const text = heading + states.map((state, index) => `  ${index}: 0100007F:0BB8 0100007F:C001 ${state} ${rest}`).join('');
	t.deepEqual(parseProcNet(text, tcp4).map(({state}) => state), ['established', 'syn-sent', 'syn-received', 'fin-wait-1', 'fin-wait-2', 'time-wait', 'closed', 'close-wait', 'last-ack', 'listening', 'closing', 'syn-received', 'unknown']);
});

test('a UDP socket is bound, or has one peer', t => {
	const text = `${heading}   0: 3500007F:0035 00000000:0000 07 ${rest}   1: 0100007F:CA41 3500007F:0035 01 ${rest}`;
	t.deepEqual(parseProcNet(text, udp4).map(({state, address, port, peerAddress, peerPort}) => [state, address, port, peerAddress, peerPort]), [
		['bound', '127.0.0.53', 53, '0.0.0.0', 0],
		['established', '127.0.0.1', 51_777, '127.0.0.53', 53],
	]);
});

test('lines as a busy machine writes them: wide numbers, a timer, a socket without an owner', t => {
	const text = `${heading}12345: 0100007F:BA8D 0100007F:B8F0 06 0000000A:0000FFFF 03:000017A3 00000000     0        0 0 3 00000000be813e9f\n`;
	t.like(parseProcNet(text, tcp4)[0], {state: 'time-wait', inode: '0', uid: 0});
});

test('what is cut short or of another family is left out', t => {
	const line = `   0: 0100007F:0BB8 00000000:0000 0A ${rest}`;
	for (let length = 0; length < 80; length++) {
		t.deepEqual(parseProcNet(heading + line.slice(0, length), tcp4), []);
	}

	t.deepEqual(parseProcNet(heading + line, tcp6), []);
});

test('no text breaks it', t => {
	fc.assert(fc.property(fc.oneof(fc.string({unit: 'binary'}), fc.stringMatching(/^ *\d+: [0-9A-F]{8,32}:[0-9A-F]{4} [0-9A-F]{8,32}:[0-9A-F]{4} [0-9A-F]{2} .*$/)), fc.boolean(), (text, isLittleEndian) => {
		for (const file of [tcp4, tcp6, udp4]) {
			for (const {port, peerPort} of parseProcNet(text, {...file, isLittleEndian})) {
				t.true(port >= 0 && port <= 65_535 && peerPort <= 65_535);
			}
		}
	}));
	t.pass();
});

test('any address comes back as it was written by the kernel', t => {
	const byte = fc.integer({min: 0, max: 255});
	fc.assert(fc.property(fc.tuple(byte, byte, byte, byte), fc.integer({min: 0, max: 65_535}), fc.boolean(), (bytes, port, isLittleEndian) => {
		const hex = (isLittleEndian ? bytes.toReversed() : bytes).map(each => each.toString(16).padStart(2, '0')).join('').toUpperCase();
		const [socket] = parseProcNet(`  0: ${hex}:${port.toString(16).padStart(4, '0').toUpperCase()} 00000000:0000 0A ${rest}`, {...tcp4, isLittleEndian});
		return socket?.address === bytes.join('.') && socket.port === port;
	}));
	t.pass();
});

const sockstat = (waiting: string): string => `sockets: used 65\nTCP: inuse 31 orphan 0 ${waiting} alloc 31 mem 199\nUDP: inuse 0 mem 0\n`;
const sockstat6 = (inUse: string): string => `TCP6: inuse ${inUse}\nUDP6: inuse 3\nUDPLITE6: inuse 0\n`;

test('no socket of TCP over IPv6 in use and none waiting: there is nothing to read', t => {
	t.true(isTcp6Empty(sockstat('tw 0'), sockstat6('0')));
});

for (const [what, counts, counts6] of [
	['a socket in use', sockstat('tw 0'), sockstat6('1')],
	['ten in use', sockstat('tw 0'), sockstat6('10')],
	['a count that starts with 0', sockstat('tw 0'), sockstat6('01')],
	['a connection that waits out its time', sockstat('tw 1'), sockstat6('0')],
	['no count of those', sockstat('orphans 0'), sockstat6('0')],
	['no counts of IPv4', '', sockstat6('0')],
	['no counts of IPv6', sockstat('tw 0'), ''],
] as const) {
	test(`${what}: the file is read`, t => {
		t.false(isTcp6Empty(counts, counts6));
	});
}
