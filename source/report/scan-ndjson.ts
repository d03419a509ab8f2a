import type {Registry} from '../registry/registry.ts';
import type {ScanEvent} from '../scan/event.ts';
import type {ScanRecord} from '../scan/scan-record.ts';
import type {PortState} from '../scan/verdict.ts';
import {formatJsonLine} from './printable.ts';
import {createEventDocuments} from './scan-event-documents.ts';

/** Writes the events of a scan as lines of JSON, while it runs. */
export type NdjsonWriter = {
	/**
	The line of an event, with its line end; empty for one that is not written.

	@param record - Of the scan, before it has taken the event in.
	*/
	readonly format: (event: ScanEvent, record: ScanRecord | undefined) => string;
};

/** @param show - The states whose ports are told. A port that was told is told again when its state changes to any other. */
export const createNdjsonWriter = (registry: Registry, show: readonly PortState[]): NdjsonWriter => {
	const documentOf = createEventDocuments(registry, show);
	return {
		format(event, record) {
			const document = documentOf(event, record);
			return document === undefined ? '' : formatJsonLine(document);
		},
	};
};
