import type {Parsed} from '../../port/parsed.ts';
import {createMasscanGatherer, takeMasscanJson, takeMasscanLine} from './masscan-record.ts';
import {readJsonLines} from './read-json-lines.ts';
import type {ReadScan} from './read-scan.ts';
import type {ReadingOptions} from './reading-options.ts';

/** Reads what `masscan -oD` writes: a record a line. Records as `-oJ` writes them are taken too. */
export const readMasscanNdjson = (text: string, options: ReadingOptions = {}): Parsed<ReadScan> => readJsonLines(text, options, {
	format: 'masscan NDJSON',
	engine: 'masscan',
	create(gatherer, notes) {
		const masscan = createMasscanGatherer(gatherer, notes);
		return {take: fields => (fields['rec_type'] === undefined ? takeMasscanJson(fields, masscan) : takeMasscanLine(fields, masscan)), end: masscan.tellBanners};
	},
});
