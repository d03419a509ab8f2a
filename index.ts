import {checkKinds} from './source/library/check-kinds.ts';
import type {ScanFold} from './source/library/fold-scan.ts';
import type {Ports} from './source/library/port-list.ts';
import {PortuiError} from './source/library/portui-error.ts';
import type {ScanOptions} from './source/library/scan-options.ts';
import {createScan, type Scan} from './source/library/scan.ts';
import type {Registry} from './source/registry/registry.ts';
import type {LookupPort} from './source/report/documents/lookup.ts';
import type {SocketDocument} from './source/report/documents/local.ts';
import type {RunningScan} from './source/scan/scan-plan.ts';

// What other programs import. It loads what a function needs when it is called: importing it does nothing.

export {PortuiError, type PortuiErrorCode} from './source/library/portui-error.ts';
export type {Ports} from './source/library/port-list.ts';
export type {Scan} from './source/library/scan.ts';
export type {ScanOptions} from './source/library/scan-options.ts';
export type {CheckDocument} from './source/report/documents/check.ts';
export type {ConfigDocument} from './source/report/documents/config.ts';
export type {DiffDocument} from './source/report/documents/diff.ts';
export type {HistoryDocument} from './source/report/documents/history.ts';
export type {LocalDocument, LocalEventDocument, SocketDocument} from './source/report/documents/local.ts';
export type {LookupDocument, LookupPort} from './source/report/documents/lookup.ts';
export type {HostFinished, ObservedService, PortProbed, ScanDocument, ScanEventDocument, ScanFinished, ScannedHost, ScannedPort, ScanStarted, ServiceObserved} from './source/report/documents/scan.ts';
export type {UpdateDocument} from './source/report/documents/update.ts';

/** A built file beside this one: threads always run built code. */
const builtFile = (name: string): URL => new URL(import.meta.url.endsWith('.js') ? name : `dist/${name}`, import.meta.url);

const warned = new Set<string>();

/** Tells what goes wrong beside what was asked, in the way of a Node program; once. */
const warn = (sentence: string): void => {
	if (!warned.has(sentence)) {
		warned.add(sentence);
		process.emitWarning(sentence, 'PortuiWarning');
	}
};

/** The registry of the last `portui update`, else the built-in one. */
const loadRegistry = async (): Promise<Registry> => {
	const [loading, {createRegistryStore}] = await Promise.all([import('./source/registry/load-registry.ts'), import('./source/io/registry-store.ts')]);
	const registry = await loading.loadRegistry(createRegistryStore().read);
	if (registry.problem !== undefined) {
		warn(registry.problem);
	}

	return registry;
};

/** What a public address needs is said for each scan: nobody is asked, and no answer is remembered. */
const noPermission = {isGranted: async () => false, async grant() {}};

const startScan = async (targets: string | readonly string[], options: ScanOptions): Promise<{readonly running: RunningScan; readonly fold: ScanFold}> => {
	const {signal, keepInHistory = false} = options;
	signal?.throwIfAborted();
	const [registry, {errorOf, requestOf, statesToShow}, {createFold}, {createRequestScan}, {scanInWorker}, {unlessAborted}] = await Promise.all([
		loadRegistry(),
		import('./source/library/scan-options.ts'),
		import('./source/library/fold-scan.ts'),
		import('./source/io/request-scan.ts'),
		import('./source/io/scan-in-worker.ts'),
		import('./source/io/unless-aborted.ts'),
	]);
	const request = requestOf(targets, options, registry);
	let requestScan = createRequestScan({registry, startScan: scanInWorker(builtFile('scan-worker.js')), permission: noPermission});
	// A library does not read the program's config; the one switch that says no for everything holds all the same.
	if (keepInHistory && (process.env['PORTUI_NO_HISTORY'] ?? '') === '') {
		const {createScanHistory, keepingScans} = await import('./source/io/scan-history.ts');
		requestScan = keepingScans(requestScan, createScanHistory(), warn);
	}

	signal?.throwIfAborted();
	const starting = requestScan(request);
	let start;
	try {
		start = signal === undefined ? await starting : await unlessAborted(starting, signal);
	} catch (error) {
		// A look-up cannot be taken back; what it would start can.
		void starting.then(late => {
			if (late.ok) {
				late.scan.stop();
			}
		}, () => {});
		throw error;
	}

	if (!start.ok) {
		throw errorOf(start.problem);
	}

	return {running: start.scan, fold: createFold(registry, statesToShow(options))};
};

