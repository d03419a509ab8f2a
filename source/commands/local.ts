import {parsed, type Parsed} from '../port/parsed.ts';
import {parsePortSet} from '../port/parse-port-set.ts';
import {contains} from '../port/port-range.ts';
import type {PortSet} from '../port/port-set.ts';
import {isWaiting, type LocalSnapshot, type LocalSocket} from '../local/local-socket.ts';
import type {Registry} from '../registry/registry.ts';
import {formatLocalText, hiddenHint} from '../report/local-text.ts';
import {createViewer, isSelected, type SocketView} from '../report/local-view.ts';
import {formatJson, printable} from '../report/printable.ts';
import type {LocalOptions} from './local-options.ts';
import {exitCodes, writeAll, type ExitCode, type LocalSurroundings} from './surroundings.ts';

const isIn = ({intervals}: PortSet, {port}: LocalSocket): boolean => intervals.some(interval => contains(interval, port));

/** Loads the writer of the format asked for, and writes. */
const format = async (snapshot: LocalSnapshot, views: readonly SocketView[], {format: name, selection}: LocalOptions, width: number | undefined): Promise<string> => {
	switch (name) {
		case 'json': {
			const {localDocument} = await import('../report/local-json.ts');
			return formatJson(localDocument(snapshot, views));
		}

		case 'ndjson': {
			const {formatSocketEventJson} = await import('../report/local-json.ts');
			return views.map(view => formatSocketEventJson('present', view, snapshot.takenAt)).join('');
		}

		case 'csv':
		case 'markdown':
		case 'list': {
			const {formatLocalCsv, formatLocalList, formatLocalMarkdown} = await import('../report/local-table.ts');
			return {csv: formatLocalCsv, markdown: formatLocalMarkdown, list: formatLocalList}[name](views);
		}

		case 'text': {
			return formatLocalText(views, {width, hasWaiting: selection !== 'connections', hasConnections: selection !== 'listening'});
		}
	}
};

/** What is said when the ports asked for have no socket of the kind asked for. */
const nothingFound = (ports: string, {selection}: LocalOptions): string =>
	`${selection === 'connections' ? 'No connection of this machine uses' : (selection === 'all' ? 'Nothing on this machine uses' : 'Nothing on this machine listens on')} ${ports}.`;

/** @returns Undefined inside where no ports were asked for. */
const readPorts = ({ports}: LocalOptions, registry: Registry): Parsed<PortSet | undefined> => (ports === undefined ? parsed(undefined) : parsePortSet(ports, registry));

/** `portui local`: tells what listens on this machine. */
export const runLocal = async (options: LocalOptions, surroundings: LocalSurroundings): Promise<ExitCode> => {
	const {stdout, stderr, signal, loadRegistry, sockets, loadReach} = surroundings;
	const complain = async (sentence: string): Promise<unknown> => writeAll(stderr, `${printable(sentence)}\n`);
	const isChosen = (ports: PortSet | undefined) => (socket: LocalSocket): boolean => isSelected(socket, options.selection) && (ports === undefined || isIn(ports, socket));
	if (options.isWatching) {
		const registry = await loadRegistry();
		const ports = readPorts(options, registry);
		if (!ports.ok) {
			await complain(ports.message);
			return exitCodes.wrongUsage;
		}

		const {watchLocal} = await import('./watch-local.ts');
		return watchLocal(options, isChosen(ports.value), registry, surroundings, complain);
	}

	let registry;
	let snapshot;
	let isWanted;
	let addReach = (view: SocketView): SocketView => view;
	try {
		// Neither waits for the other: a slip in the ports is rare, and costs a reading in vain.
		[registry, snapshot] = await Promise.all([loadRegistry(), sockets.read(signal)]);
		const ports = readPorts(options, registry);
		if (!ports.ok) {
			await complain(ports.message);
			return exitCodes.wrongUsage;
		}

		if (!snapshot.ok) {
			await complain(snapshot.message);
			return exitCodes.failed;
		}

		isWanted = isChosen(ports.value);
		if (options.isReaching) {
			const every = snapshot.value.sockets;
			const [{probeReach}, {reachOf}, {ownAddresses, createRequestScan}] = await Promise.all([import('../store/probe-reach.ts'), import('../local/reach.ts'), loadReach()]);
			const addresses = ownAddresses();
			const probed = await probeReach(every.filter(isWanted), addresses, createRequestScan(registry), signal);
			if (!probed.ok) {
				await complain(probed.message);
				return exitCodes.failed;
			}

			addReach = view => ({...view, reach: reachOf(view.socket, every, addresses, probed.value.probed)});
		}
	} catch (error) {
		if (signal.aborted) {
			return exitCodes.interrupted;
		}

		throw error;
	}

	const viewer = createViewer(snapshot.value, registry);
	const view = (socket: LocalSocket): SocketView => addReach(viewer(socket));
	const wanted = snapshot.value.sockets.filter(isWanted);
	const isEmptyAnswer = options.ports !== undefined && wanted.length === 0;
	if (!(isEmptyAnswer && options.format === 'text')) {
		await writeAll(stdout, await format(snapshot.value, wanted.map(socket => view(socket)), options, stdout.isTTY === true ? stdout.columns : undefined));
	}

	if (isEmptyAnswer) {
		await complain(nothingFound(options.ports!, options));
		return exitCodes.failed;
	}

	const hint = options.isQuiet ? undefined : hiddenHint({...snapshot.value, hiddenCount: wanted.filter(socket => socket.ownership === 'hidden' && isWaiting(socket)).length});
	if (hint !== undefined) {
		await complain(hint);
	}

	return exitCodes.done;
};
