import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {runProgram} from '../run-cli.ts';

/** Programs in C that tests need, each named after its file in this folder. */
export type CompiledPrograms = {readonly folder: string; readonly remove: () => Promise<void>};

/** @throws Error with what the compiler said, or that there is none. */
export const compilePrograms = async (...names: readonly string[]): Promise<CompiledPrograms> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-bed-'));
	const remove = async (): Promise<void> => rm(folder, {recursive: true, force: true});
	try {
		for (const name of names) {
			const {code, stderr} = await runProgram('gcc', ['-O2', '-Wall', '-Wextra', '-o', path.join(folder, name), path.join(import.meta.dirname, `${name}.c`)]);
			if (code !== 0) {
				throw new Error(`gcc ${name}.c: ${stderr.trim()}`);
			}
		}
	} catch (error) {
		await remove();
		throw error;
	}

	return {folder, remove};
};
