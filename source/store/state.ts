import {toPort, type Port} from '../port/port.ts';
import type {PortRangeId} from '../port/port-range.ts';
import type {OwnClientRange} from '../local/client-range.ts';
import type {Registry, UnknownFilter} from '../registry/registry.ts';
import type {Unkept} from '../scan/scan-plan.ts';
import type {ScanRecord} from '../scan/scan-record.ts';
import type {RequestProblem, ScanRequest} from '../scan/scan-request.ts';
import {atPage, type GuideState} from './guide.ts';
import {initialHistory, type HistoryState} from './history-state.ts';
import {initialMap, type MapState} from './map-coloring.ts';
import {initialLocal, type LocalState} from './local-state.ts';
import type {PaceHistory} from './pace-history.ts';
import {initialScans, type OpenedScan, type ScansState} from './scans-state.ts';
import {textField, type TextField} from './text-field.ts';

/** The views: what the screen is for at the moment. In the order of their tabs. */
export const views = ['explore', 'map', 'scans', 'local', 'history', 'guide'] as const;
export type View = (typeof views)[number];

/** The panes of each view, in the order Tab visits them; the first is in hand when the view is first shown. */
export const panesOf = {
	explore: ['ranges', 'ports', 'detail', 'scan'],
	map: ['map', 'detail', 'scan'],
	scans: ['findings', 'hosts', 'pace'],
	local: ['sockets', 'socket'],
	history: ['kept', 'past'],
	guide: ['topics', 'page'],
} as const satisfies Readonly<Record<View, readonly string[]>>;
export type Pane = (typeof panesOf)[View][number];

/** The question `s` asks. What was typed stays until it is answered or dropped. */
export type ScanForm = {
	readonly target: TextField;
	readonly ports: TextField;
	readonly field: 'target' | 'ports';
	/** Lists of ports to offer in turn, the one in hand first. */
	readonly presets: readonly string[];
	readonly problem: RequestProblem | undefined;
	/** What else the scan is asked for, beside what is typed: hosts to leave out, a rate. */
	readonly settings: Partial<ScanRequest>;
	/** Whether it was sent and is not answered yet (a name may take a while to resolve). */
	readonly isStarting: boolean;
};

export type Find = {
	readonly query: TextField;
	readonly isTyping: boolean;
	/** The ports that match, best first; undefined when nothing is looked for, or before the registry is there. */
	readonly results: readonly Port[] | undefined;
	/** What was looked for instead, where nothing matches what was typed. */
	readonly corrected: string | undefined;
	/** Where nothing was found, the filter with a value that nobody knows. */
	readonly unknownFilter: UnknownFilter | undefined;
	/** The port that was in hand when the search began, to come back to. */
	readonly from: Port | undefined;
};

export type ScanView = {
	readonly request: ScanRequest;
	/** Changes in place; a new `ScanView` stands for each change that is to be shown. */
	readonly record: ScanRecord;
	readonly history: PaceHistory;
	/** Why it is not kept, or no longer; left out where it is, and where none is to be. */
	readonly unkept?: Unkept | undefined;
	/** Where it comes from, where this run of the program did not make it. */
	readonly opened?: Pick<OpenedScan, 'origin' | 'notes'> | undefined;
};

export type Message = {readonly text: string; readonly tone: 'info' | 'problem'};

/** All that the screen shows. Selections are ids, so that they survive a filter, a fold and new results. */
export type State = {
	readonly size: {readonly columns: number; readonly rows: number};
	readonly registry: Registry | undefined;
	/** This machine's own client range; undefined until it is read, null where it cannot be. */
	readonly ownClientRange: OwnClientRange | null | undefined;
	/** What every scan is asked for unless something else is said, such as a rate or ports. */
	readonly scanDefaults: Partial<ScanRequest>;
	readonly view: View;
	/** The pane in hand: one of the view's. */
	readonly focus: Pane;
	/** The pane that was in hand when a view was left, to come back to. */
	readonly lastFocus: Readonly<Partial<Record<View, Pane>>>;
	readonly isZoomed: boolean;
	readonly isHelpShown: boolean;
	readonly unfolded: ReadonlySet<PortRangeId>;
	readonly rangeRowId: string;
	readonly port: Port;
	readonly find: Find;
	readonly map: MapState;
	/** Digits typed to jump to a port; empty when none are. */
	readonly jump: string;
	/** First line shown of a text that may be longer than its pane. */
	readonly detailTop: number;
	readonly helpTop: number;
	readonly guide: GuideState;
	readonly form: ScanForm | undefined;
	/** The scan in hand: the last one, until another of `scans` is chosen. */
	readonly scan: ScanView | undefined;
	readonly scans: ScansState;
	/** The result in hand, `host:port`; undefined follows the first. */
	readonly openingId: string | undefined;
	readonly local: LocalState;
	readonly history: HistoryState;
	readonly message: Message | undefined;
};

export const emptyFind: Find = {query: textField(''), isTyping: false, results: undefined, corrected: undefined, unknownFilter: undefined, from: undefined};

export const initialState = (size: State['size'], scanDefaults: State['scanDefaults'] = {}): State => ({
	size,
	scanDefaults,
	registry: undefined,
	ownClientRange: undefined,
	view: 'explore',
	focus: 'ranges',
	lastFocus: {},
	isZoomed: false,
	isHelpShown: false,
	unfolded: new Set(['well-known']),
	rangeRowId: 'all',
	port: toPort(0),
	find: emptyFind,
	map: initialMap,
	jump: '',
	detailTop: 0,
	helpTop: 0,
	guide: atPage('port'),
	form: undefined,
	scan: undefined,
	scans: initialScans,
	openingId: undefined,
	local: initialLocal,
	history: initialHistory,
	message: undefined,
});
