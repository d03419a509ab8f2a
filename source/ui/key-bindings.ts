import {lineInHand} from '../store/local-selectors.ts';
import {newestScan} from '../store/scans-selectors.ts';
import type {Session} from '../store/session.ts';
import {views, type State, type View} from '../store/state.ts';
import type {StopStage} from '../store/stop-dialog.ts';
import type {TextEdit} from '../store/text-field.ts';
import {guideKeys} from './guide-keys.ts';
import {lastTopOf} from './guide-screen.ts';
import {scansKeys} from './scans-keys.ts';
import {historyKeys, noteKeys} from './history-keys.ts';
import {mapBindings} from './map/map-bindings.ts';

/** What the keys are for at the moment: what is open on top decides. */
export type Mode = 'browse' | 'find' | 'form' | 'jump' | 'help' | 'stop' | 'note';

export const modeOf = (state: State): Mode =>
	state.isHelpShown ? 'help' : state.form ? 'form' : state.local.stop ? 'stop' : state.history.note ? 'note' : state.find.isTyping || state.local.filter.isTyping || state.scans.filter.isTyping || state.history.filter.isTyping ? 'find' : state.jump === '' ? 'browse' : 'jump';

/** What a key is run with. `pageRows` is how many rows the pane in hand shows. */
export type KeyContext = {readonly session: Session; readonly key: string; readonly pageRows: number};

/** One line of the key table, which drives the handler, the footer, the help and the documents. */
export type KeyBinding = {
	readonly mode: Mode;
	/** The view it is for; undefined for every view. A view's own key goes before one of every view. */
	readonly view?: View;
	readonly keys: readonly string[];
	/** The keys as a reader knows them. */
	readonly label: string;
	/** What it does, in full, for the help. */
	readonly description: string;
	/** What it does, in a word, for the footer; undefined leaves it out there. */
	readonly footer?: string | ((state: State) => string);
	/** Whether it is of use now; the footer leaves it out when not. */
	readonly isOffered?: (state: State) => boolean;
	/** Whether the footer shows it however narrow the screen is, while it is of use. */
	readonly isVital?: true;
	readonly run: (context: KeyContext) => void;
};

const toEnd = Number.MAX_SAFE_INTEGER;

const move = (by: number | ((pageRows: number) => number)) => ({session, pageRows}: KeyContext): void => {
	session.store.dispatch({type: 'move', by: typeof by === 'number' ? by : by(pageRows), lastTop: lastTopOf(session.store.getState())});
};

const edit = (type: 'editFind' | 'editForm' | 'editNote', edit: TextEdit) => ({session}: KeyContext): void => {
	session.store.dispatch({type, edit});
};

const scanState = (state: State): string | undefined => newestScan(state)?.record.status;
const isUnderWay = (state: State): boolean => scanState(state) === 'running' || scanState(state) === 'paused';

const moving = (mode: Mode): readonly KeyBinding[] => [
	{mode, keys: ['up', 'k'], label: '↑ k', description: 'up', run: move(-1)},
	{mode, keys: ['down', 'j'], label: '↓ j', description: 'down', run: move(1)},
	{mode, keys: ['pageup'], label: 'PgUp', description: 'a page up', run: move(pageRows => -pageRows)},
	{mode, keys: ['pagedown'], label: 'PgDn', description: 'a page down', run: move(pageRows => pageRows)},
	{mode, keys: ['home', 'g'], label: 'Home g', description: 'to the first', run: move(-toEnd)},
	{mode, keys: ['end', 'G'], label: 'End G', description: 'to the last', run: move(toEnd)},
];

const editing = (mode: 'find' | 'form' | 'note', type: 'editFind' | 'editForm' | 'editNote'): readonly KeyBinding[] => [
	{mode, keys: ['left'], label: '←', description: 'a character left', run: edit(type, {kind: 'left'})},
	{mode, keys: ['right'], label: '→', description: 'a character right', run: edit(type, {kind: 'right'})},
	{mode, keys: ['home', 'ctrl-a'], label: 'Home Ctrl-A', description: 'to the start of the line', run: edit(type, {kind: 'start'})},
	{mode, keys: ['end', 'ctrl-e'], label: 'End Ctrl-E', description: 'to the end of the line', run: edit(type, {kind: 'end'})},
	{mode, keys: ['backspace'], label: 'Backspace', description: 'delete the character before', run: edit(type, {kind: 'delete-back'})},
	{mode, keys: ['delete', 'ctrl-d'], label: 'Delete', description: 'delete the character after', run: edit(type, {kind: 'delete-forward'})},
	{mode, keys: ['ctrl-w'], label: 'Ctrl-W', description: 'delete the word before', run: edit(type, {kind: 'delete-word'})},
	{mode, keys: ['ctrl-u'], label: 'Ctrl-U', description: 'delete the line', run: edit(type, {kind: 'delete-all'})},
];

