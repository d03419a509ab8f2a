import {isPort, lastPort, toPort, type Port} from '../port/port.ts';
import type {PortRangeId} from '../port/port-range.ts';
import type {RequestProblem, ScanRequest} from '../scan/scan-request.ts';
import type {Action} from './action.ts';
import {atPage, linkTarget, moveInTopics, scrollPage} from './guide.ts';
import {acceptFilter, arriveInLocal, backInLocal, editFilter, jumpInLocal, leaveLocal, moveInLocal, reduceLocal, startFilter} from './reduce-local.ts';
import {backInScans, leaveScans, moveInScans, openHost, reduceInScans, reduceScans, withScanAdvanced, withScanStarted} from './reduce-scans.ts';
import {backInHistory, leaveHistory, moveInHistory, reduceHistory, reduceInHistory} from './reduce-history.ts';
import {rowInHand} from './history-selectors.ts';
import {neighbouringBlock, rowOfPort} from './range-rows.ts';
import {cycleColoring} from './reduce-map.ts';
import {findingInHand, newestScan} from './scans-selectors.ts';
import {serviceInHand, socketInHand} from './local-selectors.ts';
import {firstPortWithin, openingId, openingsOf, portListOf, portsOnOffer, rangeRowsOf, selectedOpeningIndex, selectedRangeRow} from './selectors.ts';
import {addressToScan} from './socket-target.ts';
import {emptyFind, panesOf, views, type Message, type Pane, type ScanForm, type State, type View} from './state.ts';
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

/** Selects a port, and its result where the scan has one: the pane of the scan follows too. */
const withPortAndResult = (state: State, port: Port): State => {
	const openings = openingsOf(state);
	const result = openings[selectedOpeningIndex(state)]?.port === port ? undefined : openings.find(opening => opening.port === port);
	return withPort(result === undefined ? state : {...state, openingId: openingId(result)}, port);
};

/** Shows a view as it was left. */
const showView = (state: State, view: View): State => {
	if (view === state.view) {
		return state;
	}

	const shown: State = {...state, view, lastFocus: {...state.lastFocus, [state.view]: state.focus}, focus: state.lastFocus[view] ?? panesOf[view][0], isZoomed: false, jump: '', find: {...state.find, isTyping: false}};
	const left = leaveHistory(leaveScans(shown));
	return view === 'local' ? arriveInLocal(left) : leaveLocal(left);
};

/** Puts a pane in hand, in whichever view it is. */
const focusPane = (state: State, pane: Pane): State => {
	const isHere = (panesOf[state.view] as readonly Pane[]).includes(pane);
	return {...(isHere ? state : showView(state, views.find(view => (panesOf[view] as readonly Pane[]).includes(pane))!)), focus: pane};
};

/** Goes to a port among all ports. */
const explorePort = (state: State, port: Port): State =>
	withPort({...focusPane(state, 'ports'), find: emptyFind, isZoomed: false}, port);

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

const move = (state: State, by: number, lastTop = Infinity): State => {
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

		case 'topics': {
			return {...state, guide: moveInTopics(state.guide, by)};
		}

		case 'page': {
			return {...state, guide: scrollPage(state.guide, by, lastTop)};
		}

		case 'sockets':
		case 'socket': {
			return moveInLocal(state, by);
		}

		case 'findings':
		case 'hosts':
		case 'pace': {
			return moveInScans(state, by);
		}

		case 'kept':
		case 'past': {
			return moveInHistory(state, by);
		}

		case 'map': {
			return state;
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
	if (state.view === 'local') {
		return state;
	}

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
	if (state.view === 'local') {
		return state;
	}

	if (state.focus !== 'ranges') {
		return toBlock(state, 1);
	}

	const row = selectedRangeRow(state);
	if (row.kind === 'range' && !row.isUnfolded) {
		return withUnfolded(state, row.range!, true);
	}

	return moveInRanges(state, row.kind === 'block' ? 0 : 1);
};

/** Goes where the link in hand of the guide leads. */
const followLink = (state: State): State => {
	const target = linkTarget(state);
	if (target === undefined) {
		return state;
	}

	return target.kind === 'page'
		? {...state, guide: atPage(target.page)}
		: {...explorePort(state, target.port), message: {text: 'I goes back to the guide, to where you were.', tone: 'info'}};
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
			if (opening === undefined) {
				return state;
			}

			// In the view of the map the result is shown on the map.
			return state.view === 'map' ? withPort({...state, focus: 'map', isZoomed: false}, opening.port) : explorePort(state, opening.port);
		}

		case 'map': {
			return explorePort(state, state.port);
		}

		case 'findings': {
			const finding = findingInHand(state);
			return finding === undefined ? state : {...explorePort({...state, openingId: openingId(finding)}, finding.port), message: {text: 'S goes back to the scan, to where you were.', tone: 'info'}};
		}

		case 'hosts': {
			return openHost(state);
		}

		case 'topics': {
			return {...state, focus: 'page'};
		}

		case 'sockets': {
			return {...state, focus: 'socket'};
		}

		case 'page': {
			return followLink(state);
		}

		case 'kept': {
			return {...state, focus: 'past'};
		}

		case 'past':
		case 'socket':
		case 'pace': {
			return state;
		}
	}
};

