#!/usr/bin/env node
import type {Invocation} from './source/commands/arguments.ts';
import type {HistoryOptions} from './source/commands/history-options.ts';
import type {ScreenSurroundings} from './source/commands/screen.ts';
import type {Surroundings} from './source/commands/surroundings.ts';
import type {UpdateOptions} from './source/commands/update-options.ts';
import type {Registry} from './source/registry/registry.ts';
import type {StartScan} from './source/scan/scan-plan.ts';
import type {RequestScan} from './source/scan/scan-request.ts';
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
	const [registry, {createRegistryStore}] = await Promise.all([import('./source/registry/load-registry.ts'), import('./source/io/registry-store.ts')]);
	return registry.loadRegistry(createRegistryStore().read);
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
	const [update, {createRegistryStore}, {fetchSource}, {readSource}, builtIn] = await Promise.all([
		import('./source/commands/update.ts'),
		import('./source/io/registry-store.ts'),
		import('./source/io/fetch-source.ts'),
		import('./source/io/read-source.ts'),
		import('./source/registry/load-registry.ts'),
	]);
	return update.runUpdate(options, {
		stdout,
		stderr,
		signal: listenForSignals(),
		loadRegistry,
		loadBuiltIn: async () => builtIn.loadShownRegistry(undefined),
		createShown: builtIn.loadShownRegistry,
		fetchSource,
		readSource,
		store: createRegistryStore(),
		now: () => new Date(),
	});
};

/** Loads what runs a scan: sockets and the worker thread, which always runs built code. */
const loadStartScan = async (): Promise<StartScan> => {
	const {scanInWorker} = await import('./source/io/scan-in-worker.ts');
	return scanInWorker(new URL(isBundle() ? 'scan-worker.js' : 'dist/scan-worker.js', import.meta.url));
};

/** Loads what turns a request into a scan: name servers, what may be scanned. */
const loadRequestScan = async (): Promise<(registry: Registry) => RequestScan> => {
	const [{createRequestScan}, startScan] = await Promise.all([import('./source/io/request-scan.ts'), loadStartScan()]);
	return registry => createRequestScan({registry, startScan});
};

/** The same, with every scan kept in the history, unless that is not wanted. */
const loadKeptRequestScan = async (isUnkept: boolean): Promise<Surroundings['createRequestScan']> => {
	const [createRequestScan, {createScanHistory, isHistoryWanted, keepingScans}] = await Promise.all([loadRequestScan(), import('./source/io/scan-history.ts')]);
	if (isUnkept || !isHistoryWanted(environment)) {
		return createRequestScan;
	}

	const history = createScanHistory();
	return (registry, tell) => keepingScans(createRequestScan(registry), history, tell);
};

/** Loads what reads, shows and goes on with the scans that were kept. */
const runHistoryCommand = async (options: HistoryOptions): Promise<number> => {
	const [{runHistory}, {createScanHistory, isHistoryWanted}, {formatScanId}, {ask}, {isProcessRunning}, startScan] = await Promise.all([
		import('./source/commands/history.ts'),
		import('./source/io/scan-history.ts'),
		import('./source/io/request-scan.ts'),
		import('./source/io/ask.ts'),
		import('./source/io/process-running.ts'),
		loadStartScan(),
	]);
	return runHistory(options, {
		stdout,
		stderr,
		signal: listenForSignals(),
		loadRegistry: loadRegistryAloud,
		ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
		history: createScanHistory(),
		isKeeping: isHistoryWanted(environment),
		startScan,
		nameScan: () => formatScanId(new Date(), Math.floor(Math.random() * 2 ** 32)),
		isRunning: isProcessRunning,
		now: Date.now,
	});
};

/** Whether standard output is a terminal that shows links (OSC 8). */
const hasLinks = async (): Promise<boolean> => stdout.isTTY && (await import('supports-hyperlinks')).createSupportsHyperlinks(stdout);

/** Loads what reads the sockets and addresses of this machine, and what stops the processes that hold them. */
const loadLocal = async (): Promise<Pick<ScreenOptions, 'localSockets' | 'stopWorld' | 'ownAddresses'>> => {
	const [{createLocalSockets}, {createProcessControl, readStopSurroundings}, {ownAddresses}] = await Promise.all([
		import('./source/io/local-sockets.ts'),
		import('./source/io/process-control.ts'),
		import('./source/io/own-addresses.ts'),
	]);
	const localSockets = createLocalSockets({workerUrl: new URL(isBundle() ? 'local-worker.js' : 'dist/local-worker.js', import.meta.url)});
	return {localSockets, ownAddresses, stopWorld: {control: createProcessControl(localSockets), readSurroundings: readStopSurroundings}};
};

