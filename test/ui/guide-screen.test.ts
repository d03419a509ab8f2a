import test from 'ava';
import {toPort} from '../../source/port/port.ts';
import {neighbouringLink, type GuideScreen} from '../../source/ui/guide-screen.ts';

/** A page of 30 lines in a pane of 10, with links a, b, c … on some of them. */
const screen = (top: number, ...linkLines: readonly number[]): GuideScreen => ({
	lines: Array.from({length: 30}, () => []),
	links: linkLines.map((line, index) => ({id: 'abcdef'[index]!, target: {kind: 'port', port: toPort(index)}, firstLine: line, lastLine: line})),
	height: 10,
	top,
	lastTop: 20,
});

const steps: ReadonlyArray<readonly [situation: string, screen: GuideScreen, linkId: string | undefined, step: 1 | -1, expected: readonly [string, number] | undefined]> = [
	['none was chosen, so the first is in hand', screen(0, 2, 5), undefined, 1, ['b', 0]],
	['the next is in sight', screen(0, 2, 5), 'a', 1, ['b', 0]],
	['the next is below', screen(0, 2, 15), 'a', 1, ['b', 6]],
	['the one before is above', screen(15, 2, 15), 'b', -1, ['a', 2]],
	['the last stays the last', screen(0, 2, 5), 'b', 1, undefined],
	['the first stays the first', screen(0, 2, 5), 'a', -1, undefined],
	['the one in hand was scrolled away: the first in sight', screen(10, 2, 12, 14), 'a', 1, ['b', 10]],
	['the one in hand was scrolled away: the last in sight', screen(10, 2, 12, 14, 25), 'd', -1, ['c', 10]],
	['the one in hand was scrolled away, and none is in sight: back to it', screen(10, 2, 25), 'a', 1, ['a', 2]],
	['the one in hand has gone from the page: the first is', screen(0, 2, 5), 'z', 1, ['b', 0]],
	['there is no link', screen(0), undefined, 1, undefined],
];

for (const [situation, from, linkId, step, expected] of steps) {
	test(`${step === 1 ? 'next' : 'before'}: ${situation}`, t => {
		t.deepEqual(neighbouringLink(from, linkId, step), expected === undefined ? undefined : {linkId: expected[0], top: expected[1]});
	});
}
