import {readFile} from 'node:fs/promises';
import test from 'ava';
import {createSchemas, formatSchema, type Schema, type SchemaName} from '../../scripts/schema-source.ts';
import {assertValid, problemsWith, publishedProblemsWith, publishedSchemas} from '../helpers/schemas.ts';

const schemas = createSchemas();

test('the schemas in the tree are those of the types: npm run build-schemas writes them', async t => {
	t.deepEqual([...publishedSchemas.keys()].sort(), [...schemas.keys()].sort());
	for (const [name, schema] of schemas) {
		t.is(await readFile(new URL(`../../schemas/${name}.json`, import.meta.url), 'utf8'), formatSchema(schema), name);
	}
});

/** Calls back for every property that a schema names, wherever it is. */
const walkProperties = (schema: unknown, visit: (name: string, property: Schema) => void): void => {
	if (typeof schema !== 'object' || schema === null) {
		return;
	}

	for (const [keyword, part] of Object.entries(schema as Schema)) {
		if (keyword === 'properties') {
			for (const [name, property] of Object.entries(part as Record<string, Schema>)) {
				visit(name, property);
			}
		}

		walkProperties(part, visit);
	}
};

for (const [name, schema] of schemas) {
	test(`every property of ${name} says what it is`, t => {
		const defs = schema['$defs'] as Record<string, Schema>;
		const silent: string[] = [];
		walkProperties(schema, (property, {description, $ref, const: constant}) => {
			const referred = typeof $ref === 'string' ? defs[$ref.replace('#/$defs/', '')] : undefined;
			if (description === undefined && referred?.['description'] === undefined && constant === undefined) {
				silent.push(property);
			}
		});
		t.deepEqual([...new Set(silent)], []);
	});

	test(`${name} has a stable id and its draft`, t => {
		t.like(schema, {$schema: 'https://json-schema.org/draft/2020-12/schema', $id: `https://unpkg.com/portui/dist/schemas/${name}.json`});
	});
}

const history = {portui: 1, kind: 'history', scans: []};

test('what is published lets additions pass, and tests do not', t => {
	assertValid(t, 'history', history);
	const later = {...history, added: true};
	t.deepEqual(publishedProblemsWith('history', later), []);
	t.is(problemsWith('history', later).length, 1);
});

const wrong: ReadonlyArray<readonly [name: SchemaName, document: unknown]> = [
	['history', {...history, portui: 2}],
	['history', {...history, kind: 'scan'}],
	['history', {portui: 1, kind: 'history'}],
	['history', {...history, scans: [{}]}],
	['scan', history],
	['scan-event', {portui: 1, kind: 'finished', finishedAt: 'yesterday', status: 'complete', message: null}],
	['scan-event', {portui: 1, kind: 'finished', finishedAt: '2026-01-31T12:00:00.000Z', status: 'done', message: null}],
	['lookup', {portui: 1, kind: 'lookup', origin: '', clientRanges: {here: {first: 1, last: 65_536, reserved: [], readFrom: ''}, defaults: []}, ports: []}],
];

for (const [name, document] of wrong) {
	test(`${JSON.stringify(document)} is no ${name}`, t => {
		t.not(publishedProblemsWith(name, document).length, 0);
	});
}
