import {EventEmitter} from 'node:events';
import test from 'ava';
import {render} from 'ink';
import stringWidth from 'string-width';
import {toPort} from '../../source/port/port.ts';
import type {LocalSnapshot} from '../../source/local/local-socket.ts';
import {parsed, rejected, type Parsed} from '../../source/port/parsed.ts';
import type {Registry} from '../../source/registry/registry.ts';
import type {Unkept} from '../../source/scan/scan-plan.ts';
import type {ScanEvent} from '../../source/scan/event.ts';
import type {Verdict} from '../../source/scan/verdict.ts';
import type {HistoryWorld} from '../../source/store/history-world.ts';
import type {State} from '../../source/store/state.ts';
import {insertText} from '../../source/ui/handle-key.ts';
import {App} from '../../source/ui/app.tsx';
import {ThemeContext} from '../../source/ui/components/theme-context.ts';
import {computeLayout, innerRows} from '../../source/ui/layout.ts';
import {createTheme} from '../../source/ui/theme.ts';
import {createFakeRegistry, wellKnownPorts, type FakePort} from '../helpers/fake-registry.ts';
import {scanEvents, verdicts} from '../helpers/scan-events.ts';
import {foundConnection, readingAt, usualReading} from '../helpers/local-readings.ts';
import {createKeptWorld, idAt, type KeptScript} from '../helpers/kept-scans.ts';
import {foundSocket, processOf} from '../helpers/local-sockets.ts';
import {createScriptedScan, createScriptedSession, press, settle, type ScriptedScan, type ScriptedSession} from '../helpers/scripted-session.ts';

/** A terminal that keeps every frame. */
class Screen extends EventEmitter {
	readonly isTTY = true;
	readonly frames: string[] = [];
	columns: number;
	rows: number;

	constructor(columns: number, rows: number) {
		super();
		this.columns = columns;
		this.rows = rows;
	}

	readonly write = (text: string, done?: () => void): boolean => {
		// Orders to the terminal are written by themselves; a frame has text.
		if (stringWidth(text) > 0) {
			this.frames.push(text);
		}

		done?.();
		return true;
	};
}

/** A keyboard. */
class Keyboard extends EventEmitter {
	readonly isTTY = true;
	#waiting: string | null = null;

	press(text: string): void {
		this.#waiting = text;
		this.emit('readable');
	}

	readonly read = (): string | null => {
		const text = this.#waiting;
		this.#waiting = null;
		return text;
	};

	readonly setEncoding = (): void => {};
	readonly setRawMode = (): void => {};
	readonly resume = (): void => {};
	readonly pause = (): void => {};
	readonly ref = (): void => {};
	readonly unref = (): void => {};
}

type Shown = {
	readonly screen: Screen;
	/** The lines of the last frame, without colours. */
	readonly lines: () => readonly string[];
	readonly type: (text: string) => Promise<void>;
	readonly close: () => void;
};

