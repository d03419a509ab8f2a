import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {runProgram} from '../helpers/run-cli.ts';

const folder = fileURLToPath(new URL('types', import.meta.url));
const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

test('the published types are what is promised, and refuse what is wrong', async t => {
	const {code, stdout} = await runProgram(process.execPath, [tsc, '-p', folder]);
	t.is(stdout, '');
	t.is(code, 0);
});
