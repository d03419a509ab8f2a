import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {createGenerator} from 'ts-json-schema-generator';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The documents that have a published schema: the name of its file, and the type in `source/report/documents/` that it is made of. A new one goes here. */
export const schemaTypes = {
	scan: 'ScanDocument',
	'scan-event': 'ScanEventDocument',
	lookup: 'LookupDocument',
	local: 'LocalDocument',
	'local-event': 'LocalEventDocument',
	history: 'HistoryDocument',
	diff: 'DiffDocument',
	check: 'CheckDocument',
	config: 'ConfigDocument',
	update: 'UpdateDocument',
} as const;

export type SchemaName = keyof typeof schemaTypes;

/** A JSON Schema, or a part of one. */
export type Schema = {readonly [keyword: string]: unknown};

/** The generator writes draft 7, which differs from 2020-12 in these keywords alone, as far as it uses them. */
const toDraft2020 = (value: unknown): unknown => {
	if (Array.isArray(value)) {
		return value.map(item => toDraft2020(item));
	}

	return typeof value !== 'object' || value === null ? value : Object.fromEntries(Object.entries(value).map(([key, part]) =>
		(key === '$ref' && typeof part === 'string' ? [key, part.replace('#/definitions/', '#/$defs/')] : [key, toDraft2020(part)])));
};

/** What a reader looks for first. */
const firstKeywords = ['$schema', '$id', 'title', 'description', 'type', 'const', 'properties', 'required'];

const inOrder = (schema: Schema): Schema => Object.fromEntries(Object.entries(schema).sort(([one], [other]) => {
	const rank = (keyword: string): number => (firstKeywords.indexOf(keyword) + firstKeywords.length + 1) % (firstKeywords.length + 1);
	return rank(one) - rank(other);
}));

/**
Makes the JSON Schemas (draft 2020-12) of all documents out of their types.

They allow what they do not name, because additions are no new version of a document.
*/
export const createSchemas = (): ReadonlyMap<SchemaName, Schema> => {
	const generator = createGenerator({
		path: path.join(root, 'source/report/documents/*.ts'),
		tsconfig: path.join(root, 'tsconfig.json'),
		additionalProperties: true,
		sortProps: false,
		topRef: false,
		// `tsc` checks them.
		skipTypeCheck: true,
	});
	return new Map(Object.entries(schemaTypes).map(([name, type]) => {
		const {definitions, ...schema} = generator.createSchema(type) as Schema;
		return [name as SchemaName, {
			...inOrder({
				...(toDraft2020(schema) as Schema),
				$schema: 'https://json-schema.org/draft/2020-12/schema',
				$id: `https://unpkg.com/portui/dist/schemas/${name}.json`,
				title: type,
			}),
			$defs: toDraft2020(definitions),
		}];
	}));
};

/** The text of a schema's file. */
export const formatSchema = (schema: Schema): string => `${JSON.stringify(schema, undefined, '\t')}\n`;