/** Shows all ports again: while a search is being typed the port that was in hand before it, after that the match in hand. */
const dropFind = (state: State): State => {
	const {isTyping, from} = state.find;
	const dropped = {...state, find: emptyFind};
	return isTyping && from !== undefined ? withPort(dropped, from) : dropped;
};

/** Esc undoes the innermost thing first; it never quits. */
const back = (state: State): State => {
	if (state.isHelpShown) {
		return {...state, isHelpShown: false};
	}

	if (state.form !== undefined) {
		return {...state, form: undefined};
	}

	const undone = state.view === 'local' ? backInLocal(state) : state.view === 'scans' ? backInScans(state) : state.view === 'history' ? backInHistory(state) : undefined;
	if (undone !== undefined) {
		return undone;
	}

	if (state.jump !== '') {
		return {...state, jump: ''};
	}

	if (state.isZoomed) {
		return {...state, isZoomed: false};
	}

	if (state.view !== 'local' && state.view !== 'scans' && state.view !== 'history' && (state.find.isTyping || state.find.query.text !== '')) {
		return dropFind(state);
	}

	const [first] = panesOf[state.view];
	if (state.view !== 'explore') {
		return state.focus === first ? showView(state, 'explore') : {...state, focus: first};
	}

	return {...state, focus: state.focus === 'ranges' || state.focus === 'ports' ? 'ranges' : 'ports'};
};

/** Looks for what is typed and selects the best match. */
const lookFor = (state: State): State => {
	const {text} = state.find.query;
	const registry = text.trim() === '' ? undefined : state.registry;
	const results = registry?.search(text);
	const unknownFilter = results?.length === 0 ? registry?.findUnknownFilter(text) : undefined;
	const found = {...state, find: {...state.find, results, corrected: registry?.correct(text), unknownFilter}};
	return results?.[0] === undefined ? found : withPort(found, results[0]);
};

const editFind = (state: State, edit: TextEdit): State => {
	const query = editText(state.find.query, edit);
	if (query.text === state.find.query.text) {
		return {...state, find: {...state.find, query}};
	}

	return lookFor({...state, find: {...state.find, query}});
};

const withProblem = (state: State, text: string): State => ({...state, message: {text, tone: 'problem'}});

const moveMatch = (state: State, step: 1 | -1): State => {
	if (state.view === 'local') {
		return moveInLocal({...state, focus: 'sockets'}, step);
	}

	const {results} = state.find;
	if (results === undefined) {
		return withProblem(state, 'Nothing is looked for: / starts a search.');
	}

	const moved = moveInPorts(focusPane(state, 'ports'), step);
	return moved.port === state.port && results.length > 0 ? withProblem(moved, `That is the ${step === 1 ? 'last' : 'first'} match.`) : moved;
};

