import test from 'ava';
import fc from 'fast-check';
import {readPortSet} from '../../source/port/port-set.ts';
import {parseTarget, type Target} from '../../source/scan/target.ts';
import {parseVia, sshArguments, viaCommand, viaLines, viaSkipsSilentHosts, type ViaOrder} from '../../source/scan/via.ts';

const targetsOf = (...texts: readonly string[]): readonly Target[] => texts.map(text => {
	const target = parseTarget(text);
	if (!target.ok) {
		throw new Error(text);
	}

	return target.value;
});

const order: ViaOrder = {
	targets: targetsOf('example.com', '10.0.0.1-6', '2001:db8::1'),
	exclude: targetsOf('10.0.0.3'),
	ports: readPortSet('22,80-90'),
	request: {targets: [], ports: '22,80-90', rate: 50, timeoutMs: 300, seed: 7},
	mayScanPublic: false,
};

const commandOf = (...args: Parameters<typeof viaCommand>): string => {
	const command = viaCommand(...args);
	return command.ok ? command.value : `no: ${command.message}`;
};

test('a machine is written as ssh takes it, and never like a flag', t => {
	for (const text of ['host', 'user@host', 'user@192.0.2.1', 'ssh://user@host:2222', '[2001:db8::1]', 'my_host.example']) {
		t.deepEqual(parseVia(text), {ok: true, value: text});
	}

	for (const text of ['', '-oProxyCommand=reboot', 'user@-oProxyCommand=reboot', 'ssh://-oProxyCommand=reboot', 'a b', 'host;reboot', '$(reboot)', 'host\n', '`id`@host', '\'host', 'x'.repeat(301)]) {
		t.false(parseVia(text).ok, text);
	}
});

test('the command runs what is there, in words that mean nothing to a shell', t => {
	t.is(commandOf(order, undefined), 'sh -c \'if command -v portui >/dev/null 2>&1; then echo portui-via portui; exec portui scan --format=ndjson --show=open,closed,filtered,unknown --quiet --no-history --ports=22,80-90 --exclude=10.0.0.3 --rate=50 --timeout=300 --seed=7 --input=-; fi; if command -v nmap >/dev/null 2>&1; then echo portui-via nmap; nmap -sL -n -oX - -- example.com </dev/null; exec nmap -v -n --stats-every 1s --max-rate 50 --max-rtt-timeout 300ms -p 22,80-90 -oX - -iL -; fi; echo portui-via none\'');
	t.false(commandOf(order, 'nmap').includes('exec portui'));
	t.false(commandOf(order, 'socket').includes('nmap'));
	t.regex(commandOf(order, 'masscan'), /^no: /);
	t.true(commandOf({...order, mayScanPublic: true}, undefined).includes('--yes'));
	t.deepEqual(sshArguments('user@host', 'true', false), ['-T', '-o', 'BatchMode=yes', '--', 'user@host', 'true']);
	t.deepEqual(sshArguments('user@host', 'true', true), ['-T', '--', 'user@host', 'true']);
});

test('nothing that is a target breaks out of the command', t => {
	fc.assert(fc.property(fc.oneof(fc.string(), fc.constantFrom('fe80::1%eth0', 'fe80::1%a\'b', 'fe80::1%$(id)', '10.0.0.0/8', '-rf', 'ex\'ample')), text => {
		const target = parseTarget(text);
		if (!target.ok) {
			return;
		}

		const command = viaCommand({...order, targets: [target.value], exclude: [target.value]}, undefined);
		if (command.ok) {
			t.regex(command.value, /^sh -c '[\w.,:/%@=+; >&<-]+'$/);
		}

		t.regex(viaLines([target.value]), /^(?:[^\s-]\S*\n)+$/);
	}));
});

test('targets are told a line each, names as they are and blocks as prefixes', t => {
	t.is(viaLines(order.targets), 'example.com\n10.0.0.1\n10.0.0.2/31\n10.0.0.4/31\n10.0.0.6\n2001:db8::1\n');
	t.true(viaSkipsSilentHosts(order));
	t.false(viaSkipsSilentHosts({...order, targets: targetsOf('example.com')}));
});

test('too many ranges are too long for a command', t => {
	const ports = readPortSet(Array.from({length: 32_000}, (_, index) => 2 * index).join(','));
	t.regex(commandOf({...order, ports}, undefined), /^no: The list of ports is too long/);
});
