import type {Key} from 'ink';

/** The keys that are not text, by the names the key table uses. */
const named: ReadonlyArray<readonly [keyof Key, string]> = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'escape'],
	// Terminals send DEL (0x7F) for Backspace, and CSI 3 ~ for Delete.
	['backspace', 'backspace'],
	['delete', 'delete'],
];

const characterNames: Readonly<Record<string, string>> = {'\r': 'enter', '\n': 'enter', '\t': 'tab', ' ': 'space', '\u007F': 'backspace', '\b': 'backspace'};

/** A control character is Ctrl with its letter (96 places above it in ASCII): 0x15 is Ctrl-U. */
const nameOfCharacter = (character: string): string =>
	characterNames[character] ?? (character < ' ' ? `ctrl-${String.fromCodePoint(character.codePointAt(0)! + 96)}` : character);

/**
The names of the keys in one event of Ink's, in order.

Keys that are typed fast, or held, arrive together as one string: each character of it is a key.
*/
export const keyNamesOf = (input: string, key: Key): readonly string[] => {
	const special = named.find(([property]) => key[property] === true);
	if (special) {
		return [special[1]];
	}

	if (key.tab) {
		return [key.shift ? 'shift-tab' : 'tab'];
	}

	if (key.ctrl) {
		return input === '' ? [] : [`ctrl-${input}`];
	}

	// Alt with a key is no key of ours; taking it for the key alone would surprise.
	return key.meta ? [] : Array.from(input, character => nameOfCharacter(character));
};

/** The character a key name stands for when text is typed; undefined for keys that are not text. */
export const characterOf = (name: string): string | undefined => (name === 'space' ? ' ' : [...name].length === 1 ? name : undefined);