const jump = (state: State): State => {
	const number = Number(state.jump);
	if (!isPort(number)) {
		return withProblem(state, `Port ${state.jump} is out of range: ports go from 0 to ${lastPort}.`);
	}

	const port = toPort(number);
	if (state.view === 'local') {
		return jumpInLocal(state, port);
	}

	// The map shows every port, so one can stay there.
	if (state.focus === 'map') {
		return withPortAndResult({...state, jump: ''}, port);
	}

	const find = portListOf(state).indexOf(port) === -1 ? emptyFind : state.find;
	return withPort({...focusPane(state, 'ports'), find, jump: '', isZoomed: state.isZoomed && state.focus === 'ports'}, port);
};

/** A view that has a pane for the form of a scan: this one, or the first. */
const withScanPane = (state: State): State => (state.view === 'scans' || (panesOf[state.view] as readonly Pane[]).includes('scan') ? state : showView(state, 'explore'));

/** The kept scan in hand, as `s` would ask for it again; of very many targets only some are known here. */
const pastInHand = (state: State): {readonly target: string; readonly ports: string} | undefined => {
	const past = state.view === 'history' ? rowInHand(state)?.summary : undefined;
	return past === undefined || past.targets.length < past.targetCount ? undefined : {target: past.targets.join(' '), ports: past.ports};
};

/** What `s` offers to scan: the end in hand of this machine's, else the target before, else this machine. */
const targetInHand = (state: State): string => {
	const end = state.view === 'local' ? serviceInHand(state) : undefined;
	return end === undefined ? state.scan?.request.targets.join(' ') ?? 'localhost' : addressToScan(end);
};

const formFor = (state: State): ScanForm => {
	const past = pastInHand(state);
	const presets = [...new Set([...(past === undefined ? [] : [past.ports]), ...portsOnOffer(state)])];
	return {
		target: textField(past?.target ?? targetInHand(state)),
		ports: textField(presets[0]!),
		field: 'target',
		presets,
		problem: undefined,
		// Hosts that were left out stay out.
		settings: {...state.scanDefaults, ...(state.scan?.request.exclude === undefined ? {} : {exclude: [...new Set([...state.scan.request.exclude, ...state.scanDefaults.exclude ?? []])]})},
		isStarting: false,
	};
};

const formOf = (state: State, request: ScanRequest): ScanForm => ({...formFor(state), target: textField(request.targets.join(' ')), ports: textField(request.ports), settings: request});

const udpUnscanned: Message = {text: 'It is a UDP socket: a scan tries TCP alone.', tone: 'problem'};

/** The field that a problem is about; undefined when it is about neither. */
const fieldOf = ({kind}: RequestProblem): ScanForm['field'] | undefined => (kind === 'ports' ? 'ports' : kind === 'setting' || kind === 'busy' || kind === 'engine' ? undefined : 'target');

/** That a scan was running is no problem any more once it has ended. */
const withoutBusyProblem = (state: State): State =>
	state.form?.problem?.kind === 'busy' && newestScan(state)?.record.finishedAt !== null ? {...state, form: {...state.form, problem: undefined}} : state;

const withForm = (state: State, change: (form: ScanForm) => Partial<ScanForm>): State =>
	state.form === undefined ? state : {...state, form: {...state.form, ...change(state.form)}};

const offerPorts = ({presets, ports}: ScanForm, step: 1 | -1): Partial<ScanForm> => {
	const index = presets.indexOf(ports.text);
	// Ports that were typed are in no place of the round: it begins at either end.
	const next = presets.at(index === -1 && step === -1 ? -1 : (index + step) % presets.length)!;
	return {ports: textField(next), field: 'ports', problem: undefined};
};

/** The member of a round that is so many steps after another. */
const cycle = <Member>(round: readonly Member[], from: Member, step: 1 | -1): Member => round[(round.indexOf(from) + step + round.length) % round.length]!;

