import {readFileSync} from 'node:fs';
import {parse} from 'csv-parse/sync';
import {portCount, toPort, transports, type Transport} from '../../source/port/port.ts';
import {encodeRegistrations} from '../../source/registry/encode.ts';
import {importIana} from '../../source/registry/import-iana.ts';
import {loadRegistry, loadShownRegistry} from '../../source/registry/load-registry.ts';
import {encodeRecords} from '../../source/registry/record-table.ts';
import type {PortStatus, Registry} from '../../source/registry/registry.ts';
import type {RegistryRecord} from '../../source/registry/registry-record.ts';
import {ianaFile, ianaTitle, withIanaFile} from '../helpers/shared-data.ts';

/** A line of IANA's file, read here by other means than the program's. */
type Line = {readonly first: number; readonly last: number; readonly over: readonly string[]; readonly name: string; readonly status: PortStatus; readonly words: string};

const onOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const statusOf = (name: string, description: string): PortStatus => {
	if (name !== '') {
		return /^de-?registered/i.test(description) ? 'unassigned' : 'assigned';
	}

	return /^reserved/i.test(description) ? 'reserved' : (/^any private/.test(description) ? 'assigned' : 'unassigned');
};

const readLines = (): readonly Line[] => parse(readFileSync(ianaFile), {fromLine: 2}).map(cells => {
	const [name = '', ports = '', transport = '', description = '', ...rest] = cells.map(cell => onOneLine(cell));
	const [first = Number.NaN, last = first] = ports === '' ? [] : ports.split('-').map(Number);
	return {first, last, over: transport === '' ? transports : [transport], name, status: statusOf(name, description), words: JSON.stringify([name, description, ...rest])};
});

const wordsOf = ({name, description, assignee, contact, registered, modified, reference, serviceCode, unauthorizedUse, notes}: RegistryRecord): string =>
	JSON.stringify([name ?? '', description, assignee, contact, registered, modified, reference, serviceCode, unauthorizedUse, notes]);

const importShown = async (): Promise<Registry> => {
	const builtIn = await loadRegistry();
	const imported = importIana({name: 'ports.csv', bytes: readFileSync(ianaFile)}, port => builtIn.lookup(port).entries.flatMap(({name, aliases}) => (name === null ? [] : [name, ...aliases])));
	if (!imported.ok) {
		throw new Error(imported.message);
	}

	const {registrations, records, recordCount, recordWithPortCount} = imported.value;
	const text = encodeRecords(records);
	return loadShownRegistry({
		provenance: {source: 'ports.csv', fetchedAt: '2026-08-18T00:00:00.000Z', date: null, dateBasis: null, recordCount, recordWithPortCount},
		registrations: encodeRegistrations(registrations),
		records: () => text,
	});
};

/** The lines of each port, by port. */
const linesByPort = (lines: readonly Line[]): ReadonlyArray<readonly Line[]> => {
	const byPort: Line[][] = Array.from({length: portCount}, () => []);
	for (const line of lines) {
		for (let port = line.first; port <= line.last; port++) {
			byPort[port]!.push(line);
		}
	}

	return byPort;
};

withIanaFile(ianaTitle('after an update every port answers on every transport as IANA has it'), async t => {
	const registry = await importShown();
	const wrong: string[] = [];
	for (const [number, lines] of linesByPort(readLines()).entries()) {
		const {entries, records = []} = registry.lookup(toPort(number));
		for (const transport of transports) {
			const over = lines.filter(line => line.over.includes(transport));
			const taken = over.filter(({status, name}) => status !== 'unassigned' || name !== '');
			// A range that is listed as unassigned may hold ports that are not: these win.
			const expected = taken.length > 0 ? taken : over;
			const told = records.filter(record => record.transports.includes(transport as Transport)).map(record => wordsOf(record));
			if (JSON.stringify(told.sort()) !== JSON.stringify(expected.map(({words}) => words).sort())) {
				wrong.push(`${number}/${transport} records`);
			}

			const names = new Set(entries.filter(entry => entry.transports.includes(transport)).flatMap(({name, aliases}) => (name === null ? [] : [name, ...aliases])));
			const held = new Set(expected.map(({name}) => name));
			if (!expected.every(({name}) => name === '' || names.has(name)) || ![...names].every(name => held.has(name))) {
				wrong.push(`${number}/${transport} names`);
			}

			const order: readonly PortStatus[] = ['assigned', 'reserved', 'unassigned'];
			const best = expected.length === 0 ? undefined : order[Math.min(...expected.map(({status}) => order.indexOf(status)))];
			const shown = entries.find(entry => entry.transports.includes(transport))?.status ?? 'unassigned';
			if (number < 49_152 && shown !== (best ?? 'unassigned')) {
				wrong.push(`${number}/${transport} ${shown}, not ${best}`);
			}
		}

		if (number > 49_151 && entries[0]!.status !== 'dynamic') {
			wrong.push(`${number} is dynamic`);
		}
	}

	t.deepEqual(wrong.slice(0, 20), []);
});

withIanaFile(ianaTitle('every record with a port is found by its number, and by its name'), async t => {
	const registry = await importShown();
	const lines = readLines().filter(({first}) => !Number.isNaN(first));
	t.is(lines.length, 13_463);
	const missed: string[] = [];
	const found = new Map<string, ReadonlySet<number>>();
	const numbers = new Set(lines.map(({first}) => first));
	for (const number of numbers) {
		if (registry.search(String(number))[0] !== number) {
			missed.push(`number ${number}`);
		}
	}

	for (const {first, last, name, words, status} of lines) {
		for (const port of [first, last]) {
			const told = (registry.lookup(toPort(port)).records ?? []).map(record => wordsOf(record));
			// Where others have every transport, nothing is left of a range that is listed as unassigned.
			if (!told.includes(words) && !(status === 'unassigned' && told.length > 0)) {
				missed.push(`${port} ${words}`);
			}
		}

		if (name !== '') {
			const ports = found.get(name) ?? new Set(registry.search(name));
			found.set(name, ports);
			if (!ports.has(first) || !ports.has(last) || !registry.portsNamed(name).includes(toPort(first))) {
				missed.push(`name ${name} ${first}`);
			}
		}
	}

	t.deepEqual(missed.slice(0, 20), []);
});
