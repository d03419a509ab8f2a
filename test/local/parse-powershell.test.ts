import test from 'ava';
import fc from 'fast-check';
import {parsePowerShell} from '../../source/local/parse-powershell.ts';

/** As `ConvertTo-Json` writes the objects of Get-NetTCPConnection, Get-NetUDPEndpoint and Win32_Process. */
const document = {
	tcp: [
		{LocalAddress: '::', LocalPort: 135, RemoteAddress: '::', RemotePort: 0, State: 2, OwningProcess: 1052},
		{LocalAddress: '0.0.0.0', LocalPort: 3000, RemoteAddress: '0.0.0.0', RemotePort: 0, State: 2, OwningProcess: 812},
		{LocalAddress: '192.168.1.5', LocalPort: 51_000, RemoteAddress: '192.0.2.1', RemotePort: 443, State: 'Established', OwningProcess: 812},
		{LocalAddress: '127.0.0.1', LocalPort: 3000, RemoteAddress: '127.0.0.1', RemotePort: 52_000, State: 11, OwningProcess: 0},
		{LocalAddress: '0.0.0.0', LocalPort: 51_000, RemoteAddress: '0.0.0.0', RemotePort: 0, State: 100, OwningProcess: 812},
	],
	udp: {LocalAddress: 'fe80::1%12', LocalPort: 5353, OwningProcess: 1052},
	processes: [
		{ProcessId: 1052, ParentProcessId: 700, Name: 'svchost.exe', CommandLine: null, ExecutablePath: null, Started: '2026-01-31T11:00:00.1234567Z'},
		{ProcessId: 812, ParentProcessId: 600, Name: 'node.exe', CommandLine: '"C:\\node.exe" server.js', ExecutablePath: 'C:\\node.exe', Started: '2026-01-31T12:00:00.0000000Z'},
		{ProcessId: 0, ParentProcessId: 0, Name: 'System Idle Process', CommandLine: null, ExecutablePath: null, Started: null},
	],
};

test('sockets and processes as Windows tells them, a list of one as the one, a mark before the text', t => {
	const facts = parsePowerShell(`\uFEFF${JSON.stringify(document)}\r\n`);
	t.true(facts.ok);
	if (facts.ok) {
		const {sockets, processes} = facts.value;
		t.deepEqual(sockets.map(({transport, family, state, address, port, peer, ownerPids, isOrphan}) => [transport, family, state, address, port, peer?.port ?? null, ownerPids, isOrphan]), [
			['tcp', 6, 'listening', '::', 135, null, [1052], false],
			['tcp', 4, 'listening', '0.0.0.0', 3000, null, [812], false],
			['tcp', 4, 'established', '192.168.1.5', 51_000, 443, [812], false],
			['tcp', 4, 'time-wait', '127.0.0.1', 3000, 52_000, [], true],
			['udp', 6, 'bound', 'fe80::1%12', 5353, null, [1052], false],
		]);
		t.like(processes.get(812), {name: 'node.exe', parentPid: 600, commandLine: ['"C:\\node.exe" server.js'], startedAt: '2026-01-31T12:00:00.000Z', birth: '2026-01-31T12:00:00.0000000Z'});
		t.like(processes.get(1052), {commandLine: null, user: null});
		t.like(processes.get(0), {startedAt: null, birth: null});
	}
});

for (const text of ['', 'null', '[]', '{}', '{"tcp":[]}', 'Get-NetTCPConnection : not recognized']) {
	test(`${JSON.stringify(text)} is no answer`, t => {
		t.false(parsePowerShell(text).ok);
	});
}

test('no document breaks it', t => {
	fc.assert(fc.property(fc.record({tcp: fc.jsonValue(), udp: fc.jsonValue(), processes: fc.jsonValue()}), each => parsePowerShell(JSON.stringify(each)).ok));
	const key = fc.constantFrom('LocalAddress', 'LocalPort', 'RemotePort', 'RemoteAddress', 'State', 'OwningProcess', 'ProcessId', 'Name', 'Started');
	const row = fc.dictionary(key, fc.jsonValue());
	fc.assert(fc.property(fc.record({tcp: fc.array(row), udp: fc.array(row), processes: fc.array(row)}), each => parsePowerShell(JSON.stringify(each)).ok));
	t.pass();
});
