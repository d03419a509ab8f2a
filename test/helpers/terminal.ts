import {Buffer} from 'node:buffer';
import {readSync} from 'node:fs';
import {createRequire} from 'node:module';
import type {Socket} from 'node:net';
import {constants, devNull} from 'node:os';
import process from 'node:process';
import {spawn, type IPty} from '@lydell/node-pty';
import type {IBufferCell} from '@xterm/headless';
import stringWidth from 'string-width';

// `@xterm/headless` is CommonJS whose names Node cannot see from an `import`.
const xterm = createRequire(import.meta.url)('@xterm/headless') as typeof import('@xterm/headless');

export type TerminalOptions = {
	readonly command: string;
	readonly args?: readonly string[];
	/** Default 100. */
	readonly columns?: number;
	/** Default 30. */
	readonly rows?: number;
	/** Added to the clean environment; `undefined` takes a variable away. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** Default: the current directory. */
	readonly cwd?: string;
};

/** How a program ended: with a code, or by a signal. */
export type TerminalExit = {readonly code: number | undefined; readonly signal: NodeJS.Signals | undefined};

export type WaitOptions = {
	/** Default 20,000. */
	readonly timeoutMs?: number;
	/** What is awaited, for the message of a wait in vain. */
	readonly description?: string;
};

export type Expectation = string | RegExp | ((screen: readonly string[]) => boolean);

/** How a cell is drawn. A colour is a palette number, a `#rrggbb`, or undefined for the terminal's own. */
export type CellStyle = {
	readonly character: string;
	readonly foreground: number | string | undefined;
	readonly background: number | string | undefined;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isItalic: boolean;
	readonly isUnderlined: boolean;
	readonly isInverse: boolean;
};

export type Terminal = {
	readonly pid: number;
	readonly exit: Promise<TerminalExit>;
	/**
	Waits for the program to end by itself.

	@throws Error with the screen as drawn, when time is up.
	*/
	waitForExit(options?: WaitOptions): Promise<TerminalExit>;
	/** The visible rows, top to bottom, without trailing blanks; always as many as the terminal is high. */
	screen(): string[];
	/** The visible rows as one text. */
	text(): string;
	/** How the cell at a row and column of the screen is drawn, both counted from 0. */
	cellStyle(row: number, column: number): CellStyle;
	/** Where the cursor is on the screen, both counted from 0. */
	cursor(): {readonly row: number; readonly column: number};
	/**
	Sends keys: names (`up`, `shift-tab`, `ctrl-c`, …) or literal text.

	A program tells Esc from the start of a sequence by time alone: after `press('escape')` wait for what Esc does before pressing on.
	*/
	press(...keys: string[]): void;
	/** Sends text as typed, also where it is the name of a key. */
	type(text: string): void;
	resize(columns: number, rows: number): void;
	/**
	Waits until the screen is as expected, looking again after everything the terminal has parsed.

	Does not look while the program holds a frame back (synchronised output, mode 2026), so a half-drawn frame is not taken for a whole one.

	@returns The screen that was as expected.
	@throws Error with the screen as drawn, when time is up or the program has ended before.
	*/
	waitFor(expectation: Expectation, options?: WaitOptions): Promise<string[]>;
	/** Everything the program has written so far, escape sequences included. */
	raw(): string;
	isAlternateScreen(): boolean;
	isCursorVisible(): boolean;
	/** Sends a signal to the program; nothing happens when it has ended. */
	kill(signal?: NodeJS.Signals): void;
	/** Ends the program, by force where it does not obey, and frees everything. May be called twice. */
	close(): Promise<void>;
};

type Waiter = {
	readonly isMet: (screen: readonly string[]) => boolean;
	readonly settle: (outcome: 'met' | 'timed-out' | 'ended') => void;
};

/** What xterm sends for a key; the keys of the cursor differ when a program asked for application mode (DECCKM). */
const cursorKeys = new Map([['up', 'A'], ['down', 'B'], ['right', 'C'], ['left', 'D'], ['home', 'H'], ['end', 'F']]);

const otherKeys = new Map([
	['enter', '\r'],
	['escape', '\u001B'],
	['tab', '\t'],
	['shift-tab', '\u001B[Z'],
	['backspace', '\u007F'],
	['delete', '\u001B[3~'],
	['pageup', '\u001B[5~'],
	['pagedown', '\u001B[6~'],
	['space', ' '],
]);

