import {isPort, lastPort} from '../port/port.ts';
import type {Unkept} from '../scan/scan-plan.ts';
import type {ScanRecord} from '../scan/scan-record.ts';
import type {ScanRequest} from '../scan/scan-request.ts';
import type {Action} from './action.ts';
import {hostOrder} from './host-order.ts';
import {replaceScan, withPastScan, withScan} from './keep-scans.ts';
import {withPaceSample} from './pace-history.ts';
import {findingsOf, newestScan, scanIndex, selectedFindingIndex, selectedHost} from './scans-selectors.ts';
import {emptyFindingFilter, findingSorts, type OpenedScan, type ScansAction, type ScansState} from './scans-state.ts';
import {openingId} from './selectors.ts';
import type {ScanView, State} from './state.ts';
import {editText, textField} from './text-field.ts';

const put = (state: State, change: Partial<ScansState>): State => ({...state, scans: {...state.scans, ...change}});

const problem = (state: State, text: string): State => ({...state, message: {text, tone: 'problem'}});

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** Takes a new scan in: it is the one in hand. */
export const withScanStarted = (state: State, request: ScanRequest, record: ScanRecord): State => {
	const scan = {request, record, history: []};
	return put({...state, scan, openingId: undefined}, {kept: withScan(state.scans.kept, scan), host: undefined, isOneHost: false});
};

/** Takes a scan in that is over: it is the one in hand. One of the history that is listed already is not listed twice. */
const withScanOpened = (state: State, {record, origin, notes, request}: OpenedScan): State => {
	const {id} = record.started;
	const known = origin.kind !== 'history' ? undefined : state.scans.kept.find(scan => scan.record.started.id === id);
	if (known !== undefined) {
		return put({...state, scan: known, openingId: state.scan === known ? state.openingId : undefined}, {host: undefined, isOneHost: false});
	}

	const targets = [...new Set(record.hosts.map(({host: {target}}) => target))];
	const scan: ScanView = {request: request ?? {targets, ports: record.started.ports}, record, history: [], opened: {origin, notes}};
	return put({...state, scan, openingId: undefined}, {kept: withPastScan(state.scans.kept, scan), host: undefined, isOneHost: false});
};

/** Notes how the scan that is under way goes, and what keeps it from being kept, whichever is in hand. */
export const withScanAdvanced = (state: State, unkept: Unkept | undefined): State => {
	const newest = newestScan(state);
	if (newest === undefined) {
		return state;
	}

	const advanced = {...newest, history: withPaceSample(newest.history, newest.record), unkept};
	return put({...state, scan: state.scan?.record === newest.record ? advanced : state.scan}, {kept: replaceScan(state.scans.kept, advanced)});
};

const withFindingAt = (state: State, index: number): State => {
	const findings = findingsOf(state);
	const finding = findings[clamp(index, findings.length)];
	return finding === undefined ? state : {...state, openingId: openingId(finding)};
};

/** Moves through the hosts, whose findings follow where theirs alone are shown, or through the findings. */
export const moveInScans = (state: State, by: number): State => {
	switch (state.focus) {
		case 'hosts': {
			const order = state.scan === undefined ? [] : hostOrder(state.scan.record);
			return order.length === 0 ? state : put(state, {host: order[clamp(order.indexOf(selectedHost(state)) + by, order.length)]});
		}

		case 'findings': {
			return withFindingAt(state, selectedFindingIndex(state) + by);
		}

		default: {
			return state;
		}
	}
};

/** Shows the findings of the host in hand alone. */
export const openHost = (state: State): State =>
	selectedHost(state) === -1 ? state : put({...state, focus: 'findings', isZoomed: false}, {isOneHost: true, host: selectedHost(state)});

/** Undoes the innermost thing of the view; undefined when there is nothing left to undo. */
export const backInScans = (state: State): State | undefined => {
	const {filter, isOneHost} = state.scans;
	if (filter.isTyping) {
		return put(state, {filter: emptyFindingFilter});
	}

	if (state.jump !== '' || state.isZoomed) {
		return undefined;
	}

	if (filter.query.text !== '') {
		return put(state, {filter: emptyFindingFilter});
	}

	return isOneHost ? put({...state, focus: 'hosts'}, {isOneHost: false}) : undefined;
};

/** Leaves the view: what was being typed there stays as a filter. */
export const leaveScans = (state: State): State =>
	state.scans.filter.isTyping ? put(state, {filter: state.scans.filter.query.text.trim() === '' ? emptyFindingFilter : {...state.scans.filter, isTyping: false}}) : state;

/** Lists a port that was typed, whatever its state, on every host. */
const jumpInScans = (state: State): State => {
	if (!isPort(Number(state.jump))) {
		return problem(state, `Port ${state.jump} is out of range: ports go from 0 to ${lastPort}.`);
	}

	const port = Number(state.jump);
	const arrived: State = {...state, jump: '', focus: 'findings', isZoomed: state.isZoomed && state.focus === 'findings'};
	const isListed = (at: State): number => findingsOf(at).findIndex(finding => finding.port === port);
	if (isListed(arrived) !== -1) {
		return withFindingAt(arrived, isListed(arrived));
	}

	const looked = put(arrived, {filter: {query: textField(String(port)), isTyping: false}});
	return isListed(looked) === -1 ? problem(arrived, `Port ${port} has no verdict in this scan.`) : withFindingAt(looked, isListed(looked));
};

const cycleScan = (state: State, step: 1 | -1): State => {
	const scan = state.scans.kept[scanIndex(state) + step];
	if (scan === undefined) {
		return problem(state, state.scans.kept.length === 0 ? 'Nothing has been scanned yet: s starts a scan.' : `That is the ${step === 1 ? 'last' : 'first'} scan that is kept.`);
	}

	return put({...state, scan}, {host: undefined, isOneHost: false});
};

/** The state after a key that means something of its own in this view; undefined where it means what it does elsewhere. Pure. */
export const reduceInScans = (state: State, action: Action): State | undefined => {
	if (state.isHelpShown) {
		return undefined;
	}

	switch (action.type) {
		case 'startFind': {
			return put({...state, focus: 'findings', isZoomed: state.isZoomed && state.focus === 'findings', jump: ''}, {filter: {...state.scans.filter, isTyping: true}});
		}

		case 'editFind': {
			return put(state, {filter: {...state.scans.filter, query: editText(state.scans.filter.query, action.edit)}});
		}

		case 'acceptFind': {
			return leaveScans(state);
		}

		case 'moveMatch': {
			return withFindingAt({...state, focus: 'findings'}, selectedFindingIndex(state) + action.step);
		}

		case 'jump': {
			return jumpInScans(state);
		}

		case 'fold':
		case 'unfold': {
			return state;
		}

		default: {
			return undefined;
		}
	}
};

/** The state after something happened in the Scan view. Pure. */
export const reduceScans = (state: State, action: ScansAction): State => {
	switch (action.type) {
		case 'scanOpened': {
			return withScanOpened(state, action);
		}

		case 'sortFindings': {
			return put(state, {sort: findingSorts[(findingSorts.indexOf(state.scans.sort) + 1) % findingSorts.length]!, isReversed: false});
		}

		case 'reverseFindings': {
			return put(state, {isReversed: !state.scans.isReversed});
		}

		case 'cycleScan': {
			return cycleScan(state, action.step);
		}
	}
};
