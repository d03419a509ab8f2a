import path from 'node:path';
import {isHistoryId, shortId} from '../history/retention.ts';
import {formatScanId} from '../io/request-scan.ts';
import {readPortSet} from '../port/port-set.ts';
import type {StartedEvent} from '../scan/event.ts';
import {readScanOfFile, type DocumentSurroundings} from './read-scan-document.ts';
import {quote} from './tokenize.ts';

export type ImportedScan = {
	readonly isKept: boolean;
	/** What became of it. */
	readonly sentence: string;
	readonly notes: readonly string[];
};

/** The id of a scan: its own where portui made it, so that it is known when it is there already; else when it began, and what stands for the document. */
const idOf = ({id, startedAt}: StartedEvent, digest: string): string =>
	(isHistoryId(id) ? id : formatScanId(new Date(startedAt), Number.parseInt(digest, 16)));

/** Keeps the scan of a document in the history. */
export const importScan = async (name: string, surroundings: DocumentSurroundings): Promise<ImportedScan> => {
	const found = await readScanOfFile(name, surroundings);
	if (!found.ok) {
		return {isKept: false, sentence: found.message, notes: []};
	}

	const {read: {started, events, format}, digest, notes} = found.value;
	const shownName = name === '-' ? 'standard input' : path.basename(name);
	const added = await surroundings.history.add({
		plan: {id: idOf(started, digest), hosts: started.hosts, ports: readPortSet(started.ports), firstPorts: [], seed: started.seed},
		startedAt: started.startedAt,
		engine: started.engine,
		...(started.tellsOpenOnly === true ? {tellsOpenOnly: true} : {}),
		request: null,
		continues: null,
		importedFrom: {name: shownName, format},
	}, events);
	if (!added.ok) {
		return {isKept: false, sentence: added.message, notes};
	}

	const {file, isNew} = added.value;
	const shown = shortId(file.id);
	return {
		isKept: true,
		sentence: isNew
			? `${quote(shownName)} (${format}) is kept as ${shown}, and pinned: portui history show ${shown} shows it.`
			: `${quote(shownName)} (${format}) is already kept as ${shown}: nothing was added.`,
		notes,
	};
};
