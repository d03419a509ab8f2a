#!/usr/bin/env node
import type {CheckOptions} from './source/commands/check-options.ts';
import type {Config} from './source/config/config.ts';
import type {ReadConfig} from './source/io/read-config.ts';
import type {Invocation} from './source/commands/arguments.ts';
import type {HistoryOptions} from './source/commands/history-options.ts';
import type {ScreenSurroundings} from './source/commands/screen.ts';
import type {Surroundings} from './source/commands/surroundings.ts';
import type {UpdateOptions} from './source/commands/update-options.ts';
import type {Registry} from './source/registry/registry.ts';
import type {ScanHistory} from './source/io/scan-history.ts';
import type {ProgramName} from './source/scan/engine-name.ts';
import type {StartProgram, StartScan} from './source/scan/scan-plan.ts';
import type {StartVia} from './source/io/start-via.ts';
import type {RequestScan} from './source/scan/scan-request.ts';
import type {HistoryWorld} from './source/store/history-world.ts';
import type {ScreenOptions} from './source/ui/run-screen.tsx';

// This file runs before it is known that Node is new enough: it imports nothing at its top, and its syntax is older than that of the rest.

const {stdin, stdout, stderr, env: environment} = process;

/** The oldest Node that is tested, as major and minor version. */
const oldestNode = [20, 20] as const;

/** Signals that ask to end. Whichever it was, the exit code is the one of an interrupted program, 128 + SIGINT. */
const endingSignals = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;
const interruptedExitCode = 130;

const isNodeTooOld = (): boolean => {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	return major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
};

/** Ends the process at once, but not before what was said has left. */
const end = (exitCode: number, lastWords = ''): void => {
	stderr.write(lastWords, () => process.exit(exitCode));
};

/** Undoes what the screen did to the terminal; nothing while there is no screen. */
let restoreTerminal = (): void => {};

/** What file and environment set; empty until they are read. */
let config: Config = new Map();

const isBundle = (): boolean => import.meta.url.endsWith('.js');

const readVersion = async (): Promise<string> => {
	const {readFile} = await import('node:fs/promises');
	const text = await readFile(new URL(isBundle() ? '../package.json' : 'package.json', import.meta.url), 'utf8');
	return (JSON.parse(text) as {readonly version: string}).version;
};

/** The signal that ends a scan or the screen in good order; a second one ends the process there and then. */
const listenForSignals = (): AbortSignal => {
	const controller = new AbortController();
	for (const name of endingSignals) {
		process.on(name, () => {
			if (controller.signal.aborted) {
				process.exit(interruptedExitCode);
			}

			controller.abort(interruptedExitCode);
		});
	}

	return controller.signal;
};

/** Loads the registry: that of the last update, else the built-in one. Not before it is asked for. */
const loadRegistry = async (): Promise<Registry> => {
	const registry = await import('./cli/registry.ts');
	return registry.loadRegistry(registry.createRegistryStore().read);
};

/** The registry for a command; the screen tells what is wrong with it in its own way. */
const loadRegistryAloud = async (): Promise<Registry> => {
	const registry = await loadRegistry();
	if (registry.problem !== undefined) {
		stderr.write(`${registry.problem}\n`);
	}

	return registry;
};

/** Loads what fetches, reads, checks and keeps a registry: for this command alone. */
const runUpdate = async (options: UpdateOptions): Promise<number> => {
	const [update, {createRegistryStore, loadShownRegistry}] = await Promise.all([import('./cli/update.ts'), import('./cli/registry.ts')]);
	return update.runUpdate(options, {
		stdout,
		stderr,
		signal: listenForSignals(),
		loadRegistry,
		loadBuiltIn: async () => loadShownRegistry(undefined),
		createShown: loadShownRegistry,
		fetchSource: update.fetchSource,
		readSource: update.readSource,
		store: createRegistryStore(),
		now: () => new Date(),
	});
};

