import {toPort, type Port} from '../port/port.ts';
import type {PortRangeId} from '../port/port-range.ts';
import type {Registry} from '../registry/registry.ts';
import type {ScanRecord} from '../scan/scan-record.ts';
import type {RequestProblem, ScanRequest} from '../scan/scan-request.ts';
import type {PaceHistory} from './pace-history.ts';
import {textField, type TextField} from './text-field.ts';

/** The panes, in the order Tab visits them. */
export const panes = ['ranges', 'ports', 'detail', 'scan'] as const;
export type Pane = (typeof panes)[number];

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
};

export type ScanView = {
	readonly request: ScanRequest;
	/** Changes in place; a new `ScanView` stands for each change that is to be shown. */
	readonly record: ScanRecord;
	readonly history: PaceHistory;
};

export type Message = {readonly text: string; readonly tone: 'info' | 'problem'};

/** All that the screen shows. Selections are ids, so that they survive a filter, a fold and new results. */
export type State = {
	readonly size: {readonly columns: number; readonly rows: number};
	readonly registry: Registry | undefined;
	readonly focus: Pane;
	readonly isZoomed: boolean;
	readonly isHelpShown: boolean;
	readonly unfolded: ReadonlySet<PortRangeId>;
	readonly rangeRowId: string;
	readonly port: Port;
	readonly find: Find;
	/** Digits typed to jump to a port; empty when none are. */
	readonly jump: string;
	/** First line shown of a text that may be longer than its pane. */
	readonly detailTop: number;
	readonly helpTop: number;
	readonly form: ScanForm | undefined;
	readonly scan: ScanView | undefined;
	/** The result in hand, `host:port`; undefined follows the first. */
	readonly openingId: string | undefined;
	readonly message: Message | undefined;
};

export const emptyFind: Find = {query: textField(''), isTyping: false, results: undefined};

export const initialState = (size: State['size']): State => ({
	size,
	registry: undefined,
	focus: 'ranges',
	isZoomed: false,
	isHelpShown: false,
	unfolded: new Set(['well-known']),
	rangeRowId: 'all',
	port: toPort(0),
	find: emptyFind,
	jump: '',
	detailTop: 0,
	helpTop: 0,
	form: undefined,
	scan: undefined,
	openingId: undefined,
	message: undefined,
});
