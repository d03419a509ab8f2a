import fc from 'fast-check';
import test from 'ava';
import type {Key} from 'ink';
import {quoteTyped} from '../../source/port/quote.ts';
import {characterOf, keyNamesOf} from '../../source/ui/key-names.ts';

const noKey: Key = {
	upArrow: false, downArrow: false, leftArrow: false, rightArrow: false, pageDown: false, pageUp: false, home: false, end: false, return: false, escape: false,
	ctrl: false, shift: false, tab: false, backspace: false, delete: false, meta: false, super: false, hyper: false, capsLock: false, numLock: false,
};

const events: ReadonlyArray<readonly [input: string, pressed: readonly (keyof Key)[], names: readonly string[]]> = [
	['', ['upArrow'], ['up']],
	['', ['downArrow'], ['down']],
	['', ['leftArrow'], ['left']],
	['', ['rightArrow'], ['right']],
	['', ['pageUp'], ['pageup']],
	['', ['pageDown'], ['pagedown']],
	['', ['home'], ['home']],
	['', ['end'], ['end']],
	['\r', ['return'], ['enter']],
	['', ['escape'], ['escape']],
	['', ['escape', 'meta'], ['escape']],
	['', ['backspace'], ['backspace']],
	['', ['delete'], ['delete']],
	['', ['tab'], ['tab']],
	['', ['tab', 'shift'], ['shift-tab']],
	['c', ['ctrl'], ['ctrl-c']],
	['', ['ctrl'], []],
	['q', [], ['q']],
	['G', ['shift'], ['G']],
	[' ', [], ['space']],
	['/', [], ['/']],
	['é', [], ['é']],
	['😀', [], ['😀']],
	['q', ['meta'], []],
	['', [], []],
	['jjj', [], ['j', 'j', 'j']],
	['5432\r', [], ['5', '4', '3', '2', 'enter']],
	['a\tb\n', [], ['a', 'tab', 'b', 'enter']],
	['a\u007F', [], ['a', 'backspace']],
	['a\u0008', [], ['a', 'backspace']],
	['a\u0003', [], ['a', 'ctrl-c']],
	['a\u0015b', [], ['a', 'ctrl-u', 'b']],
	['日本', [], ['日', '本']],
];

for (const [input, pressed, names] of events) {
	test(`${quoteTyped(input, 40)} with ${JSON.stringify(pressed)} is ${JSON.stringify(names)}`, t => {
		t.deepEqual(keyNamesOf(input, {...noKey, ...Object.fromEntries(pressed.map(property => [property, true]))}), names);
	});
}

test('keys typed fast are all there, in their order', t => {
	fc.assert(fc.property(fc.string({unit: fc.constantFrom(...'abcGN/?+0123456789é日😀'), maxLength: 50}), typed => {
		t.is(keyNamesOf(typed, noKey).join(''), typed);
	}));
});

test('what is typed as text comes back as it was', t => {
	fc.assert(fc.property(fc.string({unit: 'grapheme', maxLength: 30}), typed => {
		t.is(keyNamesOf(typed, noKey).map(name => characterOf(name)).join(''), typed);
	}));
});

for (const name of ['enter', 'escape', 'up', 'tab', 'shift-tab', 'ctrl-c', 'ctrl-a', 'backspace', 'pageup']) {
	test(`${name} is not text`, t => {
		t.is(characterOf(name), undefined);
	});
}