const defaultTimeoutMs = 20_000;

/** How long a program may take to end itself after the hang-up. */
const graceMs = 1000;

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name as NodeJS.Signals]));

/** The bytes of a key by its name; what is not a name is literal text. */
export const encodeKey = (key: string, isApplicationMode = false): string => {
	const final = cursorKeys.get(key);
	if (final !== undefined) {
		return `\u001B${isApplicationMode ? 'O' : '['}${final}`;
	}

	const control = /^ctrl-([a-z])$/.exec(key)?.[1];
	if (control !== undefined) {
		return String.fromCodePoint(control.codePointAt(0)! & 0x1F);
	}

	return otherKeys.get(key) ?? key;
};

/**
The environment a program under test starts from.

Nothing of the caller's comes along but where programs and the home are: `CI` would make Ink draw only the last frame, `NO_COLOR` or `COLORTERM` would change colours from machine to machine.
*/
export const cleanEnvironment = (extra: Readonly<Record<string, string | undefined>> = {}): Record<string, string> => {
	const wanted: Record<string, string | undefined> = {
		PATH: process.env['PATH'],
		HOME: process.env['HOME'],
		// What tests scan is nobody's history.
		PORTUI_NO_HISTORY: '1',
		PORTUI_CONFIG: devNull,
		TERM: 'xterm-256color',
		LANG: 'C.UTF-8',
		...extra,
	};

	return Object.fromEntries(Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined));
};

const drawScreen = (screen: readonly string[], columns: number): string => {
	const edge = '─'.repeat(columns);
	const rows = screen.map(row => `│${row}${' '.repeat(Math.max(0, columns - stringWidth(row)))}│`);
	return [`┌${edge}┐`, ...rows, `└${edge}┘`].join('\n');
};

const describeExpectation = (expectation: Expectation): string => {
	if (typeof expectation === 'string') {
		return JSON.stringify(expectation);
	}

	return expectation instanceof RegExp ? String(expectation) : 'the screen to be as expected';
};

const toPredicate = (expectation: Expectation): Waiter['isMet'] => {
	if (typeof expectation === 'function') {
		return expectation;
	}

	if (typeof expectation === 'string') {
		return screen => screen.join('\n').includes(expectation);
	}

	// A sticky or global expression remembers where it stopped; `search` does not.
	return screen => screen.join('\n').search(expectation) !== -1;
};

const readColour = (isDefault: boolean, isRgb: boolean, value: number): number | string | undefined => {
	if (isDefault) {
		return undefined;
	}

	return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
};

const readStyle = (cell: IBufferCell): CellStyle => ({
	character: cell.getChars(),
	foreground: readColour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
	background: readColour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
	isBold: cell.isBold() !== 0,
	isDim: cell.isDim() !== 0,
	isItalic: cell.isItalic() !== 0,
	isUnderlined: cell.isUnderline() !== 0,
	isInverse: cell.isInverse() !== 0,
});

/** Follows the cursor's visibility (DECTCEM, mode 25), which xterm obeys but does not tell. */
const followCursorVisibility = (display: InstanceType<typeof xterm.Terminal>): (() => boolean) => {
	let isVisible = true;
	for (const [final, value] of [['h', true], ['l', false]] as const) {
		display.parser.registerCsiHandler({prefix: '?', final}, parameters => {
			if (parameters.includes(25)) {
				isVisible = value;
			}

			return false;
		});
	}

	return () => isVisible;
};

/** xterm's own tables are those of Unicode 6, where emoji are narrow; today's terminals draw them two columns wide. */
const useCurrentWidths = (display: InstanceType<typeof xterm.Terminal>): void => {
	const widths = new Map<number, 0 | 1 | 2>();
	const wcwidth = (codePoint: number): 0 | 1 | 2 => {
		let width = widths.get(codePoint);
		if (width === undefined) {
			width = Math.min(2, stringWidth(String.fromCodePoint(codePoint))) as 0 | 1 | 2;
			widths.set(codePoint, width);
		}

		return width;
	};

	display.unicode.register({
		version: 'current',
		wcwidth,
		// The encoding xterm reads: width in bits 1 and 2, "belongs to the character before" in bit 0.
		charProperties(codePoint, preceding) {
			const width = wcwidth(codePoint);
			const precedingWidth = (preceding >> 1) & 3;
			return width === 0 && precedingWidth > 0 ? (precedingWidth << 1) | 1 : width << 1;
		},
	});
	display.unicode.activeVersion = 'current';
};

