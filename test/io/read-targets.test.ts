import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import test from 'ava';
import {readTargets, type OpenInput} from '../../source/io/read-targets.ts';

/** An input that comes in pieces of these sizes. */
const inputOf = (bytes: Uint8Array, size = 1 << 16): OpenInput => async function * () {
	for (let start = 0; start < bytes.length; start += size) {
		yield bytes.subarray(start, start + size);
	}
};

const read = async (text: string | Uint8Array, size?: number): Promise<unknown> => {
	const answer = await readTargets(['-'], inputOf(typeof text === 'string' ? Buffer.from(text) : text, size));
	return answer.ok ? answer.targets.map(target => target.text) : answer.problem.message;
};

const inputs: ReadonlyArray<readonly [title: string, text: string, expected: readonly string[]]> = [
	['one a line', 'a.example\n127.0.0.1\n', ['a.example', '127.0.0.1']],
	['no end of the last line', 'a.example\nb.example', ['a.example', 'b.example']],
	['comments and empty lines', '# all\n\n  a.example  # the first\n\t#x\n10.0.0.0/8 #\n', ['a.example', '10.0.0.0/8']],
	['CRLF and a byte order mark', '\uFEFF# x\r\na.example\r\n\r\nb.example # y\r\n', ['a.example', 'b.example']],
];

for (const [title, text, expected] of inputs) {
	test(`a list of targets: ${title}`, async t => {
		t.deepEqual(await read(text), expected);
		t.deepEqual(await read(text, 1), expected, 'byte by byte');
	});
}

const noHost = (text: string): string => `"${text}" is not a host name or an IP address: write one such as localhost, example.com, 192.0.2.1 or 2001:db8::1.`;

const mistakes: ReadonlyArray<readonly [title: string, text: string | Uint8Array, sentence: string]> = [
	['a bad line', 'a\n\n# x\na b\n', `standard input, line 4: ${noHost('a b')}`],
	['two on a line', '10.0.0.1 10.0.0.2', `standard input, line 1: ${noHost('10.0.0.1 10.0.0.2')}`],
	['nothing', '', 'standard input names no target: write one a line, # begins a comment.'],
	['comments alone', '# a\n', 'standard input names no target: write one a line, # begins a comment.'],
	['bytes', Uint8Array.from([0x61, 0x0A, 0xFF, 0xFE, 0x00]), 'standard input is not a text in UTF-8, so it is no list of targets: write one target a line.'],
	['a cut character', Uint8Array.from([0x61, 0x0A, 0xC3]), 'standard input is not a text in UTF-8, so it is no list of targets: write one target a line.'],
	['a long line', `a\n${'x'.repeat(2000)}\n`, 'standard input, line 2: the line is longer than 1000 characters; write one target a line.'],
	['a line without end', `a\n${'x'.repeat(200_000)}`, 'standard input, line 2: the line is longer than 1000 characters; write one target a line.'],
];

for (const [title, text, sentence] of mistakes) {
	test(`a sentence for ${title}`, async t => {
		const message = String(await read(text, 70_000));
		// A line that is too long is noticed at the end of what has come.
		t.is(message.replace(/line \d+(?=: the line is longer)/, 'line 2'), sentence);
	});
}

test('any bytes give targets or one sentence', async t => {
	await fc.assert(fc.asyncProperty(fc.oneof(fc.uint8Array({maxLength: 200}), fc.string({unit: fc.constantFrom(...'a1.#\n\r\t /-:é')}).map(text => Buffer.from(text))), fc.integer({min: 1, max: 50}), async (bytes, size) => {
		const answer = await read(bytes, size);
		t.true(Array.isArray(answer) || /^standard input[^\p{Cc}]*\.$/u.test(String(answer)));
		t.deepEqual(answer, await read(bytes), 'however it is cut');
	}));
});

test('real files, one after the other, and what is none', async t => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-test-'));
	t.teardown(async () => rm(folder, {recursive: true}));
	const [one, other] = ['one.txt', 'other.txt'].map(name => path.join(folder, name)) as [string, string];
	await writeFile(one, 'a\n');
	await writeFile(other, 'b\n');
	const answer = await readTargets([one, other]);
	t.deepEqual(answer.ok && answer.targets.map(({text}) => text), ['a', 'b']);
	t.regex(String((await readTargets([folder]) as {problem: {message: string}}).problem.message), /cannot be read: it is a folder\.$/);
	t.regex(String((await readTargets([path.join(folder, 'none')]) as {problem: {message: string}}).problem.message), /cannot be read: there is no such file\.$/);
});
