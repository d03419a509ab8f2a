import test from 'ava';
import {createRequestScan} from '../../source/io/request-scan.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {readAddress} from '../../source/scan/address.ts';
import type {ScanPlan} from '../../source/scan/scan-plan.ts';

const host = {target: 'localhost', address: readAddress('127.0.0.1')!, note: null};

test('a request becomes a plan that is started', async t => {
	const registry = await loadRegistry();
	const plans: ScanPlan[] = [];
	const requestScan = createRequestScan({
		registry,
		startScan(plan) {
			plans.push(plan);
			return {plan, events: (async function * () {})(), pause() {}, resume() {}, stop() {}};
		},
		resolve: async (targets, {family} = {}) => {
			t.is(targets.length, 1);
			t.is(family, 4);
			return {ok: true, hosts: [host], blocks: []};
		},
		now: () => new Date('2026-01-31T12:00:00.123Z'),
		random: () => 0x0A_1B_2C_3D,
	});

	const start = await requestScan({targets: ['localhost'], ports: '1-10', excludePorts: '5', family: 4, tries: 2});
	t.true(start.ok);
	const [plan] = plans;
	t.like(plan, {id: '20260131T120000123Z-0a1b2c3d', seed: 0x0A_1B_2C_3D, tries: 2, hosts: [host]});
	t.is(plan?.ports.size, 9);
	t.is(plan?.firstPorts, registry.topPorts);

	await requestScan({targets: ['localhost'], ports: '1', family: 4, seed: 0});
	t.is(plans[1]?.seed, 0);
});

test('a request that cannot be scanned starts nothing', async t => {
	const requestScan = createRequestScan({
		registry: await loadRegistry(),
		startScan() {
			throw new Error('started');
		},
		resolve: async () => ({ok: false, problem: {kind: 'resolve', message: 'no'}}),
	});
	t.deepEqual(await requestScan({targets: ['x.invalid'], ports: '80'}), {ok: false, problem: {kind: 'resolve', message: 'no'}});
	t.like(await requestScan({targets: ['x.invalid'], ports: '90-80'}), {ok: false, problem: {kind: 'ports'}});
	t.like(await requestScan({targets: [''], ports: '80'}), {ok: false, problem: {kind: 'target'}});
});
