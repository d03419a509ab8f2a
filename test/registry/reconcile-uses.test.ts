import test from 'ava';
import {toPort} from '../../source/port/port.ts';
import {reconcileUses} from '../../source/registry/reconcile-uses.ts';
import type {Relation, RegistryEntry} from '../../source/registry/registry.ts';

const cases: ReadonlyArray<readonly [what: string, port: number, software: string, said: Relation, entry: Partial<RegistryEntry> | undefined, relation: Relation]> = [
	['a use that is still the registered one', 80, 'Web', 'same', {name: 'http'}, 'same'],
	['a use of what is still another\'s port', 80, 'Web', 'other', {name: 'rsv'}, 'other'],
	['software that was registered since', 4242, 'Quassel', 'unassigned', {name: 'quassel'}, 'same'],
	['software whose registration is described by its name', 4242, 'Quassel', 'unassigned', {name: 'qcore', description: 'The Quassel Core'}, 'same'],
	['a port that was registered to another since', 4242, 'Quassel', 'unassigned', {name: 'vrml', description: 'VRML'}, 'other'],
	['a port that was given back', 4242, 'Quassel', 'same', undefined, 'unassigned'],
	['a port that was reserved since', 4242, 'Quassel', 'unassigned', {name: null, status: 'reserved'}, 'reserved'],
	['a registration of another transport', 4242, 'Quassel', 'unassigned', {name: 'vrml', transports: ['udp']}, 'unassigned'],
	['a dynamic port', 51_820, 'WireGuard', 'dynamic', undefined, 'dynamic'],
];

for (const [what, port, software, said, entry, relation] of cases) {
	test(what, t => {
		const registrations = entry === undefined ? [] : [{first: toPort(port), last: toPort(port), entry: {name: 'x', aliases: [], transports: ['tcp'], status: 'assigned', description: '', ...entry} as RegistryEntry}];
		const [placed] = reconcileUses([{port: toPort(port), use: {software, transports: ['tcp'], category: 'web', note: '', relation: said, source: ''}}], registrations);
		t.is(placed!.use.relation, relation);
	});
}
