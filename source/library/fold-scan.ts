import type {Registry} from '../registry/registry.ts';
import type {ScanDocument, ScanEventDocument} from '../report/documents/scan.ts';
import {createEventDocuments} from '../report/scan-event-documents.ts';
import {scanDocument} from '../report/scan-json.ts';
import type {ScanEvent} from '../scan/event.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../scan/scan-record.ts';
import type {PortState} from '../scan/verdict.ts';
import {PortuiError} from './portui-error.ts';

/** Folds the events of a scan into its record, and makes their documents. */
export type ScanFold = {
	/** Takes events in. @returns The documents of those that are told. */
	readonly take: (batch: readonly ScanEvent[]) => readonly ScanEventDocument[];
	/** Whether it has heard of the beginning. */
	readonly hasBegun: boolean;
	/** Why it ended before it began. */
	readonly failure: PortuiError;
	/** The scan so far. @throws When it has not begun. */
	readonly document: () => ScanDocument;
};

export const createFold = (registry: Registry, show: readonly PortState[]): ScanFold => {
	const documentOf = createEventDocuments(registry, show);
	let record: ScanRecord | undefined;
	let message: string | null = null;

	const take = (event: ScanEvent): ScanEventDocument | undefined => {
		const document = documentOf(event, record);
		if (event.kind === 'started') {
			record = createScanRecord(event);
		} else if (record !== undefined) {
			applyScanEvent(record, event);
		} else if (event.kind === 'finished') {
			({message} = event);
		}

		return document;
	};

	return {
		take: (batch: readonly ScanEvent[]): readonly ScanEventDocument[] => batch.map(event => take(event)).filter(document => document !== undefined),
		document(): ScanDocument {
			if (record === undefined) {
				throw this.failure;
			}

			return scanDocument(record, registry, show);
		},
		get failure() {
			return new PortuiError('ERR_SCAN_FAILED', message ?? 'The scan ended before it began.');
		},
		get hasBegun() {
			return record !== undefined;
		},
	};
};
