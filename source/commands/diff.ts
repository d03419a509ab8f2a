import {diffDocument} from '../report/diff-json.ts';
import {formatDiffMarkdown} from '../report/diff-markdown.ts';
import {formatDiffText} from '../report/diff-text.ts';
import type {ComparedTitle} from '../report/diff-words.ts';
import {formatJson, printable} from '../report/printable.ts';
import {diffScans} from '../report/scan-diff.ts';
import {shortId} from '../history/retention.ts';
import type {DiffOptions} from './diff-options.ts';
import {readScanDocument, type DocumentSurroundings, type ScanDocument} from './read-scan-document.ts';
import {exitCodes, writeAll, type ExitCode, type Surroundings} from './surroundings.ts';

export type DiffSurroundings = Pick<Surroundings, 'stdout' | 'stderr' | 'signal' | 'loadRegistry'> & DocumentSurroundings;

const titleOf = ({origin, record: {started}}: ScanDocument): ComparedTitle => ({
	name: origin.kind === 'history' ? shortId(origin.id) : (origin.name === '-' ? 'standard input' : origin.name),
	startedAt: started.startedAt,
	engine: started.engine,
	ports: started.ports,
});

/** `portui diff`: tells what has changed between two scans. */
export const runDiff = async ({before, after, format, takesUntoldAsNotOpen}: DiffOptions, surroundings: DiffSurroundings): Promise<ExitCode> => {
	const {stdout, stderr, signal, loadRegistry} = surroundings;
	const documents: ScanDocument[] = [];
	for (const word of [before, after]) {
		const read = await readScanDocument(word, surroundings);
		if (!read.ok) {
			await writeAll(stderr, `${printable(read.message)}\n`);
			return signal.aborted ? exitCodes.interrupted : exitCodes.failed;
		}

		documents.push(read.value);
		await writeAll(stderr, read.value.notes.map(note => `${printable(note)}\n`).join(''));
	}

	const [one, other] = documents as [ScanDocument, ScanDocument];
	const diff = diffScans({...one, takesUntoldAsNotOpen}, {...other, takesUntoldAsNotOpen});
	const registry = await loadRegistry();
	const titles = [titleOf(one), titleOf(other)] as const;
	switch (format) {
		case 'text': {
			await writeAll(stdout, formatDiffText(diff, ...titles, registry));
			break;
		}

		case 'json': {
			await writeAll(stdout, formatJson(diffDocument(diff, ...titles)));
			break;
		}

		case 'markdown': {
			await writeAll(stdout, formatDiffMarkdown(diff, ...titles, registry));
			break;
		}
	}

	if (!diff.isSame) {
		return exitCodes.checkFailed;
	}

	// Of two scans without a common host nobody can say that they are the same: a job that relies on it is to notice.
	return diff.comparedHostCount === 0 ? exitCodes.failed : exitCodes.done;
};
