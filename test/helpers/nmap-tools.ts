import {existsSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {runProgram} from './run-cli.ts';

/** Where Debian's nmap-common puts the document type of nmap's XML. */
const documentType = '/usr/share/nmap/nmap.dtd';

const answers = async (command: string): Promise<boolean> => runProgram(command, ['--version']).then(({code}) => code === 0, () => false);

/** What is there of the tools that read nmap's documents; those that are not are told on standard error. */
export const findNmapTools = async (title: string): Promise<{readonly canValidate: boolean; readonly canCompare: boolean; readonly canScan: boolean}> => {
	const [xmllint, ndiff, nmap] = await Promise.all(['xmllint', 'ndiff', 'nmap'].map(async command => (command === 'ndiff' ? runProgram('ndiff', ['--help']).then(({code}) => code === 0, () => false) : answers(command))));
	const missing = [
		...(xmllint === true ? [] : ['xmllint (apt-get install libxml2-utils)']),
		...(ndiff === true ? [] : ['ndiff (apt-get install ndiff)']),
		...(nmap === true && existsSync(documentType) ? [] : ['nmap and its document type (apt-get install nmap)']),
	];
	if (missing.length > 0) {
		console.error(`${title}: some tests are skipped, because these are not installed: ${missing.join(', ')}.`);
	}

	return {canValidate: xmllint === true && existsSync(documentType), canCompare: ndiff === true, canScan: nmap === true};
};

/** Writes documents to files of their own for as long as something is done with them. */
export const withFiles = async <Result>(texts: readonly string[], use: (files: readonly string[]) => Promise<Result>): Promise<Result> => {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'portui-xml-'));
	try {
		const files = texts.map((_, index) => path.join(folder, `${index}.xml`));
		await Promise.all(files.map(async (file, index) => writeFile(file, texts[index]!)));
		return await use(files);
	} finally {
		await rm(folder, {recursive: true});
	}
};

/** What xmllint finds wrong with a document by nmap's document type; empty where it is valid. */
export const validate = async (text: string): Promise<string> =>
	withFiles([text], async ([file]) => {
		const {code, stderr} = await runProgram('xmllint', ['--noout', '--nonet', '--dtdvalid', documentType, file!]);
		return code === 0 ? stderr : `${stderr}exit ${code}`;
	});
