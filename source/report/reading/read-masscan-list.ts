import {rejected, type Parsed} from '../../port/parsed.ts';
import {createScanGatherer} from './gather-scan.ts';
import {createMasscanGatherer, type MasscanGatherer} from './masscan-record.ts';
import type {ReadScan} from './read-scan.ts';
import type {ReadingOptions} from './reading-options.ts';
import {createReadingNotes} from './reading-notes.ts';
import {reading} from './reading.ts';
import {linesOf} from './text-lines.ts';

/** The first words of a line, and all that follows them. */
const splitWords = (line: string, count: number): readonly string[] => {
	const words: string[] = [];
	let from = 0;
	while (words.length < count) {
		const space = line.indexOf(' ', from);
		if (space === -1) {
			break;
		}

		words.push(line.slice(from, space));
		from = space + 1;
	}

	return [...words, line.slice(from)];
};

const wanted = 'a line is a state, a protocol, a port, an address and a time';

/** `open tcp 22 192.0.2.7 1700000000`, `banner tcp 22 192.0.2.7 1700000000 ssh SSH-2.0-…`. */
const takeLine = (line: string, masscan: MasscanGatherer): string | undefined => {
	const [state = '', protocol = '', port = '', address = '', time = '', service = 'unknown', text = ''] = splitWords(line, 6);
	if (!/^\d{1,5}$/.test(port) || !/^\d{1,12}$/.test(time)) {
		return wanted;
	}

	masscan.takeTime(time);
	const result = {address, port: Number(port), protocol};
	return masscan.take(state === 'banner' ? {...result, banner: {service, text}} : {...result, state});
};

/** Reads what `masscan -oL` writes: a port a line, `#masscan` before and `# end` after, which is missing where it was cut short. */
export const readMasscanList = (text: string, options: ReadingOptions = {}): Parsed<ReadScan> => {
	let isEmpty = true;
	const read = reading(text, () => {
		const gatherer = createScanGatherer();
		const notes = createReadingNotes();
		const masscan = createMasscanGatherer(gatherer, notes);
		let hasEnd = false;
		let last = 0;
		for (const {text: line, number, isWhole} of linesOf(text)) {
			last = number;
			const isComment = line.startsWith('#');
			hasEnd ||= line.trimEnd() === '# end';
			isEmpty &&= !isComment;
			// A last line that does not end may be the beginning of a longer one, and yet look whole: its port may be another.
			if (isComment || line.trim() === '' || !isWhole) {
				continue;
			}

			const wrong = takeLine(line, masscan);
			isEmpty &&= wrong !== undefined;
			if (wrong !== undefined) {
				notes.leaveOut(() => number, wrong);
			}
		}

		if (!hasEnd) {
			notes.add(`The document was cut short on line ${last}, without "# end": what came before was read.`);
		}

		masscan.tellBanners();
		return gatherer.finish({format: 'masscan list', engine: 'masscan', status: hasEnd ? 'complete' : 'interrupted', tellsOpenOnly: true, notes: notes.list()}, options);
	});
	return read.ok && isEmpty ? rejected(`No line of it can be read as a masscan list: ${wanted}.`) : read;
};
