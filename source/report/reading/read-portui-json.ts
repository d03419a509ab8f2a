import {isFields} from '../../history/fields.ts';
import {rejected, type Parsed} from '../../port/parsed.ts';
import {createScanGatherer} from './gather-scan.ts';
import {createJsonCursor, JsonProblem, type JsonCursor} from './json-cursor.ts';
import {createPortuiGatherer, noteUnlisted, readEnding, readHead, readPorts} from './portui-gatherer.ts';
import type {ReadScan} from './read-scan.ts';
import type {ReadingOptions} from './reading-options.ts';
import {createReadingNotes, type ReadingNotes} from './reading-notes.ts';
import {reading} from './reading.ts';
import {lineAt} from './text-lines.ts';

/** Members with lists in them, which are read one element at a time. */
const lists: ReadonlySet<string> = new Set(['hosts', 'down', 'unlisted']);

const headNames: ReadonlySet<string> = new Set(['id', 'status', 'message', 'startedAt', 'finishedAt', 'engine', 'seed', 'ports', 'tells', 'hostCount']);

const hostNames: ReadonlySet<string> = new Set(['target', 'address', 'note', 'judgement', 'counts', 'unfinished']);

type Members = {
	/** The values that are wanted. */
	readonly fields: Readonly<Record<string, unknown>>;
	/** Where others begin. */
	readonly places: ReadonlyMap<string, number>;
	/** Where the object is torn or damaged. */
	readonly problem: JsonProblem | undefined;
};

/** Reads the members of an object that are wanted, and remembers where the others are, in whatever order they come. */
const readMembers = (cursor: JsonCursor, wanted: ReadonlySet<string>, remembered: ReadonlySet<string>): Members => {
	const values = new Map<string, unknown>();
	const places = new Map<string, number>();
	let problem: JsonProblem | undefined;
	try {
		for (const name of cursor.members()) {
			if (wanted.has(name)) {
				values.set(name, cursor.take());
				continue;
			}

			cursor.peek();
			if (remembered.has(name)) {
				places.set(name, cursor.place());
			}

			cursor.skip();
		}
	} catch (error) {
		if (!(error instanceof JsonProblem)) {
			throw error;
		}

		problem = error;
	}

	return {fields: Object.fromEntries(values), places, problem};
};

const portsAlone: ReadonlySet<string> = new Set(['ports']);

/** Reads a host, its ports one by one. @throws JsonProblem after all that came before. */
const readHost = (text: string, start: number, cursor: JsonCursor, portui: ReturnType<typeof createPortuiGatherer>, notes: ReadingNotes): void => {
	const {fields, places, problem} = readMembers(cursor, hostNames, portsAlone);
	const end = cursor.place();
	const host = portui.hostOf(fields);
	const ports = places.get('ports');
	if (host === undefined && problem === undefined) {
		notes.leaveOut(() => lineAt(text, start), 'the host has no IP address');
	} else if (host !== undefined && ports !== undefined) {
		cursor.goTo(ports);
		for (const place of cursor.elements()) {
			const value = cursor.take();
			const wrong = isFields(value) ? portui.takePort(host, value) : 'it is no port';
			if (wrong !== undefined) {
				notes.leaveOut(() => lineAt(text, place), wrong);
			}
		}
	}

	if (problem !== undefined) {
		throw problem;
	}

	if (host !== undefined) {
		portui.endHost(host, fields);
	}

	cursor.goTo(end);
};

/** Reads portui's own document of a scan, as `--format json` writes it; also one that was cut short. */
export const readPortuiJson = (text: string, options: ReadingOptions = {}): Parsed<ReadScan> => {
	const cursor = createJsonCursor(text);
	let rejection: string | undefined;
	const read = reading(text, () => {
		const gatherer = createScanGatherer();
		const notes = createReadingNotes();
		cursor.peek();
		const {fields, places, problem: headProblem} = readMembers(cursor, headNames, lists);
		let problem = headProblem;
		const ports = readPorts(fields['ports']);
		rejection = ports !== undefined ? undefined : fields['ports'] === undefined && problem !== undefined
			? `The document ends on line ${lineAt(text, problem.place)} before it says which ports were asked.`
			: '"ports" is no list of ports, such as 22,80-90.';
		const head = readHead(fields);
		const portui = createPortuiGatherer(gatherer, notes, ports ?? {intervals: [], size: 0}, head.tellsOpenOnly);

		const walk = (name: string, read: () => void): void => {
			const place = places.get(name);
			if (place === undefined) {
				return;
			}

			cursor.goTo(place);
			try {
				read();
			} catch (error) {
				if (!(error instanceof JsonProblem)) {
					throw error;
				}

				problem ??= error;
			}
		};

		walk('hosts', () => {
			for (const start of cursor.elements()) {
				readHost(text, start, cursor, portui, notes);
			}
		});
		let unlistedCount = 0;
		walk('unlisted', () => {
			const value = cursor.take();
			unlistedCount += isFields(value) && typeof value['count'] === 'number' ? value['count'] : 0;
		});
		walk('down', () => {
			const value = cursor.take();
			const {count, hosts} = isFields(value) ? value : {};
			const listed = Array.isArray(hosts) ? hosts as readonly unknown[] : [];
			for (const each of listed) {
				const host = isFields(each) ? portui.hostOf(each) : undefined;
				if (host !== undefined) {
					portui.endHost(host, {down: each});
				}
			}

			unlistedCount += typeof count === 'number' ? Math.max(0, count - listed.length) : 0;
		});
		noteUnlisted(notes, unlistedCount);
		if (problem !== undefined) {
			notes.add(problem.isTorn
				? `The document was cut short on line ${lineAt(text, problem.place)}: what came before was read.`
				: `The document is damaged on line ${lineAt(text, problem.place)} (${problem.message}): what came before was read.`);
		}

		const hasGaps = portui.hasGaps() || problem !== undefined;
		return gatherer.finish({
			format: 'portui JSON', ports, ...head, ...readEnding(fields), ...(problem === undefined ? {} : {status: 'interrupted'}), tellsOpenOnly: head.tellsOpenOnly || hasGaps, notes: notes.list(),
		}, options);
	});
	return rejection === undefined ? read : rejected(rejection);
};
