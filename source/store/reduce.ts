import {isPort, lastPort, toPort, type Port} from '../port/port.ts';
import type {PortRangeId} from '../port/port-range.ts';
import type {RequestProblem, ScanRequest} from '../scan/scan-request.ts';
import type {Action} from './action.ts';
import {withPaceSample} from './pace-history.ts';
import {neighbouringBlock, rowOfPort} from './range-rows.ts';
import {firstPortWithin, openingId, openingsOf, portListOf, portsOnOffer, rangeRowsOf, selectedOpeningIndex, selectedRangeRow} from './selectors.ts';
import {emptyFind, panes, type ScanForm, type State} from './state.ts';
import {editText, textField, type TextEdit} from './text-field.ts';

/** More digits than a port has only happen by accident. */
const mostDigits = 6;

const clamp = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));

/** Selects a port; the ranges pane follows to the narrowest row in sight that holds it. */
const withPort = (state: State, port: Port): State => ({
	...state,
	port,
	detailTop: port === state.port ? state.detailTop : 0,
	rangeRowId: rowOfPort(rangeRowsOf(state), port).id,
});

const withRangeRow = (state: State, id: string): State => {
	const moved = {...state, rangeRowId: id};
	const port = firstPortWithin(moved, selectedRangeRow(moved));
	return port === undefined ? moved : {...moved, port, detailTop: port === state.port ? state.detailTop : 0};
};

const moveInRanges = (state: State, by: number): State => {
	const rows = rangeRowsOf(state);
	const index = rows.findIndex(({id}) => id === state.rangeRowId);
	return withRangeRow(state, rows[clamp(index + by, rows.length)]!.id);
};

const moveInPorts = (state: State, by: number): State => {
	const list = portListOf(state);
	const index = list.indexOf(state.port);
	const port = list.at(clamp(index === -1 ? 0 : index + by, list.count));
	return port === undefined ? state : withPort(state, port);
};

const moveInResults = (state: State, by: number): State => {
	const openings = openingsOf(state);
	const opening = openings[clamp(selectedOpeningIndex(state) + by, openings.length)];
	return opening === undefined ? state : {...state, openingId: openingId(opening)};
};

const move = (state: State, by: number): State => {
	if (state.isHelpShown) {
		return {...state, helpTop: Math.max(0, state.helpTop + by)};
	}

	switch (state.focus) {
		case 'ranges': {
			return moveInRanges(state, by);
		}

		case 'ports': {
			return moveInPorts(state, by);
		}

		case 'detail': {
			return {...state, detailTop: Math.max(0, state.detailTop + by)};
		}

		case 'scan': {
			return moveInResults(state, by);
		}
	}
};

const withUnfolded = (state: State, range: PortRangeId, isUnfolded: boolean): State => {
	const unfolded = new Set(state.unfolded);
	if (isUnfolded) {
		unfolded.add(range);
	} else {
		unfolded.delete(range);
	}

	return {...state, unfolded};
};

/** To the block before or after, where all ports are listed; matches have no blocks. */
const toBlock = (state: State, step: -1 | 1): State => (state.find.results === undefined ? withPort(state, neighbouringBlock(state.port, step)) : state);

const fold = (state: State): State => {
	if (state.focus !== 'ranges') {
		return toBlock(state, -1);
	}

	const row = selectedRangeRow(state);
	if (row.range === undefined) {
		return state;
	}

	return row.kind === 'block' || !row.isUnfolded ? withRangeRow(state, row.kind === 'block' ? row.range : 'all') : withUnfolded(state, row.range, false);
};

const unfold = (state: State): State => {
	if (state.focus !== 'ranges') {
		return toBlock(state, 1);
	}

	const row = selectedRangeRow(state);
	if (row.kind === 'range' && !row.isUnfolded) {
		return withUnfolded(state, row.range!, true);
	}

	return moveInRanges(state, row.kind === 'block' ? 0 : 1);
};

