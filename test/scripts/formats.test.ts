import {readFile} from 'node:fs/promises';
import test from 'ava';
import {schemaTypes, type SchemaName} from '../../scripts/schema-source.ts';
import {assertValid} from '../helpers/schemas.ts';

const text = await readFile(new URL('../../docs/formats.md', import.meta.url), 'utf8');
const examples = Array.from(text.matchAll(/^```json (\S+)\n([^]*?)^```$/gm), ([, name, example]) => [name as SchemaName, example!] as const);

for (const [name, example] of examples) {
	test(`the example of ${name} in docs/formats.md is as its schema says`, t => {
		const documents = name.endsWith('-event') ? example.split('\n').slice(0, -1) : [example];
		for (const document of documents) {
			assertValid(t, name, JSON.parse(document));
		}
	});
}

test('every document is in docs/formats.md', t => {
	t.deepEqual(examples.map(([name]) => name), Object.keys(schemaTypes) as SchemaName[]);
});