/** A pseudo-terminal holds some 64 kB at most; more than this on the way out is a program that never stops. */
const lastWordsBytes = 1024 * 1024;

/**
Hands on what is left to read when a program has ended, before node-pty closes the terminal.

At a hang-up libuv takes a read that did not fill its buffer for the last one, but a pseudo-terminal gives 4,095 bytes at a time: the rest would be lost. The same goes for node-pty itself, which closes 200 ms after the exit, read or not.
*/
const keepLastWords = (program: IPty, onData: (chunk: Uint8Array) => void): void => {
	const {_socket: socket, _fd: descriptor} = program as unknown as {readonly _socket: Socket; readonly _fd: number};
	const destroy = socket.destroy.bind(socket);
	let isDone = false;

	const readRest = (): void => {
		try {
			for (let total = 0; total < lastWordsBytes;) {
				const buffer = new Uint8Array(4096);
				const length = readSync(descriptor, buffer);
				if (length === 0) {
					return;
				}

				total += length;
				onData(buffer.subarray(0, length));
			}
		} catch {
			// EIO is the end of a pseudo-terminal, EAGAIN that nothing waits.
		}
	};

	socket.destroy = error => {
		if (!isDone) {
			isDone = true;
			readRest();
		}

		return destroy(error);
	};
};

