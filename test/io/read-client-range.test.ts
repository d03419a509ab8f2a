import {readFile} from 'node:fs/promises';
import process from 'node:process';
import test from 'ava';
import {readClientRange, type SystemReader} from '../../source/io/read-client-range.ts';
import {interval} from '../../source/port/port-range.ts';

const reader = (files: Readonly<Record<string, string>>, prints: Readonly<Record<string, string>> = {}): SystemReader => {
	const answer = async (answers: Readonly<Record<string, string>>, key: string): Promise<string> => answers[key] ?? Promise.reject(new Error(`no ${key}`));
	return {readText: async path => answer(files, path), run: async (...words) => answer(prints, words.join(' '))};
};

const folder = '/proc/sys/net/ipv4';

test('Linux tells in two files, of which an old kernel has one', async t => {
	const range = {[`${folder}/ip_local_port_range`]: '32768\t60999\n'};
	t.deepEqual(await readClientRange('linux', reader(range)), {...interval(32_768, 60_999), reserved: [], readFrom: `${folder}/ip_local_port_range`});
	t.deepEqual((await readClientRange('linux', reader({...range, [`${folder}/ip_local_reserved_ports`]: '40000\n'})))?.reserved, [interval(40_000, 40_000)]);
});

const commands: ReadonlyArray<readonly [NodeJS.Platform, command: string, printed: string, first: number, last: number]> = [
	['darwin', 'sysctl -n net.inet.ip.portrange.first net.inet.ip.portrange.last', '49152\n65535\n', 49_152, 65_535],
	['freebsd', 'sysctl -n net.inet.ip.portrange.first net.inet.ip.portrange.last', '10000\n65535\n', 10_000, 65_535],
	['openbsd', 'sysctl -n net.inet.ip.portfirst net.inet.ip.portlast', '1024\n49151\n', 1024, 49_151],
	['win32', 'netsh int ipv4 show dynamicport tcp', 'Start Port      : 49152\r\nNumber of Ports : 16384\r\n', 49_152, 65_535],
];

for (const [platform, command, printed, first, last] of commands) {
	test(`${platform} tells by a command`, async t => {
		const range = await readClientRange(platform, reader({}, {[command]: printed}));
		t.deepEqual(range && interval(range.first, range.last), interval(first, last));
		t.is(await readClientRange(platform, reader({})), undefined);
		t.is(await readClientRange(platform, reader({}, {[command]: 'what?'})), undefined);
	});
}

test('a system that is not known tells nothing', async t => {
	t.is(await readClientRange('sunos', reader({})), undefined);
});

test('this machine tells what its kernel says', async t => {
	if (process.platform !== 'linux') {
		t.log('skipped: /proc is read only on Linux');
		t.pass();
		return;
	}

	const [first, last] = (await readFile(`${folder}/ip_local_port_range`, 'utf8')).trim().split(/\s+/).map(Number);
	const range = await readClientRange();
	t.deepEqual(range && interval(range.first, range.last), interval(first!, last!));
});
