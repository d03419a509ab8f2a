import fc from 'fast-check';
import test from 'ava';
import {pageIds} from '../../source/guide/page-id.ts';
import {toPort} from '../../source/port/port.ts';
import type {Action} from '../../source/store/action.ts';
import {atPage, linkInHand, moveInTopics, scrollPage} from '../../source/store/guide.ts';
import {reduce} from '../../source/store/reduce.ts';
import {initialState, type State} from '../../source/store/state.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';

const after = (state: State, ...actions: readonly Action[]): State => {
	let next = state;
	for (const action of actions) {
		next = reduce(next, action);
	}

	return next;
};

const guide: Action = {type: 'showView', view: 'guide'};
const open: Action = {type: 'open'};
const choose = (linkId: string, top = 0): Action => ({type: 'guideLinkChosen', linkId, top});
const ready = after(initialState({columns: 80, rows: 24}), {type: 'registryLoaded', registry: createFakeRegistry()}, guide);

test('the list of pages is moved through, and the page follows', t => {
	t.is(after(ready, {type: 'move', by: 1}).guide.pageId, pageIds[1]!);
	t.is(after(ready, {type: 'move', by: Infinity}).guide.pageId, pageIds.at(-1)!);
	t.is(after(ready, {type: 'move', by: Infinity}, {type: 'move', by: -Infinity}).guide.pageId, pageIds[0]!);
});

test('another page begins at its beginning; the same one stays as it was', t => {
	const read = {...atPage('port'), linkId: '22.1', top: 7};
	t.deepEqual(moveInTopics(read, 1), atPage('ranges'));
	t.is(moveInTopics(read, -1), read);
});

test('a page is never scrolled beyond its last line, and no key is lost there', t => {
	fc.assert(fc.property(fc.nat(100), fc.array(fc.constantFrom(1, -1, 10, -10, Infinity, -Infinity)), fc.nat(60), (lastTop, steps, start) => {
		let state = {...atPage('port'), top: start};
		for (const by of steps) {
			const before = Math.min(lastTop, state.top);
			state = scrollPage(state, by, lastTop);
			t.is(state.top, Math.min(lastTop, Math.max(0, before + by)));
		}
	}));
});

test('the first link is in hand until another is, and again when that has gone', t => {
	const links = [{id: 'a'}, {id: 'b'}];
	t.is(linkInHand(links, undefined), links[0]);
	t.is(linkInHand(links, 'b'), links[1]);
	t.is(linkInHand(links, 'gone'), links[0]);
	t.is(linkInHand([], 'a'), undefined);
});

test('Enter goes from the list to the page, and from a link to its port', t => {
	t.is(after(ready, open).focus, 'page');
	t.like(after(ready, open, choose('443.1'), open), {view: 'explore', focus: 'ports', port: toPort(443)});
});

test('a link to a page shows it from its beginning, and stays in the page', t => {
	t.like(after(ready, open, choose('connections.1', 9), open), {view: 'guide', focus: 'page', guide: atPage('connections')});
});

test('what was looked for is left when a link leads to a port', t => {
	const finding = after(ready, {type: 'startFind'}, {type: 'editFind', edit: {kind: 'insert', text: 'ssh'}}, {type: 'acceptFind'}, guide, open, choose('443.1'), open);
	t.is(finding.find.results, undefined);
	t.is(finding.port, toPort(443));
});

test('coming back finds the page, the link and the line as they were left', t => {
	const left = after(ready, {type: 'move', by: 1}, open, choose('5432.1', 4));
	const back = after(left, open, guide);
	t.is(left.view, 'guide');
	t.deepEqual(back.guide, {pageId: 'ranges', linkId: '5432.1', top: 4});
	t.is(back.focus, 'page');
});

test('where a link led is said how to come back from', t => {
	t.like(after(ready, open, choose('22.1'), open).message, {tone: 'info', text: 'I goes back to the guide, to where you were.'});
});

test('Esc leads from the page to the list, and from there out of the guide', t => {
	t.is(after(ready, open, {type: 'back'}).focus, 'topics');
	t.is(after(ready, open, {type: 'back'}, {type: 'back'}).view, 'explore');
});