/**
Scans TCP ports by connecting to them, as `portui scan` does.

@param targets - Host names, IP addresses, blocks (`192.168.1.0/24`, `10.0.0.1-20`).
@returns The scan. It begins when it is read, by `for await` or by `result()`; what is wrong with targets, ports or names is thrown there as a `PortuiError`.
@throws PortuiError for a target or an option of a wrong kind.

@example
```ts
for await (const event of scan('localhost', {ports: '1-1024'})) {
	if (event.kind === 'probed' && event.state === 'open') {
		console.log(event.address, event.port, event.registry?.name);
	}
}
```
*/
export const scan = (targets: string | readonly string[], options: ScanOptions = {}): Scan => {
	checkKinds(targets, options);
	return createScan({start: async () => startScan(targets, options), signal: options.signal});
};

/**
Looks ports up in the registry, as `portui lookup` does: a number, or the words of a query (`80-90 443`, `http`, `53/udp`, `risk:high`).

@returns The ports in the order asked for, those that words find best first; none where nothing matches. What is mistyped is not corrected.
@throws PortuiError (by the promise) for what can only be ports and is none.
*/
export const lookup = async (query: number | string): Promise<readonly LookupPort[]> => {
	const [registry, {readClientRange}, {findPorts, factsOfAsked}, {lookupDocument}] = await Promise.all([
		loadRegistry(),
		import('./source/io/read-client-range.ts'),
		import('./source/registry/find-ports.ts'),
		import('./source/report/lookup-json.ts'),
	]);
	const found = findPorts(String(query).trim().split(/\s+/), registry);
	if (!found.ok) {
		throw new PortuiError('ERR_INVALID_PORTS', found.message);
	}

	const {asked, corrected, isEachApart} = found.value;
	if (corrected !== undefined || isEachApart) {
		return [];
	}

	const ownClientRange = await readClientRange();
	return lookupDocument(factsOfAsked(asked, registry), {origin: registry.origin, ownClientRange}, registry.clientRanges).ports;
};

/**
Reads the sockets of this machine that wait for others, TCP and UDP, with the processes that hold them, as `portui local` does.

A process that this user may not see is told as `ownership: 'hidden'`; where sockets are read with `lsof` and not by root, those of other users are not there at all.

@throws PortuiError (by the promise) when they cannot be read; the signal's reason when it aborts.
*/
export const listeningSockets = async ({signal}: {readonly signal?: AbortSignal | undefined} = {}): Promise<readonly SocketDocument[]> => {
	signal?.throwIfAborted();
	const [registry, {createLocalSockets}, {createViewer, isSelected}, {localDocument}] = await Promise.all([
		loadRegistry(),
		import('./source/io/local-sockets.ts'),
		import('./source/report/local-view.ts'),
		import('./source/report/local-json.ts'),
	]);
	const sockets = createLocalSockets({workerUrl: builtFile('local-worker.js')});
	try {
		const snapshot = await sockets.read(signal);
		if (!snapshot.ok) {
			throw new PortuiError('ERR_SOCKETS_UNREADABLE', snapshot.message);
		}

		const view = createViewer(snapshot.value, registry);
		return localDocument(snapshot.value, snapshot.value.sockets.filter(socket => isSelected(socket, 'listening')).map(socket => view(socket))).sockets;
	} finally {
		await sockets.close();
	}
};

/**
Parses a list of ports as `portui scan -p` takes it: `22`, `80-90`, `-1023`, `49152-`, `http`, `well-known`, `all`, `top100`, commas between, `!` before what to take away.

@throws PortuiError (by the promise) with one sentence that says which item is wrong and how to write it.
*/
export const parsePorts = async (text: string): Promise<Ports> => {
	const [registry, {createPorts, portsOrThrow, readPorts}] = await Promise.all([loadRegistry(), import('./source/library/port-list.ts')]);
	return createPorts(portsOrThrow(readPorts(String(text), registry)));
};
