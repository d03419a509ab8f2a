import path from 'node:path';
import {rollup} from 'rollup';

/** A file of a bundle. */
export type Piece = {readonly name: string; readonly code: string};

/** What is larger stays a file of its own: not everybody needs it. */
const mostBytes = 8000;

const imported = /(?:import|from)"\.\/([^"]+)"/g;

/** The small pieces that need no large one: all of them together are loaded by everybody, and cost little. */
const chooseJoined = (pieces: ReadonlyMap<string, string>, entries: ReadonlySet<string>): ReadonlySet<string> => {
	const joined = new Set([...pieces].filter(([name, code]) => !entries.has(name) && code.length <= mostBytes).map(([name]) => name));
	for (let isStable = false; !isStable;) {
		isStable = true;
		for (const name of joined) {
			// Dynamic imports, with their bracket, are not among these.
			if ([...pieces.get(name)!.matchAll(imported)].some(([, other]) => !joined.has(other!))) {
				joined.delete(name);
				isStable = false;
			}
		}
	}

	return joined;
};

/** A piece, and all that it cannot be loaded without. */
const closureOf = (name: string, pieces: ReadonlyMap<string, string>): ReadonlySet<string> => {
	const closure = new Set([name]);
	for (const each of closure) {
		for (const [, other] of pieces.get(each)!.matchAll(imported)) {
			closure.add(other!);
		}
	}

	return closure;
};

/**
Joins the many small pieces that esbuild cuts a bundle into, one for each set of entries that share some lines.

A hundred files of a kilobyte take longer to load than one, and Node opens all of them at once: under a limit of 64 descriptors a start would fail.

@param entries - Names of the pieces that something loads by name.
@param library - The one that other programs load: what it needs is joined apart from the rest, so that it loads nothing else.
*/
export const joinPieces = async (pieces: readonly Piece[], entries: ReadonlySet<string>, library: string): Promise<readonly Piece[]> => {
	const byName = new Map(pieces.map(({name, code}) => [name, code]));
	const joined = chooseJoined(byName, entries);
	const ofLibrary = closureOf(library, byName);
	const bundle = await rollup({
		input: Object.fromEntries([...entries].map(name => [path.parse(name).name, name])),
		// What is not needed esbuild has left out already.
		treeshake: false,
		external: /^node:/,
		plugins: [{
			name: 'pieces',
			resolveId: id => (byName.has(id.replace(/^\.\//, '')) ? id.replace(/^\.\//, '') : {id, external: true}),
			load: id => byName.get(id),
		}],
		onwarn({code, message}) {
			// A library that imports what it does not use harms nobody.
			if (code !== 'UNUSED_EXTERNAL_IMPORT') {
				throw new Error(message);
			}
		},
	});
	const {output} = await bundle.generate({
		format: 'esm',
		compact: true,
		entryFileNames: '[name].js',
		chunkFileNames: '[name]-[hash].js',
		hoistTransitiveImports: false,
		manualChunks: id => (joined.has(id) ? (ofLibrary.has(id) ? 'core' : 'shared') : undefined),
	});
	await bundle.close();
	return output.flatMap(piece => (piece.type === 'chunk' ? [{name: piece.fileName, code: piece.code}] : []));
};
