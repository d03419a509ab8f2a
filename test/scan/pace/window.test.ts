import test from 'ava';
import {createWindow, promptWindow, promptWindowApart, type Window} from '../../../source/scan/pace/window.ts';

const answer = (window: Window, count: number, elapsedMs: number): void => {
	for (let each = 0; each < count; each++) {
		window.answered(window.size - 1, elapsedMs);
	}
};

test('it grows with each answer, up to its limit', t => {
	const window = createWindow({initial: 10, limit: 100});
	answer(window, 10, 20);
	t.is(window.size, 20);
	answer(window, 1000, 20);
	t.is(window.size, 100);
	t.false(window.hasRoom(100, 100));
	t.true(window.hasRoom(99, 99));
});

test('one that is not used does not grow', t => {
	const window = createWindow({initial: 100, limit: 1000});
	window.answered(5, 20);
	t.is(window.size, 100);
});

test('silence lets it grow half as fast; before the first answer four times as fast', t => {
	const window = createWindow({initial: 10, limit: 100});
	window.silent(9);
	t.is(window.size, 14);
	window.answered(13, 20);
	window.silent(14);
	window.silent(14);
	t.is(window.size, 16);
});

test('on a short path few are in flight at once, though the window stays', t => {
	const window = createWindow({initial: 256, limit: 1000});
	t.true(window.hasRoom(200, 200));
	answer(window, 1, 0.1);
	t.false(window.hasRoom(promptWindowApart, promptWindowApart));
	t.true(window.hasRoom(200, promptWindowApart - 1), 'those that are likely silent do not count');
	t.is(window.size, 256);
});

test('a firewall on a short path is no reason to be slow', t => {
	const window = createWindow({initial: 256, limit: 1000});
	answer(window, 1, 0.1);
	for (let each = 0; each < 20; each++) {
		window.silent(200);
	}

	t.true(window.hasRoom(200, 200));
});

test('within this machine it grows to eight', t => {
	const window = createWindow({initial: 4, limit: 1000, knownRttMs: 0});
	answer(window, 100, 0.1);
	t.is(window.size, promptWindow);
});

test('a lack of this machine shrinks it to what was possible, and never enlarges it', t => {
	const window = createWindow({initial: 100, limit: 1000});
	window.shrinkTo(30);
	t.is(window.size, 30);
	window.shrinkTo(50);
	t.is(window.size, 30);
	window.shrinkTo(0);
	t.is(window.size, 1);
});
