import test from 'ava';
import {unkeptWords} from '../../source/ui/scan-words.ts';

test('a scan that is not kept says why in few words, and one that was begun that it is no longer', t => {
	const sentence = 'It is told elsewhere.';
	t.is(unkeptWords({}), '');
	t.is(unkeptWords({unkept: {isBegun: false, reason: 'the file system is read-only (EROFS)', sentence}}), 'not kept: the file system is read-only (EROFS)');
	t.is(unkeptWords({unkept: {isBegun: true, reason: 'the disk is full (ENOSPC)', sentence}}), 'no longer kept: the disk is full (ENOSPC)');
});
