import {isUtf8} from 'node:buffer';
import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import process from 'node:process';
import {addAbortSignal, type Readable} from 'node:stream';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import {systemReason} from './system-sentence.ts';

/** A file of text, whole. */
export type TextFile = {
	readonly text: string;
	/** When it was written to last, milliseconds since 1970; for standard input, now. */
	readonly modifiedAtMs: number;
	/** What the reader should know: bytes that are no UTF-8. */
	readonly notes: readonly string[];
	/** Eight hexadecimal digits that stand for the contents. */
	readonly digest: string;
};

export type ReadTextOptions = {
	/** A file with more is not read. */
	readonly mostBytes: number;
	readonly signal: AbortSignal;
	/** What `-` stands for. */
	readonly stdin?: Readable;
	readonly now?: () => number;
};

/** How a document that may be standard input is called in sentences. */
export const fileTitle = (name: string): string => (name === '-' ? 'standard input' : quoteTyped(name, 300));

const formatMegabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

const tooLarge = (name: string, mostBytes: number): {readonly ok: false; readonly message: string} =>
	rejected(`${fileTitle(name)} is larger than ${formatMegabytes(mostBytes)}, which is more than is read at once: split it.`);

/** What stands for bytes that are no UTF-8. */
const replacement = '\uFFFD';

/** Finds the encoding by the mark at the beginning (Unicode, section 23.8); without one it is UTF-8. */
const decode = (bytes: Buffer): Pick<TextFile, 'text' | 'notes'> => {
	const [first, second] = bytes;
	const wide = first === 0xFF && second === 0xFE ? 'utf-16le' : first === 0xFE && second === 0xFF ? 'utf-16be' : undefined;
	if (wide !== undefined) {
		return {text: new TextDecoder(wide).decode(bytes), notes: []};
	}

	const text = bytes.toString('utf8');
	if (isUtf8(bytes)) {
		return {text, notes: []};
	}

	const place = text.indexOf(replacement);
	let line = 1;
	for (let found = text.indexOf('\n'); found !== -1 && found < place; found = text.indexOf('\n', found + 1)) {
		line++;
	}

	return {text, notes: [`It holds bytes that are no UTF-8, the first on line ${line}: they are shown as ${replacement}.`]};
};

const readBytes = async (stream: Readable, mostBytes: number): Promise<Buffer | undefined> => {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > mostBytes) {
			stream.destroy();
			return undefined;
		}
	}

	return Buffer.concat(chunks, length);
};

/**
Reads a file whole, or standard input for `-`, but never more than it should.

@returns What it holds, or one sentence that names it and says why it cannot be read. Never rejects.
*/
export const readTextFile = async (name: string, {mostBytes, signal, stdin = process.stdin, now = Date.now}: ReadTextOptions): Promise<Parsed<TextFile>> => {
	if (name.includes('\u0000')) {
		return rejected(`${fileTitle(name)} cannot be read: its name has a NUL in it.`);
	}

	try {
		const found = name === '-' ? undefined : await stat(name);
		if (found?.isDirectory() === true) {
			return rejected(`${fileTitle(name)} is a folder: name a file in it.`);
		}

		if (found !== undefined && found.size > mostBytes) {
			return tooLarge(name, mostBytes);
		}

		const bytes = await readBytes(addAbortSignal(signal, name === '-' ? stdin : createReadStream(name, {highWaterMark: 1 << 20})), mostBytes);
		return bytes === undefined
			? tooLarge(name, mostBytes)
			: parsed({...decode(bytes), modifiedAtMs: Math.floor(found?.mtimeMs ?? now()), digest: createHash('sha256').update(bytes).digest('hex').slice(0, 8)});
	} catch (error) {
		return rejected(signal.aborted ? `Interrupted while ${fileTitle(name)} was read.` : `${fileTitle(name)} cannot be read: ${systemReason(error)}.`);
	}
};