/** The key of each view. Digits are taken: they begin a port number. */
export const viewKeys: Readonly<Record<View, string>> = {explore: 'E', map: 'M', scans: 'S', local: 'L', history: 'H', guide: 'I'};

export const viewTitles: Readonly<Record<View, string>> = {explore: 'Explore', map: 'Map', scans: 'Scan', local: 'Local', history: 'History', guide: 'Guide'};

const viewDescriptions: Readonly<Record<View, string>> = {
	explore: 'every port by range, and what it is for',
	map: 'all 65,536 ports as one picture',
	scans: 'hosts and ports found, how fast it goes and why, one scan beside the one before',
	local: 'what listens on this machine',
	history: 'the scans that were kept: open, compare, resume, remove',
	guide: 'what a port is, with examples',
};

const viewing: readonly KeyBinding[] = [
	...views.map((view): KeyBinding => ({
		mode: 'browse', keys: [viewKeys[view]], label: viewKeys[view], description: `the view ${viewTitles[view]}: ${viewDescriptions[view]}`,
		run: ({session}) => session.store.dispatch({type: 'showView', view}),
	})),
	{mode: 'browse', keys: [']'], label: ']', description: 'the next view', run: ({session}) => session.store.dispatch({type: 'cycleView', step: 1})},
	{mode: 'browse', keys: ['['], label: '[', description: 'the view before', run: ({session}) => session.store.dispatch({type: 'cycleView', step: -1})},
];

const browsing: readonly KeyBinding[] = [
	...moving('browse'),
	{mode: 'browse', keys: ['left', 'h'], label: '← h', description: 'fold a range; elsewhere: to the block of ports before', run: ({session}) => session.store.dispatch({type: 'fold'})},
	{mode: 'browse', keys: ['right', 'l'], label: '→ l', description: 'unfold a range; elsewhere: to the next block of ports', run: ({session}) => session.store.dispatch({type: 'unfold'})},
	{mode: 'browse', keys: ['enter'], label: 'Enter', description: 'open: from a range to its ports, from a port to its details, from a result to its port', run: ({session}) => session.store.dispatch({type: 'open'})},
	{mode: 'browse', keys: ['escape'], label: 'Esc', description: 'back: from a full-screen pane, a filter, a pane; never quits', run: ({session}) => session.store.dispatch({type: 'back'})},
	{mode: 'browse', keys: ['tab'], label: 'Tab', description: 'the next pane', run: ({session}) => session.store.dispatch({type: 'cycleFocus', step: 1})},
	{mode: 'browse', keys: ['shift-tab'], label: 'Shift-Tab', description: 'the pane before', run: ({session}) => session.store.dispatch({type: 'cycleFocus', step: -1})},
	{mode: 'browse', keys: ['/'], label: '/', description: 'find as you type: a number, a name, words of a description', footer: 'find', run: ({session}) => session.store.dispatch({type: 'startFind'})},
	{mode: 'browse', keys: ['n'], label: 'n', description: 'the next match', footer: 'next', isOffered: state => state.view !== 'local' && state.view !== 'scans' && state.view !== 'history' && state.find.results !== undefined, run: ({session}) => session.store.dispatch({type: 'moveMatch', step: 1})},
	{mode: 'browse', keys: ['N'], label: 'N', description: 'the match before', run: ({session}) => session.store.dispatch({type: 'moveMatch', step: -1})},
	{
		mode: 'browse', keys: [...'0123456789'], label: '0–9', description: 'a port number, then Enter: jump to that port', footer: 'jump',
		run: ({session, key}) => session.store.dispatch({type: 'typeDigit', digit: key}),
	},
	{mode: 'browse', keys: ['s'], label: 's', description: 'scan: asks for target and ports, filled in with what is in hand', footer: 'scan', run: ({session}) => session.store.dispatch({type: 'openForm'})},
	{mode: 'browse', keys: ['space'], label: 'Space', description: 'pause the scan, or let it go on', footer: state => (scanState(state) === 'paused' ? 'go on' : 'pause'), isOffered: isUnderWay, run: ({session}) => session.pauseOrResume()},
	{mode: 'browse', keys: ['x'], label: 'x', description: 'stop the scan; what it found stays', footer: 'stop', isOffered: isUnderWay, run: ({session}) => session.stopScan()},
	{mode: 'browse', keys: ['r'], label: 'r', description: 'scan the same again', footer: 'rescan', isOffered: state => state.scan !== undefined && state.scan.opened === undefined && !isUnderWay(state), run: ({session}) => session.rescan()},
	...viewing,
	{mode: 'browse', keys: ['+'], label: '+', description: 'make this pane the whole screen, and back', footer: 'zoom', run: ({session}) => session.store.dispatch({type: 'toggleZoom'})},
	{mode: 'browse', keys: ['?'], label: '?', description: 'all keys', footer: 'keys', run: ({session}) => session.store.dispatch({type: 'toggleHelp'})},
	{mode: 'browse', keys: ['q'], label: 'q', description: 'quit', footer: 'quit', run: ({session}) => session.quit(0)},
];

