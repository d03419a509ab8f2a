import {createRequire} from 'node:module';
import * as ink from 'ink';
import type {ComponentType, PropsWithChildren} from 'react';

/** The properties of `ink-table` that are used here; its own types are for another major version of React. */
export type TableProps = {
	readonly data: ReadonlyArray<Readonly<Record<string, string>>>;
	readonly columns: readonly string[];
	readonly header: ComponentType<PropsWithChildren>;
	readonly cell: ComponentType<PropsWithChildren>;
	readonly skeleton: ComponentType<PropsWithChildren>;
};

/**
`ink-table`, sharing this program's one instance of Ink.

It is CommonJS and requires Ink, which Node refuses: an ES module with a top-level await cannot be required. With Ink already in the cache under the name it asks for, it gets the instance that is loaded. The bundle does the same at build time (docs/decisions/0002-ink-table.md).
*/
const load = (): ComponentType<TableProps> => {
	const require = createRequire(import.meta.url);
	const {Module} = require('node:module') as {Module: new (id: string) => NodeJS.Module};
	const inkPath = require.resolve('ink');
	require.cache[inkPath] ??= Object.assign(new Module(inkPath), {exports: ink, filename: inkPath, loaded: true});
	return (require('ink-table') as {default: ComponentType<TableProps>}).default;
};

export const Table = load();
