import {existsSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test, {type TestFn} from 'ava';

const folder = process.env['PORTUI_SHARED_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** IANA's registry of 2026-08-17 in its own columns: too large and too fast ageing to be a part of the project. */
export const ianaFile = path.join(folder, 'service-names-port-numbers.csv');

const isPresent = existsSync(ianaFile);

/** A test that needs IANA's own file: skipped, and it says why, where the file is not. */
export const withIanaFile: TestFn | TestFn['skip'] = isPresent ? test : test.skip;

export const ianaTitle = (claim: string): string => (isPresent ? claim : `${claim} (the registry's own file is not here: ../shared/data, or the folder in PORTUI_SHARED_DATA)`);
