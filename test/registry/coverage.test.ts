import {readFileSync} from 'node:fs';
import {parse} from 'csv-parse/sync';
import {toPort, transports, type Transport} from '../../source/port/port.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {ianaFile, ianaTitle, withIanaFile} from '../helpers/shared-data.ts';

type IanaRecord = Readonly<Record<'Service Name' | 'Port Number' | 'Transport Protocol' | 'Description', string>>;

/** Named records that differ because the two sources are of different days. */
const newerElsewhere = new Set(['5543/tcp qftest-licserve']);

const readRecords = (): readonly IanaRecord[] => parse(readFileSync(ianaFile, 'utf8'), {columns: true, relaxColumnCount: true}) as unknown as readonly IanaRecord[];

function * pairsOf(record: IanaRecord): Generator<readonly [number, Transport]> {
	const [first, last = first] = record['Port Number'].split('-').map(Number);
	const over = record['Transport Protocol'] === '' ? transports : [record['Transport Protocol'] as Transport];
	for (let port = first!; port <= last!; port++) {
		for (const transport of over) {
			yield [port, transport];
		}
	}
}

withIanaFile(ianaTitle('every named record of IANA is found by its port and transport'), async t => {
	const registry = await loadRegistry();
	const missed: string[] = [];
	let recordCount = 0;
	for (const record of readRecords()) {
		const name = record['Service Name'];
		if (name === '' || record['Port Number'] === '') {
			continue;
		}

		recordCount++;
		for (const [port, transport] of pairsOf(record)) {
			const isFound = registry.lookup(toPort(port)).entries.some(entry => entry.transports.includes(transport) && (entry.name === name || entry.aliases.includes(name)));
			if (!isFound && !newerElsewhere.has(`${port}/${transport} ${name}`)) {
				missed.push(`${port}/${transport} ${name}`);
			}
		}
	}

	t.log(`${recordCount} named records with a port`);
	t.deepEqual(missed, []);
});

withIanaFile(ianaTitle('what IANA reserves or assigns is not called unassigned'), async t => {
	const registry = await loadRegistry();
	const wrong: string[] = [];
	for (const record of readRecords()) {
		const isAssigned = record['Service Name'] !== '' && !/^de-?registered/i.test(record.Description);
		const isReserved = record['Service Name'] === '' && /^reserved/i.test(record.Description);
		if (record['Port Number'] === '' || (!isAssigned && !isReserved)) {
			continue;
		}

		for (const [port, transport] of pairsOf(record)) {
			const {entries} = registry.lookup(toPort(port));
			const statuses = entries.filter(entry => entry.transports.includes(transport)).map(({status}) => status);
			if (!statuses.includes('assigned') && !(isReserved && statuses.includes('reserved'))) {
				wrong.push(`${port}/${transport}`);
			}
		}
	}

	t.deepEqual(wrong, []);
});
