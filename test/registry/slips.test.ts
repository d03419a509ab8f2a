import test from 'ava';
import {countSlips} from '../../source/registry/slips.ts';

const counted: ReadonlyArray<readonly [typed: string, word: string, whole: number, start: number]> = [
	['redis', 'redis', 0, 0],
	['redsi', 'redis', 1, 1],
	['redis', 'rediss', 1, 0],
	['rdis', 'redis', 1, 1],
	['reddis', 'redis', 1, 1],
	['radis', 'redis', 1, 1],
	['postgers', 'postgresql', 3, 1],
	['kubernt', 'kubernetes', 3, 1],
	['ab', 'ba', 1, 1],
	['http', 'smtp', 2, 2],
	['http', 'gopher', 3, 3],
	['', 'ab', 2, 0],
	['ab', '', 2, 2],
];

for (const [typed, word, whole, start] of counted) {
	test(`from ${JSON.stringify(typed)} to ${JSON.stringify(word)}`, t => {
		t.deepEqual(countSlips(typed, word, 2), {whole, start});
	});
}
