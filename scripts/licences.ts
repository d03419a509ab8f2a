import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';

/** Where packages put their terms, and those of what they bundle in their turn. */
const noticeName = /^(?:licen[cs]es?|copying|notice)(?:[.-].*)?$/i;
const noticeFolders = ['', 'build', 'dist'];

/** The folder of the package a file belongs to; undefined for a file of our own. */
const packageOf = (file: string): string | undefined => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

const readNotices = async (folder: string): Promise<readonly string[]> => {
	const notices: string[] = [];
	for (const part of noticeFolders) {
		const inner = path.join(folder, part);
		const names = await readdir(inner).catch(() => []);
		for (const name of names.filter(each => noticeName.test(each)).sort()) {
			notices.push((await readFile(path.join(inner, name), 'utf8')).trim());
		}
	}

	return notices;
};

const formatPackage = async (folder: string): Promise<string> => {
	const {name, version, license} = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Record<string, string>;
	const notices = await readNotices(folder);
	if (license === undefined && notices.length === 0) {
		throw new Error(`${name} has no licence, so it cannot be bundled.`);
	}

	return [`${name} ${version} (${license})`, ...(notices.length === 0 ? ['The package holds no licence text of its own.'] : notices)].join('\n\n');
};

/**
The licence notices of all packages that files came from.

@param files - Paths below the project's folder, those of our own among them.
@throws When a package has neither a licence nor a notice.
*/
export const formatLicences = async (root: string, files: Iterable<string>): Promise<string> => {
	const folders = [...new Set(Array.from(files, file => packageOf(file)).filter(folder => folder !== undefined))].sort();
	const parts = await Promise.all(folders.map(async folder => formatPackage(path.join(root, folder))));
	return `portui is under the MIT licence; see LICENSE. Bundled with it, under their own terms:\n\n${parts.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
};
