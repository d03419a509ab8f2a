import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {createSchemas, formatSchema} from './schema-source.ts';

// Writes schemas/ anew, after a change to source/report/documents/. They are kept in the tree, where a change of the contract is seen.
const folder = fileURLToPath(new URL('../schemas', import.meta.url));
await mkdir(folder, {recursive: true});
for (const [name, schema] of createSchemas()) {
	await writeFile(path.join(folder, `${name}.json`), formatSchema(schema));
}
