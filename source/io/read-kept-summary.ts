import {Buffer} from 'node:buffer';
import {open, type FileHandle} from 'node:fs/promises';
import {readKeptEnd, summarizeKept, type KeptSummary, type StatusSurroundings} from '../history/kept-summary.ts';
import {quoteTyped} from '../port/quote.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {systemReason} from './system-sentence.ts';

/** Most first lines fit, in bytes: one that lists a thousand hosts does. */
const firstPiece = 262_144;

/** A first line that is longer, that of a hundred thousand targets, is not read for a list: that would take seconds. */
const longestFirstLine = 4_194_304;

/** So many bytes of the end hold the end itself, and the notes after it. */
const lastPiece = 32_768;

const readPiece = async (handle: FileHandle, position: number, length: number): Promise<Buffer> => {
	const buffer = Buffer.alloc(Math.max(0, length));
	const {bytesRead} = await handle.read(buffer, 0, buffer.length, position);
	return buffer.subarray(0, bytesRead);
};

const readFirstLine = async (handle: FileHandle, size: number): Promise<string | undefined> => {
	for (let length = firstPiece; ; length *= 4) {
		const piece = await readPiece(handle, 0, Math.min(size, length, longestFirstLine));
		const end = piece.indexOf('\n');
		if (end !== -1) {
			return piece.toString('utf8', 0, end);
		}

		if (length >= size || length >= longestFirstLine) {
			return undefined;
		}
	}
};

/** Reads what a list tells of a kept scan: the beginning and the end of its file, whatever is between them. */
export const readKeptSummary = async (file: string, surroundings: StatusSurroundings): Promise<Parsed<KeptSummary>> => {
	const name = quoteTyped(file, 300);
	try {
		const handle = await open(file, 'r');
		try {
			const {size} = await handle.stat();
			const firstLine = await readFirstLine(handle, size);
			if (firstLine === undefined) {
				return rejected(size > longestFirstLine ? `${name} asks for too many targets to be summed up: portui history show tells of it.` : `${name} is no kept scan: its first line is empty or cut short.`);
			}

			const end = await readPiece(handle, Math.max(0, size - lastPiece), Math.min(size, lastPiece));
			const summary = summarizeKept(firstLine, readKeptEnd(end.toString('utf8')), surroundings);
			return summary === undefined ? rejected(`${name} is no kept scan: its first line is empty or damaged.`) : parsed(summary);
		} finally {
			await handle.close();
		}
	} catch (error) {
		return rejected(`${name} cannot be read: ${systemReason(error)}.`);
	}
};