const finding: readonly KeyBinding[] = [
	{mode: 'find', keys: ['enter'], label: 'Enter', description: 'keep the filter and go to the list', footer: 'keep', run: ({session}) => session.store.dispatch({type: 'acceptFind'})},
	{mode: 'find', keys: ['up'], label: '↑', description: 'the match before', footer: 'before', run: move(-1)},
	{mode: 'find', keys: ['down'], label: '↓', description: 'the next match', footer: 'next', run: move(1)},
	{mode: 'find', keys: ['pageup'], label: 'PgUp', description: 'a page of matches up', run: move(pageRows => -pageRows)},
	{mode: 'find', keys: ['pagedown'], label: 'PgDn', description: 'a page of matches down', run: move(pageRows => pageRows)},
	{mode: 'find', keys: ['escape'], label: 'Esc', description: 'show all ports again', footer: 'all ports', run: ({session}) => session.store.dispatch({type: 'back'})},
	...editing('find', 'editFind'),
];

const filling: readonly KeyBinding[] = [
	{mode: 'form', keys: ['enter'], label: 'Enter', description: 'start the scan', footer: 'scan', run: ({session}) => session.submitForm()},
	{mode: 'form', keys: ['tab', 'shift-tab'], label: 'Tab', description: 'the other field', footer: 'other field', run: ({session}) => session.store.dispatch({type: 'switchField'})},
	{mode: 'form', keys: ['up'], label: '↑', description: 'the list of ports offered before', run: ({session}) => session.store.dispatch({type: 'offerPorts', step: -1})},
	{mode: 'form', keys: ['down'], label: '↑↓', description: 'another list of ports: all, the curated thousand, a range', footer: 'other ports', run: ({session}) => session.store.dispatch({type: 'offerPorts', step: 1})},
	{mode: 'form', keys: ['escape'], label: 'Esc', description: 'do not scan', footer: 'cancel', run: ({session}) => session.store.dispatch({type: 'back'})},
	...editing('form', 'editForm'),
];

const jumping: readonly KeyBinding[] = [
	{
		mode: 'jump', keys: [...'0123456789'], label: '0–9', description: 'more of the port number',
		run: ({session, key}) => session.store.dispatch({type: 'typeDigit', digit: key}),
	},
	{mode: 'jump', keys: ['enter'], label: 'Enter', description: 'jump to the port', footer: 'jump', run: ({session}) => session.store.dispatch({type: 'jump'})},
	{mode: 'jump', keys: ['backspace'], label: 'Backspace', description: 'take a digit back', footer: 'delete', run: ({session}) => session.store.dispatch({type: 'deleteDigit'})},
	{mode: 'jump', keys: ['escape'], label: 'Esc', description: 'stay here', footer: 'cancel', run: ({session}) => session.store.dispatch({type: 'back'})},
];

const stopStage = ({local}: State): StopStage['kind'] | undefined => local.stop?.stage.kind;

