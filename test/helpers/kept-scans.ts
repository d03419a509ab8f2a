import type {KeptScan} from '../../source/history/kept-scan.ts';
import type {KeptSummary} from '../../source/history/kept-summary.ts';
import {fileNameOf, type KeptFile} from '../../source/history/retention.ts';
import {parsed, rejected} from '../../source/port/parsed.ts';
import {readPortSet} from '../../source/port/port-set.ts';
import type {ScanRecord} from '../../source/scan/scan-record.ts';
import type {HistoryWorld} from '../../source/store/history-world.ts';
import {scanRecord, verdicts, type ScanScript} from './scan-events.ts';
import {createScriptedScan} from './scripted-session.ts';

/** A kept scan as a test tells it; the first is the oldest. */
export type KeptScript = Partial<KeptSummary> & {readonly isPinned?: boolean; readonly isDamaged?: boolean; readonly found?: Partial<ScanScript>};

/** The id of the scan at a place: the higher, the later. */
export const idAt = (place: number): string => `20260131T12${String(place).padStart(2, '0')}00000Z-0000000${place}`;

export const keptFile = (place: number, {isPinned = false}: KeptScript = {}): KeptFile => ({name: fileNameOf(idAt(place), isPinned), id: idAt(place), isPinned, bytes: 1000 * (place + 1), writtenAtMs: place});

export const keptSummary = (place: number, {isPinned: _, isDamaged: __, found: ___, ...summary}: KeptScript = {}): KeptSummary => ({
	startedAt: `2026-01-31T12:${String(place).padStart(2, '0')}:00.000Z`, finishedAt: '2026-01-31T12:30:00.000Z', status: 'complete', targets: [`host-${place}`], targetCount: 1, ports: 'all', seed: 7, engine: 'socket', hostCount: 1,
	counts: {open: place, closed: 10, filtered: 0, unknown: 0}, continues: null, importedFrom: null, processId: 1, note: undefined, ...summary,
});

const usual: Partial<ScanScript> = {probed: [{22: verdicts.open, 80: verdicts.closed}], portCount: 2};

export const keptRecord = (place: number, {found = usual}: KeptScript = {}): ScanRecord => {
	const record = scanRecord(found);
	return {...record, started: {...record.started, id: idAt(place), startedAt: `2026-01-31T12:${String(place).padStart(2, '0')}:00.000Z`}};
};

const keptOf = (place: number): KeptScan => ({
	plan: {id: idAt(place), hosts: [], ports: readPortSet('0-65535'), firstPorts: [], seed: 7},
	startedAt: '2026-01-31T12:00:00.000Z', engine: 'socket', request: {targets: [`host-${place}`], ports: 'all'}, continues: null, processId: 1,
});

/** A history in memory. `calls` notes what was asked of it. */
export const createKeptWorld = (scripts: readonly KeptScript[]): HistoryWorld & {readonly calls: string[]; readonly resumed: ReturnType<typeof createScriptedScan>} => {
	const calls: string[] = [];
	const resumed = createScriptedScan();
	let files = scripts.map((script, place) => keptFile(place, script));
	const notes = new Map<string, string>();
	let removed: KeptFile[] = [];
	const placeOf = ({id}: KeptFile): number => Number(id.slice(-1));
	const without = (list: readonly KeptFile[], {id}: KeptFile): KeptFile[] => list.filter(each => each.id !== id);
	return {
		calls,
		resumed,
		list: async () => parsed(files.toSorted((one, other) => (one.id < other.id ? 1 : -1))),
		async summarize(file) {
			calls.push(`summarize ${placeOf(file)}`);
			const script = scripts[placeOf(file)]!;
			return script.isDamaged === true ? rejected('It is damaged.') : parsed({...keptSummary(placeOf(file), script), note: notes.get(file.id) ?? script.note});
		},
		async read(file) {
			calls.push(`read ${placeOf(file)}`);
			const script = scripts[placeOf(file)]!;
			return script.isDamaged === true ? rejected('It is damaged.') : parsed({kept: keptOf(placeOf(file)), record: keptRecord(placeOf(file), script), notes: [], isTorn: script.status === 'torn'});
		},
		readRequest: async file => parsed({targets: [`host-${placeOf(file)}`], ports: 'all'}),
		async resume(file) {
			calls.push(`resume ${placeOf(file)}`);
			return parsed({request: {targets: ['host'], ports: 'all'}, scan: resumed.scan});
		},
		async takeAway(file) {
			calls.push(`takeAway ${placeOf(file)}`);
			files = without(files, file);
			removed = [file, ...removed];
			return parsed(file);
		},
		async bringBack(file) {
			calls.push(`bringBack ${placeOf(file)}`);
			files = [...files, file];
			removed = without(removed, file);
			return parsed(file);
		},
		discard(file) {
			calls.push(`discard ${placeOf(file)}`);
			removed = without(removed, file);
		},
		listTakenAway: async () => removed,
		async pin(file, isPinned) {
			const pinned = {...file, isPinned, name: fileNameOf(file.id, isPinned)};
			files = files.map(each => (each.id === file.id ? pinned : each));
			return parsed(pinned);
		},
		async note(file, text) {
			calls.push(`note ${placeOf(file)} ${text}`);
			notes.set(file.id, text);
			files = files.map(each => (each.id === file.id ? {...each, bytes: each.bytes + 30} : each));
			return parsed(file);
		},
	};
};