/** Loads what runs a scan: sockets and the worker thread, which always runs built code. */
const loadStartScan = async (): Promise<StartScan> => {
	const {scanInWorker} = await import('./cli/scanning.ts');
	return scanInWorker(new URL(isBundle() ? 'scan-worker.js' : 'dist/scan-worker.js', import.meta.url));
};

/** Loads what turns a request into a scan: name servers, what may be scanned. ssh may ask on the terminal where `mayAsk` says so. */
const loadRequestScan = async (mayAsk = false): Promise<(registry: Registry) => RequestScan> => {
	const [{createRequestScan}, startScan] = await Promise.all([import('./cli/scanning.ts'), loadStartScan()]);
	/** Loaded when they are asked for. */
	const programs: Readonly<Record<ProgramName, StartProgram>> = {
		async nmap(plan) {
			const {startNmap, followNmap} = await import('./cli/engines.ts');
			return startNmap(followNmap)(plan);
		},
		async masscan(plan) {
			const {startMasscan, followMasscan} = await import('./cli/engines.ts');
			return startMasscan(followMasscan)(plan);
		},
	};
	const startVia: StartVia = async (...order) => {
		const {createStartVia, followNmap, readNmapHosts, followPortui, readPortuiStart} = await import('./cli/engines.ts');
		return createStartVia({readers: {followNmap, readNmapHosts, followPortui, readPortuiStart}, mayAsk})(...order);
	};

	return registry => createRequestScan({registry, startScan, programs, startVia});
};

/** Loads what keeps scans: as many as the config says. */
const loadHistory = async (): Promise<ScanHistory> => {
	const [{createScanHistory, retention}, {numberOf}] = await Promise.all([import('./cli/scanning.ts'), import('./cli/start.ts')]);
	return createScanHistory(undefined, {scans: numberOf(config, 'history.scans', retention.scans), bytes: numberOf(config, 'history.bytes', retention.bytes)});
};

/** The same, with every scan kept in the history, unless that is not wanted. */
const loadKeptRequestScan = async (isUnkept: boolean, mayAsk: boolean): Promise<Surroundings['createRequestScan']> => {
	const [createRequestScan, {keepingScans}] = await Promise.all([loadRequestScan(mayAsk), import('./cli/scanning.ts')]);
	if (isUnkept) {
		return createRequestScan;
	}

	const history = await loadHistory();
	return (registry, tell) => keepingScans(createRequestScan(registry), history, tell);
};

/** Loads what reads, shows and goes on with the scans that were kept. */
const runHistoryCommand = async (options: HistoryOptions): Promise<number> => {
	const [{runHistory}, history, {ask, isOn}, {isProcessRunning, nameScan}, startScan] = await Promise.all([import('./cli/documents.ts'), loadHistory(), import('./cli/start.ts'), import('./cli/scanning.ts'), loadStartScan()]);
	return runHistory(options, {
		stdout,
		stderr,
		signal: listenForSignals(),
		loadRegistry: loadRegistryAloud,
		ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
		history,
		isKeeping: isOn(config, 'history.keep', true),
		startScan,
		nameScan,
		isRunning: isProcessRunning,
		now: Date.now,
	});
};

/** Loads what reads a policy, scans what it names and judges it. */
const runCheckCommand = async (options: CheckOptions): Promise<number> => {
	const [{runCheck, longestPolicy, readTextFile}, {ask}, createRequestScan] = await Promise.all([import('./cli/documents.ts'), import('./cli/start.ts'), loadKeptRequestScan(options.isUnkept, false)]);
	const signal = listenForSignals();
	return runCheck(options, {
		stdout,
		stderr,
		signal,
		loadRegistry: loadRegistryAloud,
		createRequestScan,
		ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
		async readText(file) {
			const read = await readTextFile(file, {mostBytes: longestPolicy, signal});
			return read.ok ? {ok: true, value: read.value.text} : read;
		},
	});
};

