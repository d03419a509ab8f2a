import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {createRequestScan} from '../../source/io/request-scan.ts';
import {createScanPermission, type ScanPermission} from '../../source/io/scan-permission.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {readAddress} from '../../source/scan/address.ts';
import type {ScanPlan} from '../../source/scan/scan-plan.ts';
import type {ScanStart} from '../../source/scan/scan-request.ts';

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

/** A request for a public address, in a world where nothing can be sent. */
const askPublic = async (publicScan: 'allowed' | 'confirmed' | undefined, permission: ScanPermission): Promise<{start: ScanStart; startedCount: number}> => {
	let startedCount = 0;
	const requestScan = createRequestScan({
		registry: await loadRegistry(),
		startScan(plan) {
			startedCount++;
			return {plan, events: (async function * () {})(), pause() {}, resume() {}, stop() {}};
		},
		resolve: async () => ({ok: true, hosts: [{target: 'example.com', address: readAddress('93.184.215.14')!, note: null}], blocks: []}),
		permission,
	});
	return {start: await requestScan({targets: ['example.com'], ports: '80', publicScan}), startedCount};
};

const permissionThat = (isGranted: boolean): {readonly permission: ScanPermission; readonly grants: () => number} => {
	let count = 0;
	return {
		permission: {
			isGranted: async () => isGranted,
			async grant() {
				count++;
			},
		},
		grants: () => count,
	};
};

test('a public address is not scanned before the user has said that it may be', async t => {
	const {permission, grants} = permissionThat(false);
	const {start, startedCount} = await askPublic(undefined, permission);
	t.is(startedCount, 0);
	t.like(start, {ok: false, problem: {kind: 'public', message: 'example.com (93.184.215.14) is public: scan it only if it is yours or you have leave; --yes says that you may.'}});

	t.is((await askPublic('allowed', permission)).startedCount, 1);
	t.is(grants(), 0, '--yes is for one scan');
	t.is((await askPublic('confirmed', permission)).startedCount, 1);
	t.is(grants(), 1);
	t.is((await askPublic(undefined, permissionThat(true).permission)).startedCount, 1);
});

test('the answer is remembered in the user\'s folder', async t => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-test-'));
	t.teardown(async () => rm(folder, {recursive: true}));
	const permission = createScanPermission(async () => path.join(folder, 'deep', 'portui'));
	t.false(await permission.isGranted());
	await permission.grant();
	t.true(await permission.isGranted());
	await t.notThrowsAsync(createScanPermission(async () => undefined).grant());
	await t.notThrowsAsync(createScanPermission(async () => '/dev/null/x').grant());
});

test('targets come from files too, and several are sounded first', async t => {
	const plans: ScanPlan[] = [];
	const requestScan = createRequestScan({
		registry: await loadRegistry(),
		startScan(plan) {
			plans.push(plan);
			return {plan, events: (async function * () {})(), pause() {}, resume() {}, stop() {}};
		},
		async read(names) {
			t.deepEqual(names, ['hosts.txt']);
			return {ok: true, targets: [{kind: 'address', text: '127.0.0.2', address: readAddress('127.0.0.2')!}]};
		},
	});
	await requestScan({targets: ['127.0.0.1'], inputs: ['hosts.txt'], ports: '80', rate: 50});
	await requestScan({targets: ['127.0.0.1'], inputs: ['hosts.txt'], ports: '80', assumesUp: true});
	t.deepEqual(plans[0]?.hosts.map(({address}) => address.text), ['127.0.0.1', '127.0.0.2']);
	t.like(plans[0], {skipsSilentHosts: true, rate: 50});
	t.is(plans[1]?.skipsSilentHosts, false);
});
