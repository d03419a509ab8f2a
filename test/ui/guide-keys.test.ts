import test from 'ava';
import {pageIds} from '../../source/guide/page-id.ts';
import {toPort} from '../../source/port/port.ts';
import {guideScreenOf} from '../../source/ui/guide-screen.ts';
import {bindingsIn} from '../../source/ui/key-bindings.ts';
import {createScriptedSession, press} from '../helpers/scripted-session.ts';

test('I shows the guide, arrows turn its pages, and → is into the page', async t => {
	const world = await createScriptedSession();
	t.like(press(world, 'I'), {view: 'guide', focus: 'topics'});
	t.is(press(world, 'down j').guide.pageId, pageIds[2]!);
	t.is(press(world, 'right').focus, 'page');
});

test('in the page arrows scroll, and stop at its end', async t => {
	const world = await createScriptedSession({size: {columns: 60, rows: 16}});
	press(world, 'I enter');
	t.is(press(world, 'down down up').guide.top, 1);
	const end = press(world, 'G').guide.top;
	t.is(end, guideScreenOf(world.session.store.getState())!.lastTop);
	t.is(press(world, 'down down').guide.top, end);
	t.is(press(world, 'up').guide.top, end - 1);
	t.is(press(world, 'g').guide.top, 0);
});

test('a page that fits is not scrolled', async t => {
	const world = await createScriptedSession({size: {columns: 160, rows: 45}});
	t.is(press(world, 'I enter down G').guide.top, 0);
});

test('links are gone through forth and back, and every one comes in sight', async t => {
	for (const [columns, rows] of [[60, 16], [80, 24], [160, 45]] as const) {
		const world = await createScriptedSession({size: {columns, rows}});
		for (const [index, id] of pageIds.entries()) {
			const seen: string[] = [];
			press(world, `I g ${'down '.repeat(index)}enter`);
			t.is(world.session.store.getState().guide.pageId, id);
			const count = guideScreenOf(world.session.store.getState())!.links.length;
			for (let step = 0; step < count + 2; step++) {
				const screen = guideScreenOf(press(world, 'n'))!;
				const {linkId} = world.session.store.getState().guide;
				const link = screen.links.find(each => each.id === linkId)!;
				t.true(link.firstLine >= screen.top && link.lastLine < screen.top + screen.height, `${id} ${linkId}`);
				seen.push(linkId!);
			}

			// The first is in hand from the start, where it is in sight.
			t.true(new Set(seen).size >= count - 1, id);
			press(world, 'left '.repeat(count).trim());
			t.is(world.session.store.getState().guide.linkId, guideScreenOf(world.session.store.getState())!.links[0]!.id);
			press(world, 'escape');
		}
	}
});

test('Enter follows a link that is in sight, and says so when none is', async t => {
	const world = await createScriptedSession({size: {columns: 60, rows: 16}});
	press(world, 'I down enter');
	t.like(press(world, 'enter'), {view: 'guide', message: {tone: 'info'}});
	const {links} = guideScreenOf(world.session.store.getState())!;
	const steps = links.findIndex(({id}) => id === '5432.1');
	t.true(steps > 0);
	t.like(press(world, `g ${'n '.repeat(steps + 1).trim()} enter`), {view: 'explore', port: toPort(5432)});
	t.like(press(world, 'I'), {view: 'guide', focus: 'page', guide: {pageId: 'ranges', linkId: '5432.1'}});
});

test('← in the list of pages does nothing', async t => {
	const world = await createScriptedSession();
	const before = press(world, 'I');
	t.is(press(world, 'left').guide, before.guide);
	t.is(press(world, 'left').focus, 'topics');
});

test('digits, / and s do in the guide what they do everywhere', async t => {
	const world = await createScriptedSession();
	t.like(press(world, 'I 22 enter'), {view: 'explore', port: toPort(22)});
	t.true(press(world, 'I /').find.isTyping);
	press(world, 'escape I s');
	t.like(world.session.store.getState().form, {ports: {text: '22'}});
});

test('what → does in the page is offered while the page is in hand', async t => {
	const world = await createScriptedSession();
	const next = bindingsIn('browse', 'guide').find(({keys}) => keys.includes('right'))!;
	t.is(next.view, 'guide');
	t.false(next.isOffered!(press(world, 'I')));
	t.true(next.isOffered!(press(world, 'enter')));
});
