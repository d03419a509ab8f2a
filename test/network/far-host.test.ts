import test from 'ava';
import {icmp6Kinds, icmpKinds, type Firewall} from '../helpers/test-bed/firewall.ts';
import {scanInBed} from '../helpers/test-bed/bed-scan.ts';
import {verdictOfRejection, verdictOfRejection6} from '../helpers/test-bed/rejections.ts';
import {createTestBed, findBedProblem, type BedLink, type TestBed} from '../helpers/test-bed/test-bed.ts';

const problem = await findBedProblem();
if (problem !== undefined) {
	console.error(`far-host: skipped, because ${problem}`);
}

// One at a time: two at once would take the processor from each other, and from the link.
const testInBed = problem === undefined ? test.serial : test.serial.skip;

const openPorts = [22, 80, 443, 1234, 5432, 8080, 11_111, 23_456, 34_567, 44_444, 55_555, 65_000];
const otherCount = 65_536 - openPorts.length;

const far: BedLink = {kind: 'tun', rttMs: 20};
const lossy: BedLink = {kind: 'tun', rttMs: 20, loss: 0.01, seed: 7};

const withBed = async (link: BedLink, firewall: Firewall, use: (bed: TestBed) => Promise<void>): Promise<void> => {
	const bed = await createTestBed({link, openPorts, firewall});
	try {
		await use(bed);
	} finally {
		await bed.close();
	}
};

testInBed('all ports of a host 20 ms away, 2 % lost: none is missed, none invented', async t => {
	await withBed(lossy, {kind: 'none'}, async bed => {
		const {open, counts} = await scanInBed(bed, bed.address, '-p', 'all');
		t.deepEqual(open, openPorts);
		t.true(counts.filtered <= 6, `${counts.filtered} closed ports are told as filtered`);
		t.is(counts.unknown, 0);
	});
});

testInBed('all ports behind a firewall that drops, 2 % lost: the open ones are found, the others are filtered', async t => {
	await withBed(lossy, {kind: 'drop'}, async bed => {
		const {open, reasons} = await scanInBed(bed, bed.address, '-p', 'all');
		t.deepEqual(open, openPorts);
		t.deepEqual(reasons, {'open connected': openPorts.length, 'filtered no-answer': otherCount});
	});
});

testInBed('all ports of a host that sends 1,000 RSTs a second: the open ones are found, and silence is told for what it is', async t => {
	await withBed(far, {kind: 'rst-limit', rate: 1000}, async bed => {
		const {open, reasons, counts} = await scanInBed(bed, bed.address, '-p', 'all');
		t.deepEqual(open, openPorts);
		t.is(reasons['filtered rst-limit'] ?? 0, counts.filtered, 'never plain silence');
		t.is(counts.unknown, 0);
	});
});

testInBed('a host that takes 5,000 SYNs a second: every port gets its answer', async t => {
	await withBed(far, {kind: 'syn-limit', rate: 5000}, async bed => {
		const {open, counts} = await scanInBed(bed, bed.address, '-p', '0-32767');
		t.deepEqual(open, openPorts.filter(port => port <= 32_767));
		t.true(counts.filtered <= 3, `${counts.filtered} closed ports are told as filtered`);
	});
});

testInBed('what a firewall rejects is told with its reason', async t => {
	await withBed({kind: 'veth'}, {kind: 'none'}, async bed => {
		for (const how of ['tcp-reset', ...icmpKinds] as const) {
			await bed.setFirewall({kind: 'reject', how});
			const {open, reasons} = await scanInBed(bed, bed.address, '-p', '1-100');
			const reason = verdictOfRejection(how);
			t.deepEqual(open, [22, 80], how);
			t.deepEqual(reasons, {'open connected': 2, [reason]: 98}, how);
		}
	});
});

