import {formatPortSet, portSetOfPorts} from '../port/port-set.ts';
import type {Port} from '../port/port.ts';
import {formatOrigin, type RegistryProvenance} from '../registry/stored-registry.ts';
import type {UpdatedDocument, UpdateRemovedDocument} from './documents/update.ts';
import {formatCount} from './quantity.ts';

/** What `portui update` did. */
export type UpdateReport = {
	readonly provenance: RegistryProvenance;
	/** What was shown before, as it says of itself. */
	readonly before: string;
	/** The ports that read differently now, lowest first. */
	readonly changed: readonly Port[];
	readonly file: string;
};

/** What was done, as the JSON document of kind `update`, version 1. */
export const updateDocument = ({provenance, before, changed, file}: UpdateReport): UpdatedDocument => ({
	portui: 1,
	kind: 'update',
	origin: formatOrigin(provenance),
	date: provenance.date,
	dateFrom: provenance.dateBasis,
	fetchedAt: provenance.fetchedAt,
	source: provenance.source,
	records: provenance.recordCount,
	recordsWithPort: provenance.recordWithPortCount,
	before,
	changedPortCount: changed.length,
	changedPorts: formatPortSet(portSetOfPorts(changed)),
	file,
});

/** That what was fetched before is forgotten. */
export const removedDocument = (origin: string, removed: boolean): UpdateRemovedDocument => ({portui: 1, kind: 'update', origin, removed});

/** So many runs of ports fit on a line. */
const mostShown = 10;

const formatChanges = (changed: readonly Port[], before: string): string => {
	if (changed.length === 0) {
		return `No port reads differently than before (${before}).`;
	}

	const runs = formatPortSet(portSetOfPorts(changed)).split(',');
	const list = runs.length > mostShown ? `${runs.slice(0, mostShown).join(', ')}, … (all: --json)` : runs.join(', ');
	return `${formatCount(changed.length)} ${changed.length === 1 ? 'port reads' : 'ports read'} differently than before (${before}): ${list}`;
};

const dateWords = {'last-modified': 'by the server\'s Last-Modified', 'newest-record': 'of its newest record; the file has no date of its own'} as const;

/** What was done, for a person. */
export const formatUpdateText = ({provenance, before, changed, file}: UpdateReport): string => {
	const {date, dateBasis, recordCount, recordWithPortCount, source} = provenance;
	return [
		`Now showing IANA's registry from ${source}`,
		`Date      ${date === null || dateBasis === null ? 'unknown: no record has one' : `${date} (${dateWords[dateBasis]})`}`,
		`Records   ${formatCount(recordCount)}, ${formatCount(recordWithPortCount)} of them with a port`,
		`Changes   ${formatChanges(changed, before)}`,
		`Kept in   ${file}`,
		'',
	].join('\n');
};
