import test from 'ava';
import {loadRegistry} from '../../source/registry/load-registry.ts';

const registry = await loadRegistry();

const named: ReadonlyArray<readonly [string, readonly number[]]> = [
	['http', [80]],
	['HTTP', [80]],
	['www', [80]],
	['x11', Array.from({length: 64}, (_, display) => 6000 + display)],
	['udt-os', [1382, 3900]],
	['nfs', [2049]],
	['', []],
	['no-such-name', []],
	['constructor', []],
];

for (const [name, ports] of named) {
	test(`the ports named ${JSON.stringify(name)}`, t => {
		t.deepEqual<readonly number[], readonly number[]>(registry.portsNamed(name), ports);
	});
}

const nearest: ReadonlyArray<readonly [string, string | undefined]> = [
	['htpp', 'http'],
	['htp', 'http'],
	['sssh', 'ssh'],
	['redsi', 'redis'],
	['postgres', 'postgresql'],
	['PostgreSLQ', 'postgresql'],
	['', undefined],
	['   ', undefined],
	['quite-another-thing', undefined],
	['h'.repeat(100_000), undefined],
];

for (const [mistyped, name] of nearest) {
	test(`the name nearest to ${JSON.stringify(mistyped.slice(0, 20))}`, t => {
		t.is(registry.nearestName(mistyped), name);
	});
}
