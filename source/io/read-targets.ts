import {createReadStream} from 'node:fs';
import {quoteTyped} from '../port/quote.ts';
import type {RequestProblem} from '../scan/scan-request.ts';
import {parseTarget, type Target} from '../scan/target.ts';

export type ReadTargets = {readonly ok: true; readonly targets: readonly Target[]} | {readonly ok: false; readonly problem: RequestProblem};

/** Opens what a name given to `-i` stands for: a file, or standard input for `-`. */
export type OpenInput = (name: string) => AsyncIterable<Uint8Array>;

const openInput: OpenInput = name => (name === '-' ? process.stdin : createReadStream(name)) as AsyncIterable<Uint8Array>;

/** No target is longer, in characters; a file with longer lines is no list of targets. */
const longestLine = 1000;

const wrong = (message: string): {readonly ok: false; readonly problem: RequestProblem} => ({ok: false, problem: {kind: 'target', message}});

const fileSentences: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EACCES: 'you may not read it',
	EPERM: 'you may not read it',
	EISDIR: 'it is a folder',
};

const describeInput = (name: string): string => (name === '-' ? 'standard input' : quoteTyped(name, 60));

/** A line's target without its comment; a `#` within a word begins none. */
const withoutComment = (line: string): string => line.replace(/(^|\s)#[^]*$/, '').trim();

/**
Splits a stream into lines, whatever their ends (LF, CRLF), without a byte order mark.

@throws TypeError for bytes that are not UTF-8, RangeError for a line that is too long.
*/
async function * readLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
	const decoder = new TextDecoder('utf-8', {fatal: true});
	let rest = '';
	for await (const chunk of input) {
		const lines = (rest + decoder.decode(chunk, {stream: true})).split('\n');
		rest = lines.pop()!;
		yield * lines;
		if (rest.length > longestLine) {
			throw new RangeError('too long');
		}
	}

	yield rest + decoder.decode();
}

const readOne = async (name: string, open: OpenInput, targets: Target[]): Promise<ReadTargets> => {
	let number = 0;
	try {
		for await (const line of readLines(open(name))) {
			number++;
			if (line.length > longestLine) {
				throw new RangeError('too long');
			}

			const text = withoutComment(line);
			const target = text === '' ? undefined : parseTarget(text);
			if (target?.ok === false) {
				return wrong(`${describeInput(name)}, line ${number}: ${target.message}`);
			}

			if (target !== undefined) {
				targets.push(target.value);
			}
		}
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (error instanceof RangeError) {
			return wrong(`${describeInput(name)}, line ${number + 1}: the line is longer than ${longestLine} characters; write one target a line.`);
		}

		return error instanceof TypeError
			? wrong(`${describeInput(name)} is not a text in UTF-8, so it is no list of targets: write one target a line.`)
			: wrong(`${describeInput(name)} cannot be read: ${fileSentences[code ?? ''] ?? code ?? (error as Error).message}.`);
	}

	return {ok: true, targets};
};

/**
Reads targets from files or standard input: one a line, `#` begins a comment, empty lines count for nothing.

A file is read as a stream: it may be large.

@returns The targets of all files in their order, or the first thing that is wrong, with its file and line. Never rejects.
*/
export const readTargets = async (names: readonly string[], open: OpenInput = openInput): Promise<ReadTargets> => {
	const targets: Target[] = [];
	for (const name of names) {
		const before = targets.length;
		const read = await readOne(name, open, targets);
		if (!read.ok) {
			return read;
		}

		if (targets.length === before) {
			return wrong(`${describeInput(name)} names no target: write one a line, # begins a comment.`);
		}
	}

	return {ok: true, targets};
};
