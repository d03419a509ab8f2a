import test from 'ava';
import {initialState, views, type State} from '../../source/store/state.ts';
import {reduce} from '../../source/store/reduce.ts';
import {bindingFor, bindingsIn, keyBindings, modeOf, type Mode} from '../../source/ui/key-bindings.ts';
import type {StopStage} from '../../source/store/stop-dialog.ts';
import {scanRecord, verdicts} from '../helpers/scan-events.ts';

const modes: readonly Mode[] = ['browse', 'find', 'form', 'jump', 'help', 'stop', 'note'];
const start = initialState({columns: 80, rows: 24});

for (const mode of modes) {
	const bindings = keyBindings.filter(binding => binding.mode === mode);

	test(`${mode}: no key does two things`, t => {
		for (const view of [undefined, ...views]) {
			const keys = bindings.filter(binding => binding.view === view).flatMap(binding => binding.keys);
			t.deepEqual(keys.filter((key, index) => keys.indexOf(key) !== index), []);
		}
	});

	test(`${mode}: Esc leads out`, t => {
		t.not(bindingFor(mode, 'escape'), undefined);
	});

	test(`${mode}: every line says which keys, and what they do`, t => {
		for (const {keys, label, description} of bindings) {
			t.true(keys.length > 0 && keys.every(key => key !== ''));
			t.regex(label, /\S/);
			t.regex(description, /^\p{Ll}.*[^.]$/u, label);
		}
	});

	test(`${mode}: labels fit their column in the help`, t => {
		t.deepEqual(bindings.filter(({label}) => label.length > 14).map(({label}) => label), []);
	});

	test(`${mode}: Ctrl-C is not for the table`, t => {
		t.is(bindingFor(mode, 'ctrl-c'), undefined);
	});
}

test('where text is typed no letter, digit or blank is a command', t => {
	for (const mode of ['find', 'form', 'note'] as const) {
		for (const key of [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/?+:.,!-', 'space']) {
			t.is(bindingFor(mode, key), undefined, `${mode} ${key}`);
		}
	}
});

test('every list is moved through with the same keys', t => {
	for (const key of ['up', 'down', 'pageup', 'pagedown']) {
		for (const mode of ['browse', 'find', 'help'] as const) {
			t.not(bindingFor(mode, key), undefined, `${mode} ${key}`);
		}
	}
});

test('a key does in a view what the view has it do, and elsewhere what it always does', t => {
	for (const view of views) {
		for (const binding of bindingsIn('browse', view)) {
			t.true(binding.view === undefined || binding.view === view);
			t.true(binding.keys.some(key => bindingFor('browse', key, view) === binding));
		}
	}
});

test('in the Local view keys do what they do there, and elsewhere what they always did', t => {
	const own = ['x', '/', 'p', 't', 'o', 'O', 'a', 'v', 'r'];
	for (const key of own) {
		t.is(bindingFor('browse', key, 'local')?.view, 'local', key);
		t.not(bindingFor('browse', key, 'explore')?.view, 'local', key);
	}

	t.deepEqual(bindingsIn('browse', 'local').filter(({view}) => view === 'local').flatMap(({keys}) => keys), own);
});

test('a process is stopped by y and by force by k, each only when it is asked, and never by Enter', t => {
	const keysOffered = (kind: StopStage['kind']): readonly string[] => {
		const stage = (kind === 'alive' ? {kind, processes: []} : kind === 'waiting' ? {kind, signal: 'SIGTERM'} : {kind}) as StopStage;
		const asked: State = {...start, view: 'local', local: {...start.local, stop: {id: 1, plan: {ports: [], freePorts: [], targets: [], obstacles: []}, stage, ended: [], denied: []}}};
		t.is(modeOf(asked), 'stop');
		return bindingsIn('stop', 'local').filter(({footer, isOffered}) => footer !== undefined && isOffered?.(asked) !== false).map(({label}) => label);
	};

	t.deepEqual((['planning', 'asking', 'waiting', 'alive', 'refused', 'over'] as const).map(kind => keysOffered(kind)), [['Esc n'], ['y', 'Esc n'], ['Esc n'], ['k', 'Esc n'], ['Esc n'], ['Esc n']]);
});

test('an unknown key has no binding', t => {
	t.is(bindingFor('browse', 'ctrl-z'), undefined);
	t.is(bindingFor('browse', 'constructor'), undefined);
});

test('the two keys that explain all others are always offered in the footer', t => {
	for (const key of ['?', 'q']) {
		const binding = bindingFor('browse', key)!;
		t.is(typeof binding.footer, 'string');
		t.is(binding.isOffered, undefined);
	}
});

const scanning = (status: 'running' | 'paused' | 'complete'): State =>
	reduce(start, {type: 'scanStarted', request: {targets: ['localhost'], ports: '22'}, record: {...scanRecord({probed: [{22: verdicts.open}]}), status, finishedAt: status === 'complete' ? 'then' : null}});

const offers: ReadonlyArray<readonly [situation: string, state: State, offered: readonly string[]]> = [
	['nothing is scanned', start, []],
	['a scan runs', scanning('running'), ['space', 'x']],
	['a scan is paused', scanning('paused'), ['space', 'x']],
	['a scan is over', scanning('complete'), ['r']],
];

for (const [situation, state, offered] of offers) {
	test(`${situation}: offered are ${JSON.stringify(offered)}`, t => {
		t.deepEqual(['space', 'x', 'r'].filter(key => bindingFor('browse', key)!.isOffered!(state)), offered);
	});
}

test('the footer says what Space does now', t => {
	const {footer} = bindingFor('browse', 'space')!;
	t.true(typeof footer === 'function' && footer(scanning('running')) === 'pause' && footer(scanning('paused')) === 'go on');
});

test('n is offered once there is something to go to', t => {
	const {isOffered} = bindingFor('browse', 'n')!;
	t.false(isOffered!(start));
	t.true(isOffered!({...start, find: {...start.find, results: []}}));
});

test('what is open on top decides what the keys are for', t => {
	const jumping: State = {...start, jump: '8'};
	const finding: State = {...jumping, find: {...start.find, isTyping: true}};
	const filling = reduce(finding, {type: 'openForm'});
	t.deepEqual([start, jumping, finding, filling, {...filling, isHelpShown: true}].map(state => modeOf(state)), ['browse', 'jump', 'find', 'form', 'help']);
	t.is(modeOf({...start, local: {...start.local, filter: {...start.local.filter, isTyping: true}}}), 'find');
});
