import {readFile} from 'node:fs/promises';
import type {Plugin} from 'esbuild';
import {plainText} from '../source/ui/plain-text.ts';

const replaceOnce = (text: string, pattern: RegExp, replacement: string, file: string): string => {
	if (!pattern.test(text)) {
		throw new Error(`${file} is not what the bundle expects: nothing in it matches ${String(pattern)}.`);
	}

	return text.replace(pattern, () => replacement);
};

/**
Takes Ink's link to the React developer tools out of the bundle.

It is Ink's only top-level await, and with it no CommonJS module (such as ink-table) could require Ink. `react-devtools-core` is an optional package that the bundle does not hold.
*/
export const inkWithoutDevtools: Plugin = {
	name: 'ink-without-devtools',
	setup(build) {
		build.onLoad({filter: /node_modules[\\/]ink[\\/]build[\\/]reconciler\.js$/}, async ({path}) => ({
			contents: replaceOnce(await readFile(path, 'utf8'), /await import\('\.\/devtools\.js'\);/, '', path),
			loader: 'js',
		}));
	},
};

/**
Binds ink-table when the bundle is built.

Unbundled, `source/ui/components/ink-table.ts` finds it in `node_modules` at run time; an installed portui has no `node_modules`. What it requires as `ink` is the Ink of the bundle.
*/
export const boundInkTable: Plugin = {
	name: 'bound-ink-table',
	setup(build) {
		build.onLoad({filter: /source[\\/]ui[\\/]components[\\/]ink-table\.ts$/}, () => ({
			contents: 'import inkTable from \'ink-table\';\nexport const Table = inkTable.default;\n',
			loader: 'ts',
			resolveDir: process.cwd(),
		}));
	},
};

/**
Takes out of meow what checks and mends a package.json.

portui hands meow what it would find in one, so that code never has anything to do; but it is the larger part of meow, and it is set up at every start.
*/
export const meowWithoutPackageReader: Plugin = {
	name: 'meow-without-package-reader',
	setup(build) {
		build.onLoad({filter: /node_modules[\\/]meow[\\/]build[\\/]dependencies\.js$/}, async ({path}) => ({
			contents: replaceOnce(await readFile(path, 'utf8'), /var normalizeExports = requireNormalize\(\);/, 'var normalizeExports = () => {};', path),
			loader: 'js',
		}));
	},
};

/**
Widens the shortcut of string-width from ASCII to all text whose width is its length, and has it make only then what the rest needs.

Ink measures every line of every frame with it, and borders make each of them more than ASCII. The segmenter and the expression of emoji read the tables of Unicode, which takes 10 ms each of a start that mostly measures plain text.
*/
export const stringWidthWithShortcut: Plugin = {
	name: 'string-width-with-shortcut',
	setup(build) {
		build.onLoad({filter: /node_modules[\\/]string-width[\\/]index\.js$/}, async ({path}) => {
			const replacements: ReadonlyArray<readonly [RegExp, string]> = [
				[/\/\^\[\\u0020-\\u007E\]\*\$\//, String(plainText)],
				[/const segmenter = new Intl\.Segmenter\(\);/, 'let segmenter;'],
				[/of segmenter\.segment\(/, 'of (segmenter ??= new Intl.Segmenter()).segment('],
				[/const rgiEmojiRegex = \/\^\\p\{RGI_Emoji\}\$\/v;/, 'let rgiEmojiRegex;'],
				[/if \(rgiEmojiRegex\.test\(/, String.raw`if ((rgiEmojiRegex ??= new RegExp('^\\p{RGI_Emoji}$', 'v')).test(`],
			];
			const text = await readFile(path, 'utf8');
			return {contents: replacements.reduce((replaced, [pattern, replacement]) => replaceOnce(replaced, pattern, replacement, path), text), loader: 'js'};
		});
	},
};
