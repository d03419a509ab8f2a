import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {createNetworkNamespace} from '../helpers/network-namespace.ts';
import {cliPath, runProgram, type CliResult} from '../helpers/run-cli.ts';

type Scan = {readonly hosts: ReadonlyArray<{readonly counts: Readonly<Record<string, number>>; readonly ports: ReadonlyArray<{readonly reason: string}>}>};

const trial = await createNetworkNamespace();
if (typeof trial === 'string') {
	console.error(`unreachable: skipped, because ${trial}`);
} else {
	await trial.remove();
}

const testInNamespace = typeof trial === 'string' ? test.skip : test;

/** Runs commands in a network namespace of their own. */
const enter = async (t: ExecutionContext): Promise<(...command: readonly string[]) => Promise<CliResult>> => {
	const namespace = await createNetworkNamespace();
	if (typeof namespace === 'string') {
		throw new TypeError(namespace);
	}

	t.teardown(namespace.remove);
	const [program, ...args] = namespace.command;
	return async (...command) => runProgram(program, [...args, ...command]);
};

testInNamespace('a machine without a route says so, and calls no port closed or filtered', async t => {
	const run = await enter(t);
	const result = await run(process.execPath, cliPath, 'scan', '192.0.2.1', '-p', '1-500', '--json');
	t.is(result.code, 1);
	t.is(result.stderr, '192.0.2.1 cannot be reached: this machine has no route (ENETUNREACH).\n');
	const [host] = (JSON.parse(result.stdout) as Scan).hosts;
	t.deepEqual(host!.counts, {open: 0, closed: 0, filtered: 0, unknown: 500});
	t.true(host!.ports.every(({reason}) => reason === 'ENETUNREACH'));
});

const routes = [['prohibit', 'EACCES'], ['blackhole', 'EINVAL'], ['unreachable', 'EHOSTUNREACH']] as const;

for (const [kind, code] of routes) {
	testInNamespace(`a ${kind} route of this machine is its own failure`, async t => {
		const run = await enter(t);
		await run('ip', 'link', 'set', 'lo', 'up');
		await run('ip', 'route', 'add', kind, '192.0.2.0/24');
		const result = await run(process.execPath, cliPath, 'scan', '192.0.2.1', '-p', '1-50', '--json');
		const [host] = (JSON.parse(result.stdout) as Scan).hosts;
		t.deepEqual(host!.counts, {open: 0, closed: 0, filtered: 0, unknown: 50});
		t.true(host!.ports.every(({reason}) => reason === code));
	});
}

testInNamespace('a machine whose loopback is down has no localhost to scan', async t => {
	const run = await enter(t);
	const result = await run(process.execPath, cliPath, 'scan', 'localhost');
	t.is(result.code, 1);
	t.is(result.stderr, '"localhost" has no address to scan: this machine has neither 127.0.0.1 nor ::1.\n');
});
