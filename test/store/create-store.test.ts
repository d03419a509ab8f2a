import test from 'ava';
import type {Action} from '../../source/store/action.ts';
import {createStore, type Store} from '../../source/store/create-store.ts';
import {initialState} from '../../source/store/state.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';
import {scanRecord} from '../helpers/scan-events.ts';

const createOne = (): Store => createStore(initialState({columns: 80, rows: 24}));
const message = {text: 'No scan is running: s starts one.', tone: 'problem'} as const;
const shown: Action = {type: 'messageShown', message};
const request = {targets: ['localhost'], ports: '22'};
const problem = {kind: 'ports', message: 'No.'} as const;

const leaving: readonly Action[] = [
	{type: 'scanStarted', request, record: scanRecord({})},
	{type: 'scanAdvanced'},
	{type: 'resized', columns: 100, rows: 30},
	{type: 'registryLoaded', registry: createFakeRegistry()},
	{type: 'overflowMeasured', of: 'detail', lines: 3},
	{type: 'formRejected', problem},
	{type: 'requestRejected', request, problem},
];

for (const action of leaving) {
	test(`a message stands when something happens by itself: ${action.type}`, t => {
		const store = createOne();
		store.dispatch(shown);
		store.dispatch(action);
		t.is(store.getState().message, message);
	});
}

test('a message stands until the next key', t => {
	const store = createOne();
	store.dispatch(shown);
	store.dispatch({type: 'keyPressed'});
	t.is(store.getState().message, undefined);
});

test('a key that brings a message of its own replaces the one before', t => {
	const store = createOne();
	store.dispatch(shown);
	store.dispatch({type: 'moveMatch', step: 1});
	t.is(store.getState().message?.text, 'Nothing is looked for: / starts a search.');
});

test('listeners are called once for a change, and not for none', t => {
	const store = createOne();
	let calls = 0;
	store.subscribe(() => {
		calls++;
	});
	store.dispatch({type: 'toggleHelp'});
	t.is(calls, 1);
	store.dispatch({type: 'scanAdvanced'});
	t.is(calls, 1, 'there is no scan');
	store.dispatch({type: 'keyPressed'});
	t.is(calls, 1, 'there is no message');
	store.dispatch(shown);
	store.dispatch({type: 'keyPressed'});
	t.is(calls, 3, 'that the message goes is a change');
});

test('a listener sees the state that it is called for', t => {
	const store = createOne();
	const seen: boolean[] = [];
	store.subscribe(() => seen.push(store.getState().isHelpShown));
	store.dispatch({type: 'toggleHelp'});
	store.dispatch({type: 'toggleHelp'});
	t.deepEqual(seen, [true, false]);
});

test('who no longer listens is not called; the others are', t => {
	const store = createOne();
	const calls: string[] = [];
	const leave = store.subscribe(() => calls.push('one'));
	store.subscribe(() => calls.push('other'));
	store.dispatch({type: 'toggleHelp'});
	leave();
	leave();
	store.dispatch({type: 'toggleHelp'});
	t.deepEqual(calls, ['one', 'other', 'other']);
});

test('an action dispatched by a listener is not lost', t => {
	const store = createOne();
	store.subscribe(() => {
		if (store.getState().isHelpShown) {
			store.dispatch({type: 'toggleHelp'});
		}
	});
	store.dispatch({type: 'toggleHelp'});
	t.false(store.getState().isHelpShown);
});