testInBed('over IPv6: loss, and what a firewall rejects', async t => {
	await withBed(lossy, {kind: 'none'}, async bed => {
		const {open, counts} = await scanInBed(bed, bed.address6, '-p', '0-32767');
		t.deepEqual(open, openPorts.filter(port => port <= 32_767));
		t.true(counts.filtered <= 3, `${counts.filtered} closed ports are told as filtered`);
	});
	await withBed({kind: 'tun', rttMs: 5}, {kind: 'none'}, async bed => {
		for (const how of icmp6Kinds) {
			await bed.setFirewall({kind: 'reject6', how});
			const {open, reasons} = await scanInBed(bed, bed.address6, '-p', '1-100');
			t.deepEqual(open, [22, 80], how);
			t.deepEqual(reasons, {'open connected': 2, [verdictOfRejection6(how)]: 98}, how);
		}
	});
});

testInBed('next door over IPv6, where the kernel hears ICMP a second late, a firewall is not taken for a host that is gone', async t => {
	await withBed({kind: 'veth'}, {kind: 'reject6', how: 'addr-unreachable'}, async bed => {
		const {counts, judgement} = await scanInBed(bed, bed.address6, '-p', '81-180');
		t.deepEqual({counts, judgement}, {counts: {open: 0, closed: 0, filtered: 100, unknown: 0}, judgement: null});
	});
});

testInBed('a host that accepts everything is called that, and the scan of it ends early', async t => {
	await withBed(far, {kind: 'accept-all', listener: 80}, async bed => {
		const {counts, judgement} = await scanInBed(bed, bed.address, '-p', 'all');
		t.is(judgement, 'accepts-everything');
		t.true(counts.open < 10_000, `${counts.open} ports were asked`);
		const patient = await scanInBed(bed, bed.address, '-p', '1-5000', '--keep-going');
		t.is(patient.counts.open, 5000);
		t.is(patient.judgement, null);
	});
});

testInBed('a host whose firewall resets everything is asked to the end, and called that', async t => {
	await withBed(far, {kind: 'reset-all'}, async bed => {
		const {code, counts, judgement} = await scanInBed(bed, bed.address, '-p', 'all');
		t.deepEqual({code, counts, judgement}, {code: 0, counts: {open: 0, closed: 65_536, filtered: 0, unknown: 0}, judgement: 'resets-everything'});
		await bed.setFirewall({kind: 'none'});
		t.is((await scanInBed(bed, bed.address, '-p', 'all')).judgement, null);
	});
});

testInBed('an address that nobody has is unreachable, as soon as the kernel gives it up', async t => {
	await withBed({kind: 'veth'}, {kind: 'none'}, async bed => {
		const {code, reasons, judgement, stderr} = await scanInBed(bed, bed.deadAddress, '-p', 'all');
		t.is(judgement, 'unreachable');
		t.deepEqual(reasons, {'filtered host-unreachable': 65_536});
		t.is(code, 1);
		t.true(stderr.startsWith(`${bed.deadAddress} cannot be reached`), stderr);
	});
});

testInBed('sixty-four descriptors are enough, and no lack of ours is told as the state of a port', async t => {
	await withBed({kind: 'veth'}, {kind: 'none'}, async bed => {
		// The shell lowers the limit for itself and for the scan it becomes.
		const limited: TestBed = {...bed, run: async (...command) => bed.run('sh', '-c', 'ulimit -n 64; exec "$@"', 'sh', ...command)};
		const {counts, open} = await scanInBed(limited, bed.address, '-p', '1-3000');
		t.deepEqual(open, openPorts.filter(port => port <= 3000));
		t.deepEqual(counts, {open: 4, closed: 2996, filtered: 0, unknown: 0});
	});
});

testInBed('fifty local ports are enough, too', async t => {
	await withBed(far, {kind: 'none'}, async bed => {
		await bed.run('sysctl', '-q', '-w', 'net.ipv4.ip_local_port_range=40000 40049');
		const {counts, open} = await scanInBed(bed, bed.address, '-p', '1-3000');
		t.deepEqual(open, openPorts.filter(port => port <= 3000));
		t.deepEqual(counts, {open: 4, closed: 2996, filtered: 0, unknown: 0});
	});
});