/** Whether standard output is a terminal that shows links (OSC 8). */
const hasLinks = async (): Promise<boolean> => stdout.isTTY && (await import('supports-hyperlinks')).createSupportsHyperlinks(stdout);

/** Loads what reads the sockets and addresses of this machine, and what stops the processes that hold them. */
const loadLocal = async (): Promise<Pick<ScreenOptions, 'localSockets' | 'stopWorld' | 'ownAddresses'>> => {
	const {createLocalSockets, createProcessControl, ownAddresses, readStopSurroundings} = await import('./cli/local.ts');
	const localSockets = createLocalSockets({workerUrl: new URL(isBundle() ? 'local-worker.js' : 'dist/local-worker.js', import.meta.url)});
	return {localSockets, ownAddresses, stopWorld: {control: createProcessControl(localSockets), readSurroundings: readStopSurroundings}};
};

/** Loads what reads the kept scans for the screen. */
const loadScreenHistory = async (isUnkept: boolean, exclude: readonly string[]): Promise<HistoryWorld> => {
	const [{createScreenHistory}, history, {nameScan}, startScan] = await Promise.all([import('./cli/screen.ts'), loadHistory(), import('./cli/scanning.ts'), loadStartScan()]);
	return createScreenHistory({
		history,
		isKeeping: !isUnkept,
		exclude,
		startScan,
		nameScan,
	});
};

const show: ScreenSurroundings['show'] = async ({request, opened = [], hasColor, isUnkept, scanDefaults}) => {
	const [{readClientRange, runScreen, systemClock}, createRequestScan, createReachScan, isLinking, local] = await Promise.all([
		import('./cli/screen.ts'),
		loadKeptRequestScan(isUnkept === true, false),
		loadRequestScan(),
		hasLinks(),
		loadLocal(),
	]);
	const {value: firstView} = config.get('screen.view') || {value: undefined};
	return runScreen({
		request,
		opened,
		scanDefaults,
		firstView: typeof firstView === 'string' ? firstView : undefined,
		clock: systemClock,
		loadRegistry,
		createRequestScan,
		createReachScan,
		readClientRange,
		...local,
		loadHistory: async () => loadScreenHistory(isUnkept === true, (scanDefaults && scanDefaults.exclude) || []),
		hasColor,
		hasLinks: isLinking,
		signal: listenForSignals(),
		onShown(restore) {
			restoreTerminal = restore;
		},
	});
};

const say = async (text: string): Promise<number> => {
	const {exitCodes, writeAll} = await import('./cli/start.ts');
	await writeAll(stdout, text);
	return exitCodes.done;
};

/** Invocations that do not depend on what is set, and so go on where a config is wrong. */
const withoutConfig: ReadonlySet<Invocation['kind']> = new Set(['help', 'version', 'completion', 'config']);

