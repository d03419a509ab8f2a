import {createReadStream} from 'node:fs';
import process from 'node:process';
import type {Readable} from 'node:stream';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import type {SourceBytes} from '../registry/import-iana.ts';
import {systemReason} from './system-sentence.ts';

/** IANA's registry has 1.2 MB and grows by some per cent a year. What is much larger is something else, or has no end. */
export const mostSourceBytes = 20_000_000;

/** What stands for standard input on the command line. */
const standardInput = '-';

/**
Reads a stream to its end.

@param onChunk - Called whenever something has come.
@returns Undefined when it has more bytes than that.
*/
export const readBounded = async (stream: Readable, most: number, onChunk: () => void = () => {}): Promise<Uint8Array | undefined> => {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		onChunk();
		length += chunk.length;
		if (length > most) {
			return undefined;
		}

		chunks.push(chunk);
	}

	return Buffer.concat(chunks, length);
};

/**
Reads a file, or standard input for `-`.

@returns Its bytes, or a sentence that names the file and says why not. Rejects with the signal's reason.
*/
export const readSource = async (file: string, signal: AbortSignal, most = mostSourceBytes): Promise<Parsed<SourceBytes>> => {
	const name = file === standardInput ? 'standard input' : file;
	const stream = file === standardInput ? process.stdin : createReadStream(file);
	const onAbort = (): void => {
		stream.destroy();
	};

	signal.addEventListener('abort', onAbort);
	try {
		const bytes = await readBounded(stream, most);
		signal.throwIfAborted();
		return bytes === undefined
			? rejected(`${name} has more than ${most / 1e6} MB, and IANA's registry has about 1: it was not read.`)
			: parsed({name, bytes});
	} catch (error) {
		signal.throwIfAborted();
		return rejected(`${quoteTyped(name, 200)} cannot be read: ${systemReason(error)}.`);
	} finally {
		signal.removeEventListener('abort', onAbort);
		stream.destroy();
	}
};