const inLocal: readonly KeyBinding[] = [
	{mode: 'browse', view: 'local', keys: ['x'], label: 'x', description: 'stop the process in hand; asks first, and says exactly what', footer: 'stop it', isVital: true, isOffered: state => lineInHand(state) !== undefined, run: ({session}) => session.localStop.ask()},
	{mode: 'browse', view: 'local', keys: ['/'], label: '/', description: 'find as you type: a port, a process, a user, tcp, listening, every interface, risk:high; ! leaves out', footer: 'find', run: ({session}) => session.store.dispatch({type: 'startFind'})},
	{mode: 'browse', view: 'local', keys: ['p'], label: 'p', description: 'this port among all ports: what it is for', footer: 'explore', run: ({session}) => session.store.dispatch({type: 'exploreSocket'})},
	{mode: 'browse', view: 'local', keys: ['t'], label: 't', description: 'group: by process, as a tree of parents, not at all', footer: 'tree', run: ({session}) => session.store.dispatch({type: 'groupSockets'})},
	{mode: 'browse', view: 'local', keys: ['o'], label: 'o', description: 'sort by the next: port, process, reach, age', footer: 'sort', run: ({session}) => session.store.dispatch({type: 'sortSockets'})},
	{mode: 'browse', view: 'local', keys: ['O'], label: 'O', description: 'reverse the order', run: ({session}) => session.store.dispatch({type: 'reverseSockets'})},
	{mode: 'browse', view: 'local', keys: ['a'], label: 'a', description: 'all: connections beside what listens, and back', footer: state => (state.local.isWithConnections ? 'listening' : 'connections'), run: ({session}) => session.store.dispatch({type: 'toggleConnections'})},
	{mode: 'browse', view: 'local', keys: ['v'], label: 'v', description: 'view from outside: connects to each TCP listener at this machine\'s own addresses and says where it answers; again to take that away', footer: state => (state.local.reach === undefined ? 'from outside' : 'as bound'), run: ({session}) => session.toggleReach()},
	{mode: 'browse', view: 'local', keys: ['r'], label: 'r', description: 'read again at once', run: ({session}) => session.refreshLocal()},
	{mode: 'find', view: 'local', keys: ['escape'], label: 'Esc', description: 'show all sockets again', footer: 'all sockets', run: ({session}) => session.store.dispatch({type: 'back'})},
];

const stopping: readonly KeyBinding[] = [
	{mode: 'stop', keys: ['y'], label: 'y', description: 'yes: ask it to end (SIGTERM)', footer: 'stop it', isVital: true, isOffered: state => stopStage(state) === 'asking', run: ({session}) => session.localStop.confirm()},
	{mode: 'stop', keys: ['k'], label: 'k', description: 'end by force what was asked and still runs (SIGKILL)', footer: 'end it by force', isVital: true, isOffered: state => stopStage(state) === 'alive', run: ({session}) => session.localStop.kill()},
	{
		// Enter is pressed without thinking: it closes what is over, and stops nothing.
		mode: 'stop', keys: ['enter'], label: 'Enter', description: 'close what is over; it never stops anything',
		run({session}) {
			const stage = stopStage(session.store.getState());
			if (stage === 'over' || stage === 'refused') {
				session.localStop.leave();
			} else if (stage === 'asking') {
				session.store.dispatch({type: 'messageShown', message: {text: 'Enter stops nothing: y stops it, Esc leaves it alone.', tone: 'problem'}});
			}
		},
	},
	{mode: 'stop', keys: ['escape', 'n', 'q'], label: 'Esc n', description: 'no: back to the list', footer: state => (stopStage(state) === 'asking' || stopStage(state) === 'alive' ? 'leave it' : 'back'), run: ({session}) => session.localStop.leave()},
];

const reading: readonly KeyBinding[] = [
	...moving('help'),
	{mode: 'help', keys: ['escape', '?', 'q', 'enter'], label: 'Esc ?', description: 'close the list of keys', footer: 'close', run: ({session}) => session.store.dispatch({type: 'back'})},
];

/** Every key in every mode. Ctrl-C quits in all of them and is not in the table. */
export const keyBindings: readonly KeyBinding[] = [...inLocal, ...scansKeys, ...historyKeys, ...browsing, ...guideKeys, ...mapBindings(browsing), ...finding, ...filling, ...jumping, ...stopping, ...noteKeys, ...editing('note', 'editNote'), ...reading];

/** What a key does now: what the view has it do, else what it does in every view. */
export const bindingFor = (mode: Mode, key: string, view: View = 'explore'): KeyBinding | undefined => {
	const bindings = keyBindings.filter(binding => binding.mode === mode && binding.keys.includes(key));
	return bindings.find(binding => binding.view === view) ?? bindings.find(binding => binding.view === undefined);
};

/** The bindings that count in a mode and a view: those of the view, and of all others those whose keys it leaves alone. */
export const bindingsIn = (mode: Mode, view: View): readonly KeyBinding[] =>
	keyBindings.filter(binding => binding.mode === mode && binding.keys.some(key => bindingFor(mode, key, view) === binding));