const reduceAnywhere = (state: State, action: Action): State => {
	switch (action.type) {
		case 'resized': {
			return {...state, size: {columns: action.columns, rows: action.rows}};
		}

		case 'registryLoaded': {
			// What was typed before the registry was there is looked for now.
			return lookFor({...state, registry: action.registry});
		}

		case 'clientRangeRead': {
			return {...state, ownClientRange: action.range};
		}

		case 'keyPressed': {
			return state.message === undefined ? state : {...state, message: undefined};
		}

		case 'messageShown': {
			return {...state, message: action.message};
		}

		case 'showView': {
			return showView(state, action.view);
		}

		case 'cycleView': {
			return showView(state, cycle(views, state.view, action.step));
		}

		case 'focusPane': {
			return focusPane(state, action.pane);
		}

		case 'cycleFocus': {
			return {...state, focus: cycle<Pane>(panesOf[state.view], state.focus, action.step)};
		}

		case 'move': {
			return move(state, action.by, action.lastTop);
		}

		case 'guideLinkChosen': {
			return {...state, guide: {...state.guide, linkId: action.linkId, top: action.top}};
		}

		case 'fold': {
			return fold(state);
		}

		case 'unfold': {
			return unfold(state);
		}

		case 'selectPort': {
			return withPortAndResult(state, action.port);
		}

		case 'cycleColoring': {
			return cycleColoring(state, action.step);
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
			if (action.of === 'past') {
				return {...state, history: {...state.history, top: Math.min(state.history.top, action.lines)}};
			}

			return action.of === 'socket' ? {...state, local: {...state.local, top: Math.min(state.local.top, action.lines)}} : action.of === 'detail' ? {...state, detailTop: Math.min(state.detailTop, action.lines)} : {...state, helpTop: Math.min(state.helpTop, action.lines)};
		}

		case 'startFind': {
			return state.view === 'local' ? startFilter(state) : {...focusPane(state, 'ports'), isZoomed: state.isZoomed && state.focus === 'ports', jump: '', find: {...state.find, isTyping: true, from: state.find.from ?? state.port}};
		}

		case 'editFind': {
			return state.view === 'local' ? editFilter(state, action.edit) : editFind(state, action.edit);
		}

		case 'acceptFind': {
			return state.view === 'local' ? acceptFilter(state) : {...state, find: state.find.query.text.trim() === '' ? emptyFind : {...state.find, isTyping: false, from: undefined}};
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
			return state.view === 'local' && socketInHand(state)?.transport === 'udp' ? {...state, message: udpUnscanned} : {...withScanPane(state), form: formFor(state), jump: ''};
		}

		case 'requestRejected': {
			return {...withScanPane(state), form: {...formOf(state, action.request), problem: action.problem, field: fieldOf(action.problem) ?? 'target'}};
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
			// A form that is being filled is for another scan; the one that was sent has made place for what it asked for.
			const isAnswer = state.form?.isStarting === true;
			return withScanStarted({...state, form: isAnswer ? undefined : state.form, isZoomed: state.isZoomed && (!isAnswer || state.focus === 'scan')}, action.request, action.record);
		}

		case 'scanAdvanced': {
			return withoutBusyProblem(withScanAdvanced(state, action.unkept));
		}

		case 'exploreSocket': {
			const service = serviceInHand(state);
			return service === undefined ? state : explorePort(state, service.port);
		}

		case 'sortFindings':
		case 'reverseFindings':
		case 'cycleScan':
		case 'scanOpened': {
			return reduceScans(state, action);
		}

		case 'editNote': {
			return state;
		}

		case 'historyListed':
		case 'historyFailed':
		case 'historySummed':
		case 'historyDetailShown':
		case 'historyRowChosen':
		case 'sortHistory':
		case 'reverseHistory':
		case 'markHistory':
		case 'startNote':
		case 'endNote': {
			return reduceHistory(state, action);
		}

		case 'localRead':
		case 'localFailed':
		case 'sortSockets':
		case 'reverseSockets':
		case 'groupSockets':
		case 'toggleConnections':
		case 'reachBegun':
		case 'reachFound':
		case 'reachDropped':
		case 'stopBegun':
		case 'stopPlanned':
		case 'stopConfirmed':
		case 'stopAdvanced': {
			return reduceLocal(state, action);
		}
	}
};

/** The state after an action. Pure, but for the scan's record, which changes in place before `scanAdvanced` is said. */
export const reduce = (state: State, action: Action): State =>
	(state.view === 'scans' ? reduceInScans(state, action) : state.view === 'history' ? reduceInHistory(state, action) : undefined) ?? reduceAnywhere(state, action);
