import test from 'ava';
import {formatPortSet} from '../../source/port/port-set.ts';
import type {PortVocabulary} from '../../source/port/parse-port-set.ts';
import {toPort} from '../../source/port/port.ts';
import {defaultPorts, parseRequest, settings, settingNames} from '../../source/scan/parse-request.ts';
import type {ScanRequest} from '../../source/scan/scan-request.ts';

const vocabulary: PortVocabulary = {
	portsNamed: name => (name === 'http' ? [toPort(80), toPort(8080)] : []),
	nearestName: name => (name === 'htpp' ? 'http' : undefined),
	topPorts: [80, 22, 443].map(port => toPort(port)),
};

const request = (changes: Partial<ScanRequest>): ScanRequest => ({targets: ['localhost'], ports: '80', ...changes});

const accepted: ReadonlyArray<readonly [Partial<ScanRequest>, string]> = [
	[{ports: '22,80-90'}, '22,80-90'],
	[{ports: 'http'}, '80,8080'],
	[{ports: defaultPorts}, '22,80,443'],
	[{ports: '-1023'}, '0-1023'],
	[{ports: '!25'}, '0-24,26-65535'],
	[{ports: '1-10', excludePorts: '3,5-6'}, '1-2,4,7-10'],
	[{ports: '80,443', excludePorts: 'http'}, '443'],
	[{ports: '80', seed: 0, concurrency: 1, timeoutMs: 1, tries: 1}, '80'],
];

for (const [changes, ports] of accepted) {
	test(`accepts ${JSON.stringify(changes)}`, t => {
		const parsed = parseRequest(request(changes), vocabulary);
		t.is(parsed.ok ? formatPortSet(parsed.ports) : parsed.problem.message, ports);
	});
}

const rejectedRequests: ReadonlyArray<readonly [Partial<ScanRequest>, kind: string, message: string]> = [
	[{targets: []}, 'target', 'There is no target: write a host name or an IP address, such as localhost.'],
	[{targets: ['localhost', ' ']}, 'target', 'The target is empty: write a host name or an IP address, such as localhost.'],
	[{ports: '90-80'}, 'ports', '"90-80" runs backwards: write 80-90.'],
	[{ports: '65536'}, 'ports', 'Port 65536 is out of range: ports go from 0 to 65535.'],
	[{ports: 'htpp'}, 'ports', 'No service is named "htpp"; did you mean http?'],
	[{ports: ''}, 'ports', 'The list of ports is empty: write ports like 22,80-90, a name like http, or all.'],
	[{excludePorts: 'x-y'}, 'ports', 'No service is named "x-y": write a port number, a range like 80-90, or a name like http.'],
	[{ports: '80-90', excludePorts: 'all'}, 'ports', 'Nothing is left to scan: every port asked for is taken away by --exclude-ports.'],
	[{seed: -1}, 'setting', '--seed takes a whole number from 0 to 4294967295, not -1.'],
	[{seed: 2 ** 32}, 'setting', '--seed takes a whole number from 0 to 4294967295, not 4294967296.'],
	[{concurrency: 0}, 'setting', '--concurrency takes a whole number from 1 to 65536, not 0.'],
	[{timeoutMs: 1.5}, 'setting', '--timeout takes a whole number of milliseconds from 1 to 600000, not 1.5.'],
	[{tries: Number.NaN}, 'setting', '--tries takes a whole number from 1 to 20, not NaN.'],
];

for (const [changes, kind, message] of rejectedRequests) {
	test(`a sentence for ${JSON.stringify(changes)}: ${message}`, t => {
		t.deepEqual(parseRequest(request(changes), vocabulary), {ok: false, problem: {kind: kind as 'ports', message}});
	});
}

test('both ends of the bounds of each setting are accepted', t => {
	for (const name of settingNames) {
		for (const value of [settings[name].least, settings[name].most]) {
			t.true(parseRequest(request({[name]: value}), vocabulary).ok, `${name} ${value}`);
		}
	}
});
