import test from 'ava';
import {chooseRemovals, filesNamed, readFileName, shortId, type KeptFile} from '../../source/history/retention.ts';

const day = 86_400_000;
const file = (number: number, changes: Partial<KeptFile> = {}): KeptFile => {
	const id = `20260131T12000000${number}Z-${String(number).repeat(8)}`;
	return {id, name: `${id}.ndjson`, isPinned: false, bytes: 10, writtenAtMs: 0, ...changes};
};

const numbersOf = (files: readonly KeptFile[]): readonly number[] => files.map(({id}) => Number(id.at(-1)));

test('the oldest go first, when there are too many', t => {
	t.deepEqual(numbersOf(chooseRemovals([1, 3, 2, 4].map(number => file(number)), day, {scans: 2, bytes: 1000})), [2, 1]);
});

test('the oldest go first, when they take too much room', t => {
	t.deepEqual(numbersOf(chooseRemovals([1, 2, 3].map(number => file(number)), day, {scans: 9, bytes: 20})), [1]);
	t.deepEqual(numbersOf(chooseRemovals([file(1), file(2, {bytes: 90}), file(3)], day, {scans: 9, bytes: 50})), [2, 1]);
});

test('pinned scans stay and do not count', t => {
	t.deepEqual(numbersOf(chooseRemovals([file(1, {isPinned: true}), file(2), file(3, {isPinned: true}), file(4)], day, {scans: 1, bytes: 1000})), [2]);
});

test('a scan that may be going on stays', t => {
	t.deepEqual(numbersOf(chooseRemovals([file(1, {writtenAtMs: day - 1000}), file(2)], day, {scans: 0, bytes: 0})), [2]);
});

test('files that are not portui\'s are left alone', t => {
	for (const name of ['notes.txt', 'x.ndjson', '.ndjson', '20260131T120000000Z-0a1b2c3.ndjson', '20260131T120000000Z-0a1b2c3d.ndjson.gz', '20260131T120000000Z-0a1b2c3d']) {
		t.is(readFileName(name), undefined, name);
	}

	t.deepEqual(readFileName('20260131T120000000Z-0a1b2c3d.ndjson'), {id: '20260131T120000000Z-0a1b2c3d', isPinned: false});
	t.deepEqual(readFileName('20260131T120000000Z-0a1b2c3d.pinned.ndjson'), {id: '20260131T120000000Z-0a1b2c3d', isPinned: true});
});

test('a scan is found by the beginning of its id, long or short', t => {
	const files = [file(1), file(2)];
	t.deepEqual(filesNamed(files, '111'), [files[0]!]);
	t.deepEqual(filesNamed(files, shortId(files[1]!.id)), [files[1]!]);
	t.is(filesNamed(files, '20260131t').length, 2);
	t.is(filesNamed(files, '9').length, 0);
});
