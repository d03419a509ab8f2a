import {readFileSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type {ExecutionContext} from 'ava';
import type {Schema, SchemaName} from '../../scripts/schema-source.ts';

const folder = fileURLToPath(new URL('../../schemas/', import.meta.url));

/** The published schemas by name. */
export const publishedSchemas: ReadonlyMap<string, Schema> = new Map(readdirSync(folder).map(file =>
	[path.basename(file, '.json'), JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Schema]));

/** The published schemas allow what they do not name; a test that meets such a thing has found something that is not documented. */
const refuseUnnamed = (value: unknown): unknown => {
	if (Array.isArray(value)) {
		return value.map(item => refuseUnnamed(item));
	}

	if (typeof value !== 'object' || value === null) {
		return value;
	}

	const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, refuseUnnamed(part)]));
	return typeof parts['properties'] === 'object' && parts['type'] === 'object' ? {...parts, additionalProperties: false} : parts;
};

const createAjv = (): Ajv2020 => {
	const ajv = new Ajv2020({allErrors: true, allowUnionTypes: true, discriminator: false});
	addFormats.default(ajv);
	return ajv;
};

const compile = (prepare: (schema: Schema) => unknown): ReadonlyMap<string, ValidateFunction> => {
	const ajv = createAjv();
	return new Map(Array.from(publishedSchemas, ([name, schema]) => [name, ajv.compile(prepare(schema) as Schema)]));
};

const strict = compile(refuseUnnamed);
const published = compile(schema => schema);

const problemsOf = (validate: ValidateFunction, document: unknown): readonly string[] =>
	(validate(document) ? [] : validate.errors!.slice(0, 5).map(({instancePath, message, params}) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`));

/** What is wrong with a document by its schema, and what of it the schema does not name. Nothing when it is as documented. */
export const problemsWith = (name: SchemaName, document: unknown): readonly string[] =>
	// As a reader gets it: what is undefined is not written.
	problemsOf(strict.get(name)!, JSON.parse(JSON.stringify(document)));

/** What is wrong with a document by the schema as it is published. */
export const publishedProblemsWith = (name: SchemaName, document: unknown): readonly string[] => problemsOf(published.get(name)!, document);

/** Asserts that a document is as its published schema says, and has nothing that is not documented. */
export const assertValid = (t: ExecutionContext, name: SchemaName, document: unknown): void => {
	t.deepEqual(problemsWith(name, document), [], name);
};

/** The same of each line of NDJSON. */
export const assertValidLines = (t: ExecutionContext, name: SchemaName, text: string): void => {
	for (const line of text.split('\n').slice(0, -1)) {
		assertValid(t, name, JSON.parse(line));
	}
};