const open = (state: State): State => {
	switch (state.focus) {
		case 'ranges': {
			return {...state, focus: 'ports'};
		}

		case 'ports': {
			return {...state, focus: 'detail'};
		}

		case 'detail': {
			return state;
		}

		case 'scan': {
			const opening = openingsOf(state)[selectedOpeningIndex(state)];
			return opening === undefined ? state : withPort({...state, find: emptyFind, focus: 'ports', isZoomed: false}, opening.port);
		}
	}
};

/** Esc undoes the innermost thing first; it never quits. */
const back = (state: State): State => {
	if (state.isHelpShown) {
		return {...state, isHelpShown: false};
	}

	if (state.form !== undefined) {
		return {...state, form: undefined};
	}

	if (state.jump !== '') {
		return {...state, jump: ''};
	}

	if (state.isZoomed) {
		return {...state, isZoomed: false};
	}

	if (state.find.isTyping || state.find.query.text !== '') {
		return {...state, find: emptyFind};
	}

	return {...state, focus: state.focus === 'ports' ? 'ranges' : state.focus === 'ranges' ? 'ranges' : 'ports'};
};

/** Looks for what is typed and selects the best match. */
const lookFor = (state: State): State => {
	const {text} = state.find.query;
	const results = text.trim() === '' ? undefined : state.registry?.search(text);
	const found = {...state, find: {...state.find, results}};
	return results?.[0] === undefined ? found : withPort(found, results[0]);
};

const editFind = (state: State, edit: TextEdit): State => {
	const query = editText(state.find.query, edit);
	if (query.text === state.find.query.text) {
		return {...state, find: {...state.find, query}};
	}

	return lookFor({...state, find: {...state.find, query}});
};

const moveMatch = (state: State, step: 1 | -1): State =>
	state.find.results === undefined
		? {...state, message: {text: 'Nothing is looked for: / starts a search.', tone: 'problem'}}
		: moveInPorts({...state, focus: 'ports'}, step);

const jump = (state: State): State => {
	const number = Number(state.jump);
	if (!isPort(number)) {
		return {...state, message: {text: `Port ${state.jump} is out of range: ports go from 0 to ${lastPort}.`, tone: 'problem'}};
	}

	const port = toPort(number);
	const find = portListOf(state).indexOf(port) === -1 ? emptyFind : state.find;
	return withPort({...state, find, jump: '', focus: 'ports', isZoomed: false}, port);
};

const formFor = (state: State): ScanForm => {
	const presets = portsOnOffer(state);
	return {
		target: textField(state.scan?.request.targets.join(' ') ?? 'localhost'),
		ports: textField(presets[0]!),
		field: 'target',
		presets,
		problem: undefined,
		// Hosts that were left out stay out.
		settings: state.scan?.request.exclude === undefined ? {} : {exclude: state.scan.request.exclude},
		isStarting: false,
	};
};

const formOf = (state: State, request: ScanRequest): ScanForm => ({...formFor(state), target: textField(request.targets.join(' ')), ports: textField(request.ports), settings: request});

/** The field that a problem is about; undefined when it is about neither. */
const fieldOf = ({kind}: RequestProblem): ScanForm['field'] | undefined => (kind === 'ports' ? 'ports' : kind === 'setting' || kind === 'busy' ? undefined : 'target');

/** That a scan was running is no problem any more once it has ended. */
const withoutBusyProblem = (state: State): State =>
	state.form?.problem?.kind === 'busy' && state.scan?.record.finishedAt !== null ? {...state, form: {...state.form, problem: undefined}} : state;

const withForm = (state: State, change: (form: ScanForm) => Partial<ScanForm>): State =>
	state.form === undefined ? state : {...state, form: {...state.form, ...change(state.form)}};

const offerPorts = ({presets, ports}: ScanForm, step: 1 | -1): Partial<ScanForm> => {
	const index = presets.indexOf(ports.text);
	// Ports that were typed are in no place of the round: it begins at either end.
	const next = presets.at(index === -1 && step === -1 ? -1 : (index + step) % presets.length)!;
	return {ports: textField(next), field: 'ports', problem: undefined};
};

