import type {ScanEvent, StartedEvent} from './event.ts';
import type {RunningScan} from './scan-plan.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from './scan-record.ts';

/** What is done with a scan while it goes on. */
export type Follower = {
	/** Stops the scan. */
	readonly signal: AbortSignal;
	readonly progress?: {readonly show: (record: ScanRecord) => void; readonly erase: () => void};
	readonly onStarted?: (event: StartedEvent) => Promise<void>;
	/** Writes an event as a line, or as nothing; the record has not taken it in yet. */
	readonly formatLine?: (event: ScanEvent, record: ScanRecord | undefined) => string;
	/** Takes the lines of a batch. @returns Whether anybody still reads. */
	readonly takeLines?: (lines: string) => Promise<boolean>;
};

/** Follows a scan to its end. An abort stops it, and its record says so. @returns The sentence that says why, when it failed before it began. */
export const followScan = async (scan: RunningScan, {signal, progress, onStarted, formatLine, takeLines}: Follower): Promise<ScanRecord | string> => {
	let record: ScanRecord | undefined;
	let message = 'The scan ended before it began.';
	const stop = (): void => {
		scan.stop();
	};

	signal.addEventListener('abort', stop, {once: true});
	if (signal.aborted) {
		stop();
	}

	for await (const batch of scan.events) {
		let lines = '';
		for (const event of batch) {
			lines += formatLine?.(event, record) ?? '';
			if (event.kind === 'started') {
				record = createScanRecord(event);
				await onStarted?.(event);
			} else if (record !== undefined) {
				applyScanEvent(record, event);
			} else if (event.kind === 'finished') {
				message = event.message ?? message;
			}
		}

		if (lines !== '' && await takeLines?.(lines) === false) {
			stop();
		}

		if (record !== undefined) {
			progress?.show(record);
		}
	}

	signal.removeEventListener('abort', stop);
	progress?.erase();
	return record ?? message;
};