/** Shows the screen of a session. */
const show = async ({session}: ScriptedSession): Promise<Shown> => {
	const {columns, rows} = session.store.getState().size;
	const screen = new Screen(columns, rows);
	const keyboard = new Keyboard();
	const {unmount} = render(
		<ThemeContext value={createTheme(false)}>
			<App session={session}/>
		</ThemeContext>,
		{
			stdout: screen as unknown as NodeJS.WriteStream,
			stdin: keyboard as unknown as NodeJS.ReadStream,
			debug: true,
			exitOnCtrlC: false,
			patchConsole: false,
		},
	);
	await settle();
	return {
		screen,
		lines: () => screen.frames.at(-1)!.replaceAll(/\u001B\[[\d;]*m/g, '').split('\n'),
		async type(text) {
			keyboard.press(text);
			await settle();
		},
		close: unmount,
	};
};

/** Starts a scan by the form, and tells its first news. */
const scan = async (world: ScriptedSession, ...events: readonly ScanEvent[]): Promise<ScriptedScan> => {
	const scripted = createScriptedScan();
	press(world, 's enter');
	await settle();
	await world.answer({ok: true, scan: scripted.scan});
	await scripted.emit(scanEvents({portCount: 65_536, hosts: [{target: 'localhost', address: '127.0.0.1'}, {target: 'localhost', address: '::1'}]})[0]!, ...events);
	world.advance(66);
	return scripted;
};

const probed = (port: number, verdict: Verdict, host = 0): ScanEvent => ({kind: 'probed', host, port: toPort(port), verdict});
const paced: ScanEvent = {kind: 'paced', elapsedMs: 1234, hosts: [{host: 0, inFlightCount: 256, windowSize: 300, rttMs: 0.1, lossRate: 0}]};
const finished: ScanEvent = {kind: 'finished', finishedAt: '2026-01-31T12:00:02.000Z', status: 'complete', message: null};
const openings = Array.from({length: 500}, (_, index) => probed(index * 100, verdicts.open, index % 2));

const longSentence = `"${'x'.repeat(59)}…" is not a host name or an IP address: write one such as localhost, example.com, 192.0.2.1 or 2001:db8::1. ${'And a word more. '.repeat(40)}`;

const wide: FakePort = {
	name: '日本語の名前です長い',
	description: '世界中の端末エクスプローラー 👨‍👩‍👧 🇩🇪 e\u0301 ◽ のための説明です',
	transports: ['tcp', 'sctp'],
	commonly: [{software: '人気のソフトウェア', transports: ['tcp'], category: 'データベース', note: '😀', relation: 'other', source: ''}],
	exposure: [{
		service: 'サービス', transports: ['tcp'], encrypted: 'cleartext', concern: '誰でも読める'.repeat(10), safer: 'TLS を使う', severity: {internet: 'high', lan: 'medium', loopback: null},
		references: '', knownExploited: [], basis: '', confidence: 'medium', source: '',
	}],
};
const wideRegistry = createFakeRegistry({...wellKnownPorts, ...Object.fromEntries(Array.from({length: 100}, (_, port) => [port, wide]))});

/** Goes to the Local view, with what is read there, and presses keys one after another. */
const local = async (world: ScriptedSession, reading: Parsed<LocalSnapshot>, keys = ''): Promise<void> => {
	press(world, 'L');
	await world.answerReading(reading);
	for (const key of keys.split(' ').filter(each => each !== '')) {
		press(world, key);
		await settle();
	}
};

/** Goes to the Scan view with a scan in it, and presses keys one after another. */
const scans = async (world: ScriptedSession, events: readonly ScanEvent[], keys = ''): Promise<ScriptedScan> => {
	const scripted = await scan(world, ...events);
	press(world, 'S');
	for (const key of keys.split(' ').filter(each => each !== '')) {
		press(world, key);
		await settle();
	}

	return scripted;
};

const unkept: Unkept = {isBegun: true, reason: 'the disk is full (ENOSPC)', sentence: 'This scan is no longer being kept, the disk is full (ENOSPC): "/home/user/.local/state/portui/scans".'};

/** Has a scan that goes on be kept no longer. */
const unkeep = (world: ScriptedSession, scripted: ScriptedScan): void => {
	scripted.unkeep(unkept);
	world.tell(unkept.sentence);
};

/** Names and commands that would break a frame, or take over the terminal, if they were let. */
const hostile = processOf(4_194_304, {
	name: 'プロセス\u001B[2J\u202Eevil\n', commandLine: ['/bin/日本語', '--title=\u001B]0;owned\u0007', 'x'.repeat(5000)], user: '利用者\u001B[31m', parentPid: 4_194_303,
	unit: {name: 'evil\u001B[H.service', manager: 'system'}, isExecutableDeleted: true,
});
const manySockets = readingAt(0, [
	...Array.from({length: 1000}, (_, index) => foundSocket(1000 + index * 7, {address: index % 2 === 0 ? '0.0.0.0' : '2001:db8:1234:5678:9abc:def0:1234:5678', family: index % 2 === 0 ? 4 : 6, ownerPids: [index % 3 === 0 ? 4_194_304 : 4_194_303]})),
	...Array.from({length: 200}, (_, index) => foundConnection(1000, 50_000 + index, {ownerPids: [4_194_304]})),
], [hostile, processOf(4_194_303)]);

/** What is done before the screen is shown. */
const situations: ReadonlyArray<readonly [situation: string, prepare: (world: ScriptedSession) => unknown, registry?: Registry]> = [
	['at its start', () => {}],
	['with the help open', world => press(world, '?')],
	['at the end of the help', world => press(world, '? G')],
	['typing what to find', world => press(world, '/ h t t p')],
	['finding nothing', world => {
		press(world, '/');
		insertText(world.session, 'no such thing, however long it is looked for, and it is looked for long');
	}],
	['with a filter kept', world => press(world, '/ h t t p enter')],
	['typing a port', world => press(world, '54321')],
	['with a message', world => press(world, '99999 enter')],
	['with the form open', world => press(world, 's')],
	['with a long problem in the form', async world => {
		press(world, 's enter');
		await settle();
		await world.answer({ok: false, problem: {kind: 'target', message: longSentence}});
	}],
	['with more in a field than it shows', world => {
		press(world, 's');
		insertText(world.session, '10.0.0.1 日本.example '.repeat(80));
		press(world, 'left left left');
	}],
	['with a scan running', async world => scan(world, probed(22, verdicts.open), probed(23, verdicts.closed), paced)],
	['with a scan done', async world => (await scan(world, probed(22, verdicts.open), probed(80, verdicts.filtered), paced, finished)).end()],
	['with a failed scan', async world => (await scan(world, probed(22, verdicts.open), {...finished, status: 'failed', message: longSentence})).end()],
	['with a host out of reach', async world => scan(world, probed(22, verdicts.unreachable), {kind: 'host', host: 0})],
	['with 500 openings', async world => scan(world, ...openings, paced)],
	['with 500 openings, the last one in hand', async world => {
		await scan(world, ...openings, paced);
		press(world, 'shift-tab G');
	}],
	['with 500 openings, zoomed', async world => {
		await scan(world, ...openings, paced);
		press(world, 'shift-tab +');
	}],
	['with wide characters', world => press(world, '7 enter'), wideRegistry],
	['with wide characters, the ports zoomed', world => press(world, '7 enter +'), wideRegistry],
	['with wide characters, the detail zoomed', world => press(world, '7 enter enter +'), wideRegistry],
	['with wide characters, the detail at its end', world => press(world, '7 enter enter G'), wideRegistry],
	['with wide characters in the results', async world => {
		await scan(world, ...Array.from({length: 50}, (_, port) => probed(port, verdicts.open)));
		press(world, 'shift-tab');
	}, wideRegistry],
	['with the map', world => press(world, 'M 8080 enter')],
	['with the map, zoomed, its last port in hand', world => press(world, 'M + G')],
	['with the map by risk', world => press(world, 'M c c'), wideRegistry],
	['with the map of what was found', world => press(world, '/ h t t p enter M')],
	['with the map and 500 openings', async world => {
		press(world, 'M');
		await scan(world, ...openings, paced);
	}],
	['with the map and its form open', world => press(world, 'M + s')],
	['in the Scan view before any scan', world => press(world, 'S')],
	['in the Scan view, a scan running', async world => scans(world, [probed(22, verdicts.open), probed(23, verdicts.closed), paced])],
	['in the Scan view, its form open', async world => scans(world, [probed(22, verdicts.open), paced], 's')],
	['in the Scan view, zoomed, its form open', async world => scans(world, [probed(22, verdicts.open), paced], '+ s')],
	['in the Scan view with 500 openings, the last one in hand', async world => scans(world, [...openings, paced], 'G')],
	['in the Scan view with 500 openings, the hosts zoomed', async world => scans(world, [...openings, paced], 'tab +')],
	['in the Scan view with 500 openings, the pace zoomed', async world => scans(world, [...openings, paced], 'shift-tab +')],
	['in the Scan view with 500 openings of one host', async world => scans(world, [...openings, paced], 'tab j enter')],
	['in the Scan view with wide characters', async world => scans(world, Array.from({length: 50}, (_, port) => probed(port, verdicts.open)), 'o o o o'), wideRegistry],
	['in the Scan view, filtering', async world => scans(world, [probed(22, verdicts.open), probed(23, verdicts.closed), paced], '/ c l o s e d')],
	['in the Scan view, finding nothing', async world => scans(world, [probed(22, verdicts.open), paced], '/ z z z enter')],
	['in the Scan view, a host down', async world => scans(world, [probed(22, verdicts.unreachable), {kind: 'host', host: 0, down: {reason: 'no-answer', askedCount: 3}}])],
	['in the Scan view, a failed scan', async world => scans(world, [probed(22, verdicts.open), {...finished, status: 'failed', message: longSentence}])],
	['in the Scan view, a scan that is not kept', async world => {
		unkeep(world, await scans(world, [probed(22, verdicts.open), paced]));
	}],
	['with a scan that is not kept', async world => {
		unkeep(world, await scan(world, probed(22, verdicts.open), paced));
	}],
	['in the Local view before the first reading', world => press(world, 'L')],
	['in the Local view', async world => local(world, parsed(usualReading()))],
	['in the Local view, with connections', async world => local(world, parsed(usualReading()), 'a G')],
	['in the Local view, by process', async world => local(world, parsed(usualReading()), 't k')],
	['in the Local view, as a tree with connections', async world => local(world, parsed(usualReading()), 't t a')],
	['in the Local view, filtering', async world => local(world, parsed(usualReading()), '/ n o d e')],
	['in the Local view, finding nothing', async world => local(world, parsed(usualReading()), '/ z z z enter')],
	['in the Local view where nothing listens', async world => local(world, parsed(readingAt(0, [])))],
	['in the Local view that cannot be read', async world => local(world, rejected(longSentence))],
	['in the Local view of a user who sees no owners', async world => local(world, parsed(readingAt(0, [foundSocket(22), foundSocket(3000)], [], false)))],
	['in the Local view, after a port that nothing listens on', async world => local(world, parsed(usualReading()), '4 enter')],
	['in the Local view with 1,000 sockets and hostile names', async world => local(world, parsed(manySockets), 'G')],
	['in the Local view with 1,000 sockets, as a tree with connections', async world => local(world, parsed(manySockets), 'a t t G')],
	['in the Local view, the end of what is known of a socket', async world => local(world, parsed(manySockets), 'enter G')],
	['in the Local view, a socket zoomed', async world => local(world, parsed(manySockets), 'enter +')],
	['in the Local view, asked to stop', async world => local(world, parsed(manySockets), 'x')],
	['in the Local view, asked to stop, zoomed', async world => local(world, parsed(usualReading()), '+ x')],
	['in the Local view, refusing to stop', async world => local(world, parsed(readingAt(0, [foundSocket(22)], [], false)), 'x')],
	['in the Local view, having stopped', async world => local(world, parsed(usualReading()), 'x y')],
	['in Explore at a port that listens here', async world => local(world, parsed(usualReading()), 'p')],
];

const sizes = [[60, 16], [80, 24], [140, 40], [200, 60]] as const;

const segmenter = new Intl.Segmenter();

/** The characters of a line by their column; a wide one has an empty column after it. */
const columnsOf = (line: string): readonly string[] => Array.from(segmenter.segment(line), ({segment}) => [segment, ...Array.from({length: Math.max(0, stringWidth(segment) - 1)}, () => '')]).flat();

/** Where a frame is not as the layout says: a corner or a side that is not there. */
const brokenFrames = (lines: readonly string[], {size, view, isHelpShown, isZoomed, form, focus, scan: shownScan, local: {stop}}: State): readonly string[] => {
	const cells = lines.map(line => columnsOf(line));
	const {panes} = computeLayout(size.columns, size.rows, isZoomed ? (form === undefined ? stop === undefined ? focus : 'socket' : 'scan') : undefined, shownScan !== undefined, view);
	const help = {column: 0, row: 1, width: size.columns, height: size.rows - 2};
	return Object.entries(isHelpShown ? {help} : panes).flatMap(([name, {column, row, width, height}]) => {
		const right = column + width - 1;
		const bottom = row + height - 1;
		const sides = Array.from({length: height - 2}, (_, index) => [[row + 1 + index, column, '│┃'], [row + 1 + index, right, '│┃']] as const).flat();
		return ([[row, column, '╭┏'], [row, right, '╮┓'], [bottom, column, '╰┗'], [bottom, right, '╯┛'], ...sides] as const)
			.filter(([atRow, atColumn, signs]) => !signs.includes(cells[atRow]?.[atColumn] || 'nothing'))
			.map(([atRow, atColumn]) => `${name}: row ${atRow}, column ${atColumn}`);
	});
};

for (const [columns, rows] of sizes) {
	for (const [situation, prepare, registry = createFakeRegistry()] of situations) {
		test.serial(`${columns}×${rows} ${situation}: the frame is exactly the screen`, async t => {
			const world = await createScriptedSession({size: {columns, rows}, registry});
			await prepare(world);
			const {lines, close} = await show(world);
			close();
			t.deepEqual(world.faults, []);
			t.is(lines().length, rows);
			t.deepEqual(lines().filter(line => stringWidth(line) > columns), []);
			t.deepEqual(brokenFrames(lines(), world.session.store.getState()), [], lines().join('\n'));
			t.notRegex(lines().join(''), /[\p{Cc}\u202E]/u, 'nothing that a terminal would obey');
			t.regex(lines()[0]!, /^ portui /);
			t.regex(lines().at(-1)!, /\S/);
		});
	}
}

/** A row in hand, wherever it is in its list, and how it looks. */
const inHand: ReadonlyArray<readonly [situation: string, keys: string, looks: RegExp]> = [
	['the last port', '/ escape G', /› 65535/],
	['a port after a jump', '5432 enter', /› {2}5432/],
	['a port ten rows further', '5432 enter j j j j j j j j j j', /› {2}5442/],
	['a port ten rows back, while finding', '5432 enter / escape k k k k k k k k k k', /› {2}5422/],
	['the last match', '/ h t t p end down down down', /› {3}443/],
	['the last range', 'G', /›▸ Ephemeral/],
	['the last block', 'G right G', /› {4}65000–65535/],
	['the last result', 'shift-tab G', /› 49900 open/],
];

for (const [columns, rows] of sizes) {
	test.serial(`${columns}×${rows}: the row in hand is in sight, wherever it is`, async t => {
		const world = await createScriptedSession({size: {columns, rows}});
		await scan(world, ...openings);
		const {lines, close} = await show(world);
		for (const [situation, keys, looks] of inHand) {
			press(world, `escape escape escape ${keys}`);
			await settle();
			t.regex(lines().join('\n'), looks, situation);
		}

		close();
	});
}

for (const [columns, rows] of sizes) {
	test.serial(`${columns}×${rows}: the ports pane is full of neighbouring ports, none over another`, async t => {
		const world = await createScriptedSession({size: {columns, rows}});
		press(world, '5432 enter');
		const {lines, close} = await show(world);
		const rectangle = computeLayout(columns, rows, undefined, false).panes.ports!;
		const shownPorts = (headRows: number): readonly number[] => lines()
			.slice(rectangle.row + 1 + headRows, rectangle.row + rectangle.height - 1)
			.map(line => Number(/^[›\s]*(\d+)/.exec(columnsOf(line).slice(rectangle.column + 1).join(''))?.[1]));
		const neighbours = (count: number): readonly number[] => Array.from({length: count}, (_, index) => shownPorts(rectangle.height - 2 - count)[0]! + index);
		t.deepEqual(shownPorts(1), neighbours(innerRows(rectangle) - 1));
		press(world, '/');
		await settle();
		t.deepEqual(shownPorts(2), neighbours(innerRows(rectangle) - 2), 'a row less while something is looked for');
		close();
	});
}

for (const [columns, rows] of [[59, 16], [60, 15], [40, 10], [20, 5], [10, 2]] as const) {
	test.serial(`${columns}×${rows} is too small, and the screen says so`, async t => {
		const {lines, close} = await show(await createScriptedSession({size: {columns, rows}}));
		close();
		t.is(lines()[0], `q quits. portui needs 60×16; this is ${columns}×${rows}.`.slice(0, columns).trimEnd());
		t.true(lines().length <= rows);
		t.deepEqual(lines().slice(1).filter(line => line !== ''), []);
	});
}

test.serial('a screen that becomes large enough is drawn, one that becomes too small says so', async t => {
	const {session, ...world} = await createScriptedSession({size: {columns: 40, rows: 10}});
	const {screen, lines, close} = await show({session, ...world});
	const resize = async (columns: number, rows: number): Promise<void> => {
		Object.assign(screen, {columns, rows});
		session.store.dispatch({type: 'resized', columns, rows});
		await settle();
	};

	await resize(80, 24);
	t.is(lines().length, 24);
	t.regex(lines()[1]!, /Ranges/);
	await resize(40, 10);
	t.regex(lines()[0]!, /^q quits\. portui needs/);
	close();
});

test.serial('every frame on the way is exactly the screen', async t => {
	const world = await createScriptedSession({registry: wideRegistry});
	const {screen, type, close} = await show(world);
	for (const key of ['7\r', '\r', 'G', 'k', '+', '+', '?', 'G', '?', '/', 'w', '\r', 's']) {
		await type(key);
	}

	close();
	t.true(screen.frames.length > 10);
	for (const frame of screen.frames) {
		t.is(frame.split('\n').length, 24);
	}
});

test.serial('the help scrolls no further than it is long, so the way back begins at once', async t => {
	const {type, lines, close} = await show(await createScriptedSession());
	await type('?');
	await type('G');
	const atEnd = lines();
	await type('k');
	const before = lines();
	close();
	t.deepEqual(before.slice(3, -2), atEnd.slice(2, -3), 'a line further up');
	t.not(before[2], atEnd[2]);
});

test.serial('the detail scrolls to its end and no further, never shows nothing on the way, and the way back begins at once', async t => {
	const {screen, type, lines, close} = await show(await createScriptedSession({registry: wideRegistry}));
	/** The lines inside the pane: it has the heavy frame. */
	const detailOf = (all: readonly string[]): readonly string[] => all.slice(13, -2).map(line => line.split('┃')[1]!);
	const detail = (): readonly string[] => detailOf(lines());
	await type('7\r');
	await type('\r');
	const atStart = detail();
	screen.frames.length = 0;
	await type('G');
	const atEnd = detail();
	t.notDeepEqual(atEnd, atStart);
	t.regex(atEnd.join('').replaceAll(/\s+/g, ' '), /Sources RFC 6335 \(range\); a fake registry \(IANA\)/);
	t.regex(atEnd.at(-1)!, /standard \(browsers\)/);
	for (const frame of screen.frames) {
		t.regex(detailOf(frame.split('\n')).join(''), /\S/);
	}

	await type('k');
	t.deepEqual(detail().slice(1), atEnd.slice(0, -1), 'a line further up');
	await type('g');
	t.deepEqual(detail(), atStart);
	close();
});

test.serial('the registry is told with its date, and an empty line of search what filters there are', async t => {
	const {type, lines, close} = await show(await createScriptedSession());
	t.regex(lines().join('\n'), /Ports ── of 2026-01-31 ── \d+ names/);
	await type('/');
	t.regex(lines().join('\n'), /risk: category: range: transport: status: client:/);
	await type('s');
	t.notRegex(lines().join('\n'), /category:/);
	close();
});

test.serial('keys typed fast are all heard', async t => {
	const world = await createScriptedSession();
	const {type, lines, close} = await show(world);
	await type('1000\r');
	await type('jjjjjjjjjj');
	close();
	t.is(world.session.store.getState().port as number, 1010);
	t.regex(lines().join('\n'), /Port 1010/);
});

test.serial('what the scan found is shown with its sign, its name, and that its name is no observation', async t => {
	const world = await createScriptedSession({size: {columns: 140, rows: 40}});
	press(world, '22 enter');
	const scripted = await scan(world, probed(22, verdicts.open), probed(23, verdicts.closed), probed(80, verdicts.filtered), paced);
	const {lines, close} = await show(world);
	const running = lines().join('\n');
	await scripted.emit(finished);
	await scripted.end();
	const done = lines().join('\n');
	close();
	t.regex(running, /›\s+22 ●open\s+ssh\s+tcp\s+Secure Shell/);
	t.regex(running, /22 open\s+0\.08 ms\s+127\.0\.0\.1\s+ssh\s+Secure Shell/);
	t.regex(running, /REGISTERED FOR \(not observed\)/);
	t.regex(running, /open 1 {2}closed 1 {2}filtered 1 {2}unknown 0/);
	t.regex(running, /● open on 127\.0\.0\.1: accepted a connection/);
	t.regex(running, /localhost 0% ▕/);
	t.regex(done, /localhost complete, 1 open/);
	t.regex(done, /131,069 ports were not finished/);
});

for (const [columns, rows] of sizes) {
	test.serial(`${columns}×${rows}: that a scan is kept no longer stays beside it, whatever is pressed`, async t => {
		const world = await createScriptedSession({size: {columns, rows}});
		const scripted = await scan(world, probed(22, verdicts.open), paced);
		const {lines, type, close} = await show(world);
		t.notRegex(lines().join('\n'), /kept/);
		unkeep(world, scripted);
		await settle();
		t.regex(lines().at(-1)!, /This scan is no longer being kept/);
		await type('j');
		await scripted.emit(probed(23, verdicts.closed));
		world.advance(66);
		await settle();
		t.notRegex(lines().at(-1)!, /kept/);
		t.regex(lines()[0]!, /not kept localhost/);
		t.regex(lines().join('\n'), columns < 140 ? /Live scan ── running ── no/ : /Live scan ── running ── no longer kept: the disk is full/);
		await scripted.emit(finished);
		await scripted.end();
		await type('S');
		t.regex(lines()[0]!, /not kept localhost/);
		t.regex(lines().join('\n'), /Scan 1 of 1 ── complete \d\d:\d\d:\d\d ── no longer kept: t/);
		close();
	});
}

test.serial('a problem of the form is shown under what was typed', async t => {
	const world = await createScriptedSession();
	const {type, lines, close} = await show(world);
	for (const keys of ['s', '\u0015', 'nowhere.invalid', '\r']) {
		await type(keys);
	}

	await world.answer({ok: false, problem: {kind: 'resolve', message: 'nowhere.invalid has no address: check its spelling.'}});
	close();
	t.regex(lines().join('\n'), /›Target {2}nowhere\.invalid/);
	t.regex(lines().join('\n'), /✗ nowhere\.invalid has no address/);
});

test.serial('a field shows the place of its cursor, however long it is', async t => {
	const world = await createScriptedSession();
	press(world, 's ctrl-u');
	insertText(world.session, `first ${'日本 '.repeat(500)}last`);
	const {type, lines, close} = await show(world);
	t.regex(lines().join('\n'), /日本 last/);
	await type('\u0001');
	t.regex(lines().join('\n'), /›Target {2}first 日本/);
	close();
});

test.serial('the map: the row and the cell of the port in hand, what they hold, and a legend', async t => {
	const world = await createScriptedSession();
	press(world, 'M 8080 enter');
	const {lines, type, close} = await show(world);
	t.regex(lines()[1]!, /┏━ Map ── by assignment ── 100 ports a cell ━+┓/);
	t.regex(lines()[2]!, /^┃ {6}\+0 {8}\+1000 {5}\+2000 /);
	t.is(lines()[4]!.slice(0, 18), '┃ 7000           ⠠', 'the eleventh cell, a port in its last eighths but two');
	t.is(lines()[13], `┃ 8080 http  8000–8099: 1 assigned, 99 unassigned${' '.repeat(30)}┃`);
	t.regex(lines()[14]!, /^┃ ⣿ assigned 5 {2}blank unassigned 65,531 +┃$/);
	t.regex(lines()[16]!, /Port 8080 /);
	await type('.');
	t.regex(lines()[13]!, /^┃ 8081 {2}8000–8099: 1 assigned, 99 unassigned {2}8080 http /);
	t.regex(lines()[16]!, /Port 8081/, 'the detail follows');
	await type('c');
	t.regex(lines()[14]!, /▓ well-known 1,024 {2}▒ registered 48,128 {2}░ ephemeral 16,384/);
	close();
});

test.serial('the map lights up as the scan goes on', async t => {
	const world = await createScriptedSession();
	press(world, 'M');
	const {lines, close} = await show(world);
	const scripted = await scan(world, probed(3000, verdicts.closed), probed(10_000, verdicts.filtered), paced);
	const before = lines();
	t.regex(before[1]!, /by what the scan saw/);
	t.is(before[3]!.slice(7, 77).trim(), '⠁');
	t.is(before[4]!.slice(7, 77).trim(), '-');
	t.regex(before[14]!, /● open 0 {2}░ filtered 1 {2}⣿ closed 1 {2}blank no verdict 65,534/);
	await scripted.emit(probed(3001, verdicts.open), probed(3002, verdicts.unknown), finished);
	world.advance(66);
	await settle();
	t.is(lines()[3]!.slice(7, 77).trim(), '●');
	t.regex(lines()[14]!, /● open 1 {2}░ filtered 1 {2}\? unknown 1 {2}⣿ closed 1/);
	await scripted.end();
	close();
});

test.serial('before the registry is there the map says so, and what needs none is shown', async t => {
	const world = await createScriptedSession({loadRegistry: async () => new Promise(() => {})});
	press(world, 'M');
	const {lines, type, close} = await show(world);
	t.regex(lines()[2]!, /^┃ Loading the registry … +┃$/);
	await type('l');
	t.regex(lines()[16]!, /Port 100/);
	await type('c');
	t.regex(lines()[14]!, /▓ well-known 1,024/);
	close();
});

test.serial('the Local view shows who listens, who can reach it, what it is usually for, and marks what is new and gone', async t => {
	const world = await createScriptedSession({size: {columns: 120, rows: 30}});
	await local(world, parsed(usualReading()), '3000 enter');
	const {lines, close} = await show(world);
	const screen = lines().join('\n');
	t.regex(screen, /›\s+3000 tcp4 every interface {3}node \+1\s+812 alice\s+0\.0\.0\.0/);
	t.regex(screen, /5432 tcp6 this machine only postgres\s+900 postgres\s+::1\s+postgresql/);
	t.regex(screen, /5353 udp4 every interface {3}no process/);
	t.regex(screen, /node \(PID 812, user alice\) and 1 more listens on 0\.0\.0\.0:3000/);
	t.regex(screen, /x stop it/);
	press(world, 'r');
	await world.answerReading(parsed(readingAt(1, [foundSocket(9000)])));
	await settle();
	t.regex(lines().join('\n'), /›− {2}3000/);
	t.regex(lines().join('\n'), /\+ {2}9000/);
	close();
});

test.serial('Explore marks what listens here, as of when it was read, unless a scan says more', async t => {
	const world = await createScriptedSession({size: {columns: 140, rows: 40}});
	await local(world, parsed(usualReading()), '3000 enter p');
	const {lines, close} = await show(world);
	t.regex(lines().join('\n'), /›\s+3000 ◆here/);
	t.regex(lines().join('\n'), /Listening on this machine \(as of \d\d:\d\d:\d\d\)/);
	t.regex(lines().join('\n'), /● node \(PID 812\): tcp, every interface/);
	press(world, '3002 enter');
	await settle();
	t.regex(lines().join('\n'), /Nothing listens on it here/);
	close();
});

test.serial('the footer says x wherever there is something to stop, and what answers the question', async t => {
	for (const [columns, rows] of sizes) {
		const world = await createScriptedSession({size: {columns, rows}});
		await local(world, parsed(usualReading()));
		const {lines, close} = await show(world);
		t.regex(lines().at(-1)!, /x stop it .*\? keys {2}q quit/);
		press(world, 'x');
		await settle();
		t.regex(lines().join('\n'), /Stop these 2 processes\?/);
		t.regex(lines().at(-1)!, /y stop it {2}Esc n leave it/);
		close();
	}
});

test.serial('the Scan view shows what was found, how far each host is and why it is slow; a second scan says what the first said', async t => {
	const world = await createScriptedSession({size: {columns: 160, rows: 45}});
	const first = await scans(world, [probed(22, verdicts.open), probed(23, verdicts.closed), probed(5432, verdicts.open), ...Array.from({length: 1000}, (_, index) => probed(6000 + index, verdicts.filtered)), paced]);
	const {lines, close} = await show(world);
	const running = lines().join('\n');
	t.regex(running, /\[S Scan]/);
	t.regex(running, /› {4}22 open {5}accepted a connection 0\.08 ms {5}1 127\.0\.0\.1 +ssh/);
	t.regex(running, /127\.0\.0\.1 .* 2 {6}1 {2}1,000 {6}0 0\.10 ms localhost +running/);
	t.regex(running, /1,000 ports did not answer: each was waited for and/);
	t.regex(running, /Scan 1 of 1 ── running \d\d:\d\d:\d\d ── localhost/);
	t.notRegex(running, /BEFORE/);
	await first.emit(finished);
	await first.end();
	press(world, 'r');
	await settle();
	const second = createScriptedScan();
	await world.answer({ok: true, scan: second.scan});
	await second.emit(scanEvents({portCount: 65_536, hosts: [{target: 'localhost', address: '127.0.0.1'}, {target: 'localhost', address: '::1'}]})[0]!, probed(22, verdicts.open), probed(23, verdicts.open), probed(5432, verdicts.closed), probed(80, verdicts.open), paced);
	world.advance(66);
	await settle();
	const compared = lines().join('\n');
	close();
	t.regex(compared, /Scan 2 of 2/);
	t.regex(compared, /23 open .* was closed +127\.0\.0\.1/);
	t.regex(compared, /80 open .* no verdict +127\.0\.0\.1/);
	t.regex(compared, /5432 closed .* was open +127\.0\.0\.1/);
	t.regex(compared, /22 open +accepted a connection 0\.08 ms +1 +127\.0\.0\.1/, 'nothing where nothing differs');
});

/** A history with one scan of every kind; the newest is the first of the list. */
const manyKept: readonly KeptScript[] = [
	{targets: ['old.example', '10.0.0.0/24'], targetCount: 30, hostCount: 257, ports: 'top100', note: 'before the move\u001B[2J'},
	{isDamaged: true},
	{status: 'torn', targets: ['日本語.example\u202E'], counts: undefined},
	{status: 'interrupted', isPinned: true, note: 'x'.repeat(200)},
	{status: 'failed', ports: '1,2,3,'.repeat(200)},
	{status: 'running'},
	{found: {probed: [Object.fromEntries(Array.from({length: 300}, (_, index) => [index * 7, verdicts.open]))]}, continues: idAt(3)},
];

/** A session in the History view, after keys that come one after another. */
const past = async (scripts: readonly KeptScript[], size: State['size'], keys = '', history: Partial<HistoryWorld> = {}): Promise<ScriptedSession> => {
	const world = await createScriptedSession({size, loadHistory: async () => ({...createKeptWorld(scripts), ...history})});
	for (const key of ['H', ...keys.split(' ').filter(each => each !== '')]) {
		press(world, key);
		// A reading is a few turns, each of them promised.
		for (let turn = 0; turn < 12; turn++) {
			await settle();
		}
	}

	return world;
};

const pasts: ReadonlyArray<readonly [situation: string, scripts: readonly KeptScript[], keys: string, history?: Partial<HistoryWorld>]> = [
	['nothing kept', [], ''],
	['before it is read', manyKept, '', {list: async () => new Promise(() => {})}],
	['that cannot be read', manyKept, '', {list: async () => rejected(longSentence)}],
	['with scans of every kind', manyKept, ''],
	['at its last scan', manyKept, 'G'],
	['with the list zoomed', manyKept, '+'],
	['filtering', manyKept, '/ h o s t'],
	['finding nothing', manyKept, '/ z z z enter'],
	['with a scan of 300 open ports', manyKept, 'enter'],
	['at the end of a scan of 300 open ports', manyKept, 'enter G'],
	['with a scan zoomed', manyKept, 'enter +'],
	['with a scan that is damaged', manyKept, 'G k enter'],
	['with wide characters and orders to the terminal', manyKept, 'G k k enter'],
	['with two scans compared', manyKept, 'space G d'],
	['with a note being typed', manyKept, 'G m'],
	['with a scan removed', manyKept, 'x'],
];

for (const [columns, rows] of [[60, 16], [80, 24], [160, 45]] as const) {
	for (const [situation, scripts, keys, history] of pasts) {
		test.serial(`${columns}×${rows} in the History view, ${situation}: the frame is exactly the screen`, async t => {
			const world = await past(scripts, {columns, rows}, keys, history);
			const {lines, close} = await show(world);
			close();
			t.deepEqual(world.faults, []);
			t.is(lines().length, rows);
			t.deepEqual(lines().filter(line => stringWidth(line) > columns), []);
			t.deepEqual(brokenFrames(lines(), world.session.store.getState()), [], lines().join('\n'));
			t.notRegex(lines().join(''), /[\p{Cc}\u202E]/u, 'nothing that a terminal would obey');
			t.regex(lines()[0]!, /^ portui .*\[H History]/);
		});
	}

	test.serial(`${columns}×${rows}: the panes of the History view say in words and signs what is kept`, async t => {
		const world = await past([
			{}, {isDamaged: true}, {status: 'torn'}, {status: 'interrupted', isPinned: true}, {status: 'failed'}, {status: 'running'},
			{continues: idAt(3), found: {probed: [{22: verdicts.open, 80: verdicts.open}], portCount: 2}},
		], {columns, rows});
		const {lines, type, close} = await show(world);
		const text = (): string => lines().join('\n');
		const wait = async (keys: string): Promise<string> => {
			for (const key of keys) {
				await type(key);
			}

			for (let turn = 0; turn < 12; turn++) {
				await settle();
			}

			return text();
		};

		t.regex(text(), /Kept scans ── 7 scans ── \* pinned/);
		t.regex(text(), /› +2026-01-31 \d\d:\d\d host-6 .*complete +6/);
		t.regex(text(), /[╭┏][─━] Scan 00000006/);
		t.regex(text(), /host-5 .*running/);
		t.regex(await wait('jjj'), /› {2}\* .*interrupted/);
		t.regex(text(), /It was interrupted/);
		t.regex(text(), /went on with it/);
		t.regex(await wait('j'), /› .*cut short/);
		t.regex(text(), /R resume/);
		t.regex(await wait('j'), /› .*damaged/);
		t.regex(await wait('G '), /› *\+/);
		t.regex(text(), /marked/);
		t.regex(await wait('gd'), /Two scans compared/);
		t.regex(await wait('G'), /\+ 80 .*opened, was closed/);
		close();
	});

	test.serial(`${columns}×${rows}: a history that is empty, or cannot be read, says so in place of a list`, async t => {
		const empty = await show(await past([], {columns, rows}));
		empty.close();
		t.regex(empty.lines().join('\n'), /No scan is kept yet/);
		t.notRegex(empty.lines().join('\n'), /0 scans/);
		const failed = await show(await past(manyKept, {columns, rows}, '', {list: async () => rejected('The history in "/root/scans" cannot be read: there is no permission (EACCES).')}));
		failed.close();
		const words = failed.lines().map(line => line.replaceAll(/[│┃]/g, '').trim()).join(' ');
		t.regex(words, /The history in "\/root\/scans" cannot be read: +there is no permission \(EACCES\)\./);
		t.notRegex(words, /No scan is kept yet/);
	});
}