const show: ScreenSurroundings['show'] = async ({request, hasColor, isUnkept}) => {
	const [{runScreen}, {systemClock}, {readClientRange}, createRequestScan, createReachScan, isLinking, local] = await Promise.all([
		import('./source/ui/run-screen.tsx'),
		import('./source/io/system-clock.ts'),
		import('./source/io/read-client-range.ts'),
		loadKeptRequestScan(isUnkept === true),
		loadRequestScan(),
		hasLinks(),
		loadLocal(),
	]);
	return runScreen({
		request,
		clock: systemClock,
		loadRegistry,
		createRequestScan,
		createReachScan,
		readClientRange,
		...local,
		hasColor,
		hasLinks: isLinking,
		signal: listenForSignals(),
		onShown(restore) {
			restoreTerminal = restore;
		},
	});
};

const say = async (text: string): Promise<number> => {
	const {exitCodes, writeAll} = await import('./source/commands/surroundings.ts');
	await writeAll(stdout, text);
	return exitCodes.done;
};

const run = async (invocation: Invocation): Promise<number> => {
	switch (invocation.kind) {
		case 'help': {
			return say(invocation.text);
		}

		case 'version': {
			return say(`${await readVersion()}\n`);
		}

		case 'scan': {
			const [{runScanCommand}, {ask}] = await Promise.all([import('./source/commands/scan.ts'), import('./source/io/ask.ts')]);
			const isTerminal = stdin.isTTY && stderr.isTTY;
			return runScanCommand(invocation.options, {stdout, stderr, signal: listenForSignals(), loadRegistry: loadRegistryAloud, createRequestScan: await loadKeptRequestScan(invocation.options.isUnkept === true), ask: isTerminal ? ask : undefined});
		}

		case 'lookup': {
			const [{runLookup}, {readClientRange}] = await Promise.all([import('./source/commands/lookup.ts'), import('./source/io/read-client-range.ts')]);
			return runLookup(invocation.options, {stdout, stderr, loadRegistry: loadRegistryAloud, readClientRange, hasLinks: await hasLinks()});
		}

		case 'completion': {
			const {formatCompletion} = await import('./source/commands/completion/shells.ts');
			return say(formatCompletion(invocation.shell, (await loadRegistry()).listFilters()));
		}

		case 'history': {
			return runHistoryCommand(invocation.options);
		}

		case 'update': {
			return runUpdate(invocation.options);
		}

		case 'local': {
			const [{runLocal}, {createLocalSockets}, {createProcessControl}, {runHook}, {ownAddresses}] = await Promise.all([
				import('./source/commands/local.ts'),
				import('./source/io/local-sockets.ts'),
				import('./source/io/process-control.ts'),
				import('./source/io/run-hook.ts'),
				import('./source/io/own-addresses.ts'),
			]);
			const sockets = createLocalSockets();
			return runLocal(invocation.options, {stdout, stderr, signal: listenForSignals(), loadRegistry, sockets, runHook, ownAddresses, loadRequestScan, wait: createProcessControl(sockets).wait});
		}

		case 'free': {
			const [{runFree}, {createLocalSockets}, {createProcessControl, readStopSurroundings}, {ask}] = await Promise.all([
				import('./source/commands/free.ts'),
				import('./source/io/local-sockets.ts'),
				import('./source/io/process-control.ts'),
				import('./source/io/ask.ts'),
			]);
			const sockets = createLocalSockets();
			const isTerminal = stdin.isTTY && stderr.isTTY;
			return runFree(invocation.options, {stdout, stderr, signal: listenForSignals(), sockets, control: createProcessControl(sockets), readStopSurroundings, ask: isTerminal ? ask : undefined});
		}

		case 'screen': {
			const {runScreenCommand} = await import('./source/commands/screen.ts');
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

	const {parseArguments} = await import('./source/commands/arguments.ts');
	const invocation = parseArguments(process.argv.slice(2));
	if (invocation.ok) {
		end(await run(invocation.value));
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