/**
Runs a program in a real pseudo-terminal, with a headless xterm as its screen.

Close it in the test's teardown: the program is ended whatever became of the test.
*/
export const openTerminal = ({command, args = [], columns = 100, rows = 30, env, cwd = process.cwd()}: TerminalOptions): Terminal => {
	const display = new xterm.Terminal({cols: columns, rows, scrollback: 1000, allowProposedApi: true});
	useCurrentWidths(display);
	const isCursorVisible = followCursorVisibility(display);

	const program = spawn(command, [...args], {
		name: env?.['TERM'] ?? 'xterm-256color',
		cols: columns,
		rows,
		cwd,
		env: cleanEnvironment(env),
		// Bytes: a character may be split between two reads, and `raw()` is to have it whole.
		encoding: null,
	});

	const chunks: Uint8Array[] = [];
	// Not xterm's own decoder: version 6 loses a character whose bytes come in two reads when the first part ends in 0x80, as that of `–` does.
	const decoder = new TextDecoder();
	const waiters = new Set<Waiter>();
	let ended: TerminalExit | undefined;

	const screen = (): string[] => {
		const buffer = display.buffer.active;
		return Array.from({length: display.rows}, (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true).trimEnd() ?? '');
	};

	const checkWaiters = (): void => {
		if (waiters.size === 0 || (display.modes.synchronizedOutputMode && ended === undefined)) {
			return;
		}

		const current = screen();
		for (const waiter of waiters) {
			if (waiter.isMet(current)) {
				waiter.settle('met');
			}
		}
	};

	const receive = (chunk: Uint8Array): void => {
		chunks.push(chunk);
		display.write(decoder.decode(chunk, {stream: true}), checkWaiters);
	};

	const listening = program.onData(chunk => {
		receive(chunk as unknown as Uint8Array);
	});
	keepLastWords(program, receive);

	// What xterm answers to a program's questions (where is the cursor, which terminal are you) goes back as typed.
	const answering = display.onData(answer => {
		if (ended === undefined) {
			program.write(answer);
		}
	});

	const exit = new Promise<TerminalExit>(resolve => {
		program.onExit(({exitCode, signal}) => {
			const signalName = signal === undefined ? undefined : signalNames.get(signal);
			const result = {code: signalName === undefined ? exitCode : undefined, signal: signalName};
			ended = result;
			// Writes are parsed in order, so after an empty one the last words are on the screen.
			display.write('', () => {
				checkWaiters();
				for (const waiter of waiters) {
					waiter.settle('ended');
				}

				resolve(result);
			});
		});
	});

	const write = (text: string): void => {
		if (ended === undefined) {
			program.write(text);
		}
	};

	const failure = (expectation: Expectation, {description = describeExpectation(expectation)}: WaitOptions, reason: string): Error =>
		new Error(`${reason} while waiting for ${description}. The screen, ${display.cols}×${display.rows}:\n${drawScreen(screen(), display.cols)}`);

	const endedReason = ({code, signal}: TerminalExit): string => `${command} ended ${signal === undefined ? `with code ${code}` : `by ${signal}`}`;

	const waitFor = async (expectation: Expectation, options: WaitOptions = {}): Promise<string[]> => {
		const {timeoutMs = defaultTimeoutMs} = options;
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				waiter.settle('timed-out');
			}, timeoutMs);

			const predicate = toPredicate(expectation);
			const waiter: Waiter = {
				isMet(current) {
					try {
						return predicate(current);
					} catch (error) {
						// A predicate that throws would otherwise surface inside xterm's parser, where no test sees it.
						clearTimeout(timer);
						waiters.delete(waiter);
						reject(error);
						return false;
					}
				},
				settle(outcome) {
					clearTimeout(timer);
					waiters.delete(waiter);
					if (outcome === 'met') {
						resolve(screen());
					} else {
						reject(failure(expectation, options, outcome === 'ended' && ended !== undefined ? endedReason(ended) : `${timeoutMs} ms passed`));
					}
				},
			};

			waiters.add(waiter);
			checkWaiters();
			if (ended !== undefined && waiters.has(waiter)) {
				// The last words may still be on their way through the parser.
				void exit.then(() => {
					waiter.settle('ended');
				});
			}
		});
	};

	const waitForExit = async (options: WaitOptions = {}): Promise<TerminalExit> => {
		const {timeoutMs = defaultTimeoutMs} = options;
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<never>((_, reject) => {
			timer = setTimeout(() => {
				reject(failure(() => false, {description: 'the program to end', ...options}, `${timeoutMs} ms passed`));
			}, timeoutMs);
		});
		try {
			return await Promise.race([exit, late]);
		} finally {
			clearTimeout(timer);
		}
	};

	const signalGroup = (signal: NodeJS.Signals): void => {
		if (ended !== undefined) {
			return;
		}

		try {
			// A program in a pseudo-terminal leads its own process group.
			process.kill(-program.pid, signal);
		} catch {
			// It ended between the check and the call.
		}
	};

	const endProgram = async (): Promise<void> => {
		signalGroup('SIGHUP');
		const force = setTimeout(() => {
			signalGroup('SIGKILL');
		}, graceMs);
		let giveUp: NodeJS.Timeout | undefined;
		await Promise.race([
			exit,
			new Promise<void>(resolve => {
				giveUp = setTimeout(resolve, 3 * graceMs);
			}),
		]);
		clearTimeout(force);
		clearTimeout(giveUp);
		for (const waiter of waiters) {
			waiter.settle('ended');
		}

		listening.dispose();
		answering.dispose();
		display.dispose();
	};

	let closing: Promise<void> | undefined;

	return {
		pid: program.pid,
		exit,
		waitForExit,
		screen,
		text: () => screen().join('\n'),
		cellStyle(row, column) {
			const buffer = display.buffer.active;
			const cell = buffer.getLine(buffer.baseY + row)?.getCell(column);
			if (cell === undefined) {
				throw new RangeError(`no cell at row ${row}, column ${column} of ${display.cols}×${display.rows}`);
			}

			return readStyle(cell);
		},
		cursor: () => ({row: display.buffer.active.cursorY, column: display.buffer.active.cursorX}),
		press(...keys) {
			for (const key of keys) {
				write(encodeKey(key, display.modes.applicationCursorKeysMode));
			}
		},
		type: write,
		resize(newColumns, newRows) {
			display.resize(newColumns, newRows);
			if (ended === undefined) {
				program.resize(newColumns, newRows);
			}
		},
		waitFor,
		raw: () => Buffer.concat(chunks).toString(),
		isAlternateScreen: () => display.buffer.active.type === 'alternate',
		isCursorVisible,
		kill(signal = 'SIGTERM') {
			if (ended === undefined) {
				program.kill(signal);
			}
		},
		async close() {
			closing ??= endProgram();
			return closing;
		},
	};
};
