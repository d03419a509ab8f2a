import {createReadStream} from 'node:fs';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import {createEventDecoder} from '../history/decode-events.ts';
import {readKeptScan, type KeptScan} from '../history/kept-scan.ts';
import type {ScanEvent} from '../scan/event.ts';
import {systemReason} from './system-sentence.ts';

/** A kept scan that can be read as often as one likes. */
export type ReadableScan = {
	readonly kept: KeptScan;
	/**
	What happened in it, a batch a line. `finished` is missing where the scan ended without a word.

	A last line that is torn is passed over: the scan was ended while it was written. Of any other line that is damaged `onDamage` is told.
	*/
	readonly events: (onDamage?: (sentence: string) => void) => AsyncGenerator<readonly ScanEvent[]>;
};

/** No line of ours is longer, in characters: that of a million targets has half as many. */
const longestLine = 64_000_000;

type Line = {readonly text: string; readonly number: number; readonly isWhole: boolean};

/** @throws RangeError for a line that is too long, and what the system says. */
async function * readLines(file: string): AsyncGenerator<Line> {
	let rest = '';
	let number = 0;
	for await (const chunk of createReadStream(file, {encoding: 'utf8', highWaterMark: 262_144}) as AsyncIterable<string>) {
		const lines = chunk.split('\n');
		rest += lines[0]!;
		if (rest.length > longestLine) {
			throw new RangeError('a line is too long');
		}

		for (const next of lines.slice(1)) {
			number++;
			yield {text: rest, number, isWhole: true};
			rest = next;
		}
	}

	if (rest !== '') {
		yield {text: rest, number: number + 1, isWhole: false};
	}
}

const quote = (file: string): string => quoteTyped(file, 300);

/** Whether a line is a whole note. */
const isNote = (text: string): boolean => text.startsWith('{"kind":"note",') && text.endsWith('}');

const reasonOf = (error: unknown): string => (error instanceof RangeError ? error.message : systemReason(error));

/** Opens the file of a kept scan. @returns What is wrong with it, when it is none. */
export const openKeptScan = async (file: string): Promise<Parsed<ReadableScan>> => {
	let kept: KeptScan | undefined;
	try {
		for await (const {text} of readLines(file)) {
			kept = readKeptScan(text);
			break;
		}
	} catch (error) {
		return rejected(`${quote(file)} cannot be read: ${reasonOf(error)}.`);
	}

	if (kept === undefined) {
		return rejected(`${quote(file)} is no kept scan: its first line is empty or damaged.`);
	}

	const found = kept;
	return parsed({
		kept: found,
		async * events(onDamage = () => {}) {
			const decoder = createEventDecoder(found);
			// The last line of a scan that was killed is torn. What was noted later stands on a line after it.
			let torn: number | undefined;
			const tellTorn = (): void => {
				if (torn !== undefined) {
					onDamage(`${quote(file)}, line ${torn}, is damaged and left out.`);
					torn = undefined;
				}
			};

			try {
				for await (const {text, number, isWhole} of readLines(file)) {
					const events = number === 1 ? [] : decoder.read(text);
					if (isNote(text)) {
						torn = undefined;
					}

					tellTorn();
					if (events !== undefined) {
						yield events;
					} else if (isWhole) {
						torn = number;
					}
				}

				tellTorn();
			} catch (error) {
				onDamage(`${quote(file)} cannot be read to its end: ${reasonOf(error)}.`);
			}
		},
	});
};