const run = async (invocation: Invocation, read: ReadConfig): Promise<number> => {
	switch (invocation.kind) {
		case 'help': {
			return say(invocation.text);
		}

		case 'version': {
			return say(`${await readVersion()}\n`);
		}

		case 'scan': {
			const [{runScanCommand}, {ask}] = await Promise.all([import('./cli/scanning.ts'), import('./cli/start.ts')]);
			const isTerminal = stdin.isTTY && stderr.isTTY;
			return runScanCommand(invocation.options, {stdout, stderr, signal: listenForSignals(), loadRegistry: loadRegistryAloud, createRequestScan: await loadKeptRequestScan(invocation.options.isUnkept === true, isTerminal), ask: isTerminal ? ask : undefined});
		}

		case 'lookup': {
			const {readClientRange, runLookup} = await import('./cli/lookup.ts');
			return runLookup(invocation.options, {stdout, stderr, loadRegistry: loadRegistryAloud, readClientRange, hasLinks: await hasLinks()});
		}

		case 'completion': {
			const {formatCompletion} = await import('./cli/start.ts');
			return say(formatCompletion(invocation.shell, (await loadRegistry()).listFilters()));
		}

		case 'config': {
			const {runConfig} = await import('./cli/start.ts');
			return runConfig(invocation.options, {stdout, stderr, path: read.file && read.file.path, config: read.config});
		}

		case 'history': {
			return runHistoryCommand(invocation.options);
		}

		case 'open': {
			const [{runOpen}, {isOn}, history] = await Promise.all([import('./cli/documents.ts'), import('./cli/start.ts'), loadHistory()]);
			return runOpen(invocation.options, {
				stdin, stdout, stderr, environment, signal: listenForSignals(), loadRegistry: loadRegistryAloud, history,
				show: async options => show({request: undefined, ...(isOn(config, 'history.keep', true) ? {} : {isUnkept: true}), ...options}),
			});
		}

		case 'diff': {
			const [{runDiff}, history] = await Promise.all([import('./cli/documents.ts'), loadHistory()]);
			return runDiff(invocation.options, {stdout, stderr, signal: listenForSignals(), loadRegistry: loadRegistryAloud, history});
		}

		case 'check': {
			return runCheckCommand(invocation.options);
		}

		case 'update': {
			return runUpdate(invocation.options);
		}

		case 'local': {
			const {createLocalSockets, createProcessControl, ownAddresses, runHook, runLocal} = await import('./cli/local.ts');
			const sockets = createLocalSockets();
			return runLocal(invocation.options, {
				stdout,
				stderr,
				signal: listenForSignals(),
				loadRegistry,
				sockets,
				// What most listings do not need is not loaded for them.
				loadReach: async () => ({ownAddresses, createRequestScan: await loadRequestScan()}),
				runHook,
				wait: createProcessControl(sockets).wait,
			});
		}

		case 'free': {
			const [{createLocalSockets, createProcessControl, readStopSurroundings, runFree}, {ask}] = await Promise.all([import('./cli/local.ts'), import('./cli/start.ts')]);
			const sockets = createLocalSockets();
			const isTerminal = stdin.isTTY && stderr.isTTY;
			return runFree(invocation.options, {stdout, stderr, signal: listenForSignals(), sockets, control: createProcessControl(sockets), readStopSurroundings, ask: isTerminal ? ask : undefined});
		}

		case 'screen': {
			const {runScreenCommand} = await import('./cli/start.ts');
			return runScreenCommand(invocation.options, {stdin, stdout, stderr, environment, loadRegistry, show});
		}
	}
};

const main = async (): Promise<void> => {
	// A reader that went away (`| head -1`) is no error, and what it does not read is not worth finishing.
	stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') {
			throw error;
		}
	});
	stderr.on('error', () => {});

	const {parseArguments, printable, readConfig} = await import('./cli/start.ts');
	const read = await readConfig(environment);
	config = read.config.ok ? read.config.value : config;
	const invocation = parseArguments(process.argv.slice(2), config);
	if (invocation.ok && !read.config.ok && !withoutConfig.has(invocation.value.kind)) {
		end(2, `${printable(read.config.message)}\n`);
	} else if (invocation.ok) {
		end(await run(invocation.value, read));
	} else {
		end(2, `${invocation.message}\n`);
	}
};

/** What nobody expected: one sentence, and where to look for more. */
const fail = (error: unknown): void => {
	// First of all, or the sentence would go to the screen's own buffer and vanish with it.
	restoreTerminal();
	const {message, stack} = error instanceof Error ? error : {message: String(error), stack: undefined};
	const isAsked = Boolean(environment['PORTUI_DEBUG']);
	// Anything but plain ASCII could be an order to the terminal.
	const detail = message.replace(/[^ -~]+/g, ' ').slice(0, 500);
	end(1, `portui broke, which is a bug: ${detail}${isAsked ? `\n${stack ?? ''}` : ' (PORTUI_DEBUG=1 shows where)'}\n`);
};

if (isNodeTooOld()) {
	end(1, `portui needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}.\n`);
} else {
	process.on('uncaughtException', fail);
	main().catch(fail);
}
