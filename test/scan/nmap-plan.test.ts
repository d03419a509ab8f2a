import test from 'ava';
import fc from 'fast-check';
import {readPortSet} from '../../source/port/port-set.ts';
import {numberOf, parseBlock, type AddressBlock} from '../../source/scan/address-block.ts';
import {readAddress} from '../../source/scan/address.ts';
import {prefixesOf} from '../../source/scan/block-prefixes.ts';
import {planNmap} from '../../source/scan/nmap-plan.ts';
import type {ScanPlan} from '../../source/scan/scan-plan.ts';

const blockOf = (text: string): AddressBlock => {
	const block = parseBlock(text);
	if (block?.ok !== true) {
		throw new Error(text);
	}

	return block.value;
};

const plan: ScanPlan = {
	id: 'one',
	hosts: ['127.0.0.1', '::1', 'fe80::1%eth0'].map(text => ({target: 'localhost', address: readAddress(text)!, note: null})),
	blocks: [blockOf('10.0.0.1-6')],
	ports: readPortSet('22,80-90'),
	firstPorts: [],
	seed: 1,
};

test('a block is told as prefixes that hold each of its addresses once', t => {
	t.deepEqual(prefixesOf(blockOf('10.0.0.0/24')), ['10.0.0.0/24']);
	t.deepEqual(prefixesOf(blockOf('10.0.0.1-6')), ['10.0.0.1', '10.0.0.2/31', '10.0.0.4/31', '10.0.0.6']);
	t.deepEqual(prefixesOf(blockOf('0.0.0.0/0')), ['0.0.0.0/0']);
	t.deepEqual(prefixesOf(blockOf('2001:db8::/64')), ['2001:db8::/64']);
	t.deepEqual(prefixesOf(blockOf('255.255.255.254-255.255.255.255')), ['255.255.255.254/31']);
	const byte = fc.nat(255);
	fc.assert(fc.property(byte, byte, byte, byte, (one, two, three, four) => {
		const ends = [`10.0.${one}.${two}`, `10.0.${three}.${four}`].sort((a, b) => Number(numberOf(readAddress(a)!) - numberOf(readAddress(b)!)));
		const block = blockOf(ends.join('-'));
		const parts = prefixesOf(block).map(text => (text.includes('/') ? blockOf(text) : {target: text, first: readAddress(text)!, last: readAddress(text)!}));
		t.is(parts.length <= 32, true);
		let next = numberOf(block.first);
		for (const part of parts) {
			t.is(numberOf(part.first), next);
			next = numberOf(part.last) + 1n;
		}

		t.is(next, numberOf(block.last) + 1n);
	}));
});

test('nmap runs once for each family, with addresses alone on its standard input', t => {
	const runs = planNmap(plan, '-');
	t.deepEqual(runs.map(({input}) => input), ['127.0.0.1\n10.0.0.1\n10.0.0.2/31\n10.0.0.4/31\n10.0.0.6\n', '::1\nfe80::1%eth0\n']);
	t.deepEqual(runs.map(({args}) => args.includes('-6')), [false, true]);
	t.deepEqual(runs[0]!.args, ['-v', '-n', '--stats-every', '1s', '-Pn', '-p', '22,80-90', '-oX', '-', '-iL', '-']);
});

test('settings that nmap has a flag for are handed on, and silent hosts are its own matter where they are skipped', t => {
	const {args} = planNmap({...plan, rate: 50, tries: 3, concurrency: 7, timeoutMs: 250, skipsSilentHosts: true}, '/dev/fd/3')[0]!;
	t.is(args.join(' '), '-v -n --stats-every 1s --max-rate 50 --max-retries 2 --max-parallelism 7 --max-rtt-timeout 250ms -p 22,80-90 -oX /dev/fd/3 -iL -');
});
