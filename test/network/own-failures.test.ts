import {constants} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {cliPath, runProgram} from '../helpers/run-cli.ts';
import {scanInBed} from '../helpers/test-bed/bed-scan.ts';
import {compilePrograms} from '../helpers/test-bed/compile.ts';
import {createTestBed, findBedProblem} from '../helpers/test-bed/test-bed.ts';

/*
What this machine fails at, made to happen for real: a lack of descriptors and of local ports is tried in far-host.test.ts as well, and routes in test/commands/unreachable.test.ts.
*/

const nowhere = {folder: '', remove: async (): Promise<void> => {}};
const programs = process.platform === 'linux' ? await compilePrograms('refuse-connect').catch((error: Error) => {
	console.error(`own-failures: skipped in part, because ${error.message}`);
	return nowhere;
}) : nowhere;

const refuseConnect = path.join(programs.folder, 'refuse-connect');
const canRefuse = programs !== nowhere && (await runProgram(refuseConnect, ['1', 'true'])).code === 0;
if (programs !== nowhere && !canRefuse) {
	console.error('own-failures: skipped in part, because system calls cannot be filtered here');
}

const testRefused = canRefuse ? test : test.skip;

const bedProblem = await findBedProblem();
if (bedProblem !== undefined) {
	console.error(`own-failures: skipped in part, because ${bedProblem}`);
}

// After the last wait: ava takes tests and hooks only while a file runs through.
test.after.always(programs.remove);

const testInBed = bedProblem === undefined ? test.serial : test.serial.skip;

type Document = {readonly hosts: ReadonlyArray<{readonly counts: object; readonly ports: ReadonlyArray<{readonly reason: string}>}>; readonly down: {readonly reasons: object}};

for (const code of ['EPERM', 'EACCES', 'ENOBUFS', 'EAGAIN'] as const) {
	testRefused(`a machine that refuses every connect with ${code} says so, and calls no port closed or filtered`, async t => {
		const {code: exitCode, stdout, stderr} = await runProgram(refuseConnect, [String(constants.errno[code]), process.execPath, cliPath, 'scan', '127.0.0.1', '-p', '1-300', '--json']);
		const [host] = (JSON.parse(stdout) as Document).hosts;
		t.deepEqual(host!.counts, {open: 0, closed: 0, filtered: 0, unknown: 300});
		t.true(host!.ports.every(({reason}) => reason === code));
		t.is(exitCode, 1);
		t.regex(stderr, new RegExp(`^127\\.0\\.0\\.1 cannot be reached: this machine [^(]+ \\(${code}\\)\\.\n$`));
	});
}

testRefused('hosts that this machine may not ask are not called down for their silence', async t => {
	const {code, stdout} = await runProgram(refuseConnect, [String(constants.errno.EPERM), process.execPath, cliPath, 'scan', '127.0.0.1', '127.0.0.2', '-p', '1-300', '--json']);
	t.deepEqual((JSON.parse(stdout) as Document).down.reasons, {EPERM: 2});
	t.is(code, 1);
});

/** Takes a local port on every address for itself, then becomes a scan in all but name: same output, same exit code. */
const takePort = 'require("net").createServer().listen(40000, () => { const child = require("child_process").spawn(process.argv[1], process.argv.slice(2), {stdio: "inherit"}); child.on("exit", code => process.exit(code)); })';

testInBed('a machine whose only local port is taken says so, and calls no port closed or filtered', async t => {
	const bed = await createTestBed({link: {kind: 'veth'}, openPorts: [22]});
	try {
		await bed.run('sysctl', '-q', '-w', 'net.ipv4.ip_local_port_range=40000 40000');
		const {code, counts, reasons, stderr} = await scanInBed({...bed, run: async (...command) => bed.run(process.execPath, '-e', takePort, ...command)}, bed.address, '-p', '1-300');
		t.deepEqual(counts, {open: 0, closed: 0, filtered: 0, unknown: 300});
		t.deepEqual(reasons, {'unknown EADDRNOTAVAIL': 300});
		t.is(code, 1);
		t.is(stderr, `${bed.address} cannot be reached: this machine ran out of local ports (EADDRNOTAVAIL).\n`);
	} finally {
		await bed.close();
	}
});

testInBed('what the firewall of this machine drops is silence, as docs/scanning.md says', async t => {
	const bed = await createTestBed({link: {kind: 'veth'}, openPorts: [22]});
	try {
		await bed.run('sh', '-c', 'echo "table inet own { chain out { type filter hook output priority 0; tcp dport 22-40 drop; }; }" | /usr/sbin/nft -f -');
		const {reasons} = await scanInBed(bed, bed.address, '-p', '20-60');
		t.deepEqual(reasons, {'closed refused': 22, 'filtered no-answer': 19});
	} finally {
		await bed.close();
	}
});
