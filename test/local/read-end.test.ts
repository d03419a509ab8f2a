import test from 'ava';
import {readEnd} from '../../source/local/read-end.ts';

const table: ReadonlyArray<readonly [text: string, family: 4 | 6, expected: string | undefined]> = [
	['127.0.0.1:22', 4, '127.0.0.1 22'],
	['[::1]:22', 6, '::1 22'],
	['[fe80::1%en0]:22', 6, 'fe80::1%en0 22'],
	['[::ffff:127.0.0.1]:22', 6, '::ffff:127.0.0.1 22'],
	['*:22', 4, '0.0.0.0 22'],
	['*:22', 6, ':: 22'],
	['*:*', 4, '0.0.0.0 0'],
	['127.0.0.1:65536', 4, undefined],
	['127.0.0.1', 4, undefined],
	['::1:22', 6, undefined],
	['', 4, undefined],
];

for (const [text, family, expected] of table) {
	test(`${JSON.stringify(text)} of IPv${family}`, t => {
		const end = readEnd(text, family);
		t.is(end && `${end.address} ${end.port}`, expected);
	});
}