const cycleFocus = (state: State, step: 1 | -1): State => ({...state, focus: panes[(panes.indexOf(state.focus) + step + panes.length) % panes.length]!});

/** The state after an action. Pure, but for the scan's record, which changes in place before `scanAdvanced` is said. */
export const reduce = (state: State, action: Action): State => {
	switch (action.type) {
		case 'resized': {
			return {...state, size: {columns: action.columns, rows: action.rows}};
		}

		case 'registryLoaded': {
			// What was typed before the registry was there is looked for now.
			return lookFor({...state, registry: action.registry});
		}

		case 'keyPressed': {
			return state.message === undefined ? state : {...state, message: undefined};
		}

		case 'messageShown': {
			return {...state, message: action.message};
		}

		case 'focusPane': {
			return {...state, focus: action.pane};
		}

		case 'cycleFocus': {
			return cycleFocus(state, action.step);
		}

		case 'move': {
			return move(state, action.by);
		}

		case 'fold': {
			return fold(state);
		}

		case 'unfold': {
			return unfold(state);
		}

		case 'selectPort': {
			return withPort(state, action.port);
		}

		case 'open': {
			return open(state);
		}

		case 'back': {
			return back(state);
		}

		case 'toggleZoom': {
			return {...state, isZoomed: !state.isZoomed};
		}

		case 'toggleHelp': {
			return {...state, isHelpShown: !state.isHelpShown, helpTop: 0};
		}

		case 'overflowMeasured': {
			return action.of === 'detail' ? {...state, detailTop: Math.min(state.detailTop, action.lines)} : {...state, helpTop: Math.min(state.helpTop, action.lines)};
		}

		case 'startFind': {
			return {...state, focus: 'ports', isZoomed: false, jump: '', find: {...state.find, isTyping: true}};
		}

		case 'editFind': {
			return editFind(state, action.edit);
		}

		case 'acceptFind': {
			return {...state, find: state.find.query.text.trim() === '' ? emptyFind : {...state.find, isTyping: false}};
		}

		case 'moveMatch': {
			return moveMatch(state, action.step);
		}

		case 'typeDigit': {
			// A port is a number: leading zeros say nothing.
			const jump = (state.jump + action.digit).replace(/^0+(?=\d)/, '');
			return jump.length <= mostDigits ? {...state, jump} : state;
		}

		case 'deleteDigit': {
			return {...state, jump: state.jump.slice(0, -1)};
		}

		case 'jump': {
			return jump(state);
		}

		case 'openForm': {
			return {...state, form: formFor(state), jump: '', isZoomed: state.isZoomed && state.focus === 'scan'};
		}

		case 'requestRejected': {
			return {...state, form: {...formOf(state, action.request), problem: action.problem, field: fieldOf(action.problem) ?? 'target'}};
		}

		case 'editForm': {
			return withForm(state, form => ({[form.field]: editText(form[form.field], action.edit), problem: undefined}));
		}

		case 'switchField': {
			return withForm(state, form => ({field: form.field === 'target' ? 'ports' : 'target'}));
		}

		case 'offerPorts': {
			return withForm(state, form => offerPorts(form, action.step));
		}

		case 'formSent': {
			return withForm(state, () => ({isStarting: true, problem: undefined}));
		}

		case 'formRejected': {
			return withForm(state, ({field}) => ({isStarting: false, problem: action.problem, field: fieldOf(action.problem) ?? field}));
		}

		case 'scanStarted': {
			// A form that is being filled is for another scan.
			return {...state, form: state.form?.isStarting === true ? undefined : state.form, openingId: undefined, scan: {request: action.request, record: action.record, history: []}};
		}

		case 'scanAdvanced': {
			return state.scan === undefined ? state : withoutBusyProblem({...state, scan: {...state.scan, history: withPaceSample(state.scan.history, state.scan.record)}});
		}
	}
};

