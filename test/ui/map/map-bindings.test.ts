import test from 'ava';
import {loadRegistry} from '../../../source/registry/load-registry.ts';
import {coloringOf} from '../../../source/store/map-coloring.ts';
import {scanEvents, verdicts} from '../../helpers/scan-events.ts';
import {createScriptedScan, createScriptedSession, press, settle, type ScriptedSession} from '../../helpers/scripted-session.ts';

/** The map of 80×24 has rows of 7000 ports in cells of 100. */
const open = async (): Promise<ScriptedSession> => createScriptedSession({registry: await loadRegistry()});

const moves: ReadonlyArray<readonly [situation: string, keys: string, port: number]> = [
	['to the right, to the first port that is assigned', 'right', 101],
	['the same with l', 'l', 101],
	['right and left again, to what is assigned there', 'right left', 1],
	['down', 'down', 7000],
	['down and up again', 'j k', 1],
	['a quarter of the map down', 'pagedown', 21_000],
	['all the way down by quarters, to a port that nobody registered', 'pagedown pagedown pagedown pagedown', 63_000],
	['over an edge nothing moves', 'up', 0],
	['to the left of the first', 'left', 0],
	['to the end of the row', 'end', 6900],
	['from the end of a row to the next row', 'end right', 7000],
	['to the start of the row', 'end home', 1],
	['to the last port', 'G', 65_535],
	['to the right of the last', 'G right', 65_535],
	['to the last and the first', 'G g', 0],
	['port by port', '. . . ,', 2],
	['to the port before the first', ',', 0],
	['to the port after the last', 'G .', 65_535],
	['by its number', '8080 enter', 8080],
	['to the next assigned port', '8080 enter n', 8081],
	['to the assigned port before, round the end', 'N', 49_150],
];

for (const [situation, keys, port] of moves) {
	test(`the cursor: ${situation}`, async t => {
		const world = await open();
		t.like(press(world, `M ${keys}`), {view: 'map', focus: 'map', port});
	});
}

test('a cell that is in hand already keeps its port', async t => {
	const world = await open();
	t.is(press(world, 'M 0 enter up').port as number, 0);
	t.is(press(world, '55 enter home').port as number, 55);
});

test('in other panes of the view the keys do what they always do', async t => {
	const world = await open();
	const before = press(world, 'M tab').port;
	t.like(press(world, 'down down'), {focus: 'detail', port: before, detailTop: 2});
	t.like(press(world, 'g'), {port: before, detailTop: 0});
});

test('a port is typed on the zoomed map, and the map stays', async t => {
	const world = await open();
	t.like(press(world, 'M + 443 enter'), {view: 'map', isZoomed: true, port: 443});
	const {port, isZoomed} = press(world, 'down');
	t.true(isZoomed);
	// A zoomed map of 80×24 has rows of 4200 ports.
	t.is(Math.floor(port / 60), Math.floor((443 + 4200) / 60));
});

test('Enter opens the port in Explore, with its row in the list in hand', async t => {
	const world = await open();
	t.like(press(world, 'M 8080 enter enter'), {view: 'explore', focus: 'ports', port: 8080});
});

test('c goes through the colourings, C back, found only where something was', async t => {
	const world = await open();
	const colorings = (keys: string): readonly string[] => keys.split(' ').map(key => coloringOf(press(world, key)));
	t.deepEqual(colorings('M c c c c'), ['assignment', 'range', 'exposure', 'scan', 'assignment']);
	t.deepEqual(colorings('C C'), ['scan', 'exposure']);
	press(world, '/ h t t p enter M c');
	t.deepEqual(colorings('c c'), ['found', 'assignment']);
});

test('what was found is shown at once, and n goes through it in the order of ports', async t => {
	const world = await open();
	press(world, '/ 8 0 8 enter M');
	t.is(coloringOf(world.session.store.getState()), 'found');
	const {find: {results}} = world.session.store.getState();
	press(world, 'g');
	t.is(press(world, 'n').port, [...results!].sort((one, other) => one - other)[0]!);
});

test('where nothing stands out n says so', async t => {
	const world = await open();
	t.regex(press(world, 'M c n').message!.text, /^No port stands out/);
	t.is(press(world, 'c n').message, undefined);
});

test('a scan changes the colours, unless others were chosen; n goes from open port to open port', async t => {
	const world = await open();
	press(world, 'M s enter');
	await settle();
	const scripted = createScriptedScan();
	await world.answer({ok: true, scan: scripted.scan});
	const events = scanEvents({portCount: 65_536, probed: [{22: verdicts.open, 80: verdicts.closed, 8080: verdicts.open}]});
	await scripted.emit(...events.slice(0, -1));
	world.advance(66);
	t.is(coloringOf(world.session.store.getState()), 'scan');
	t.deepEqual(['n', 'n', 'n', 'N'].map(key => press(world, key).port as number), [22, 8080, 22, 8080]);
	t.is(world.session.store.getState().openingId, '0:8080', 'the pane of the scan follows');
	t.is(press(world, '22 enter').openingId, '0:22');
	t.is(press(world, '80 enter').openingId, '0:22', 'a closed port has no result to show');
	t.is(coloringOf(press(world, 'c')), 'assignment');
	t.is(coloringOf(press(world, 'E M')), 'assignment', 'what was chosen stays');
	await scripted.end();
});

test('a result of the scan is opened on the map, in the view of the map', async t => {
	const world = await open();
	press(world, 'M s enter');
	await settle();
	const scripted = createScriptedScan();
	await world.answer({ok: true, scan: scripted.scan});
	await scripted.emit(...scanEvents({probed: [{22: verdicts.open, 8080: verdicts.open}]}));
	await scripted.end();
	t.like(press(world, 'tab tab down + enter'), {view: 'map', focus: 'map', isZoomed: false, port: 8080});
	t.like(press(world, 'E shift-tab enter'), {view: 'explore', focus: 'ports', port: 8080});
});
