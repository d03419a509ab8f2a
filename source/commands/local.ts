import {parsePortSet} from '../port/parse-port-set.ts';
import {contains} from '../port/port-range.ts';
import type {PortSet} from '../port/port-set.ts';
import {isWaiting, type LocalSnapshot, type LocalSocket} from '../local/local-socket.ts';
import {formatSocketEventJson, localDocument} from '../report/local-json.ts';
import {formatLocalCsv, formatLocalList, formatLocalMarkdown} from '../report/local-table.ts';
import {formatLocalText, hiddenHint} from '../report/local-text.ts';
import {createViewer, isSelected, type SocketView} from '../report/local-view.ts';
import {formatJson, printable} from '../report/printable.ts';
import {reachOf} from '../local/reach.ts';
import {probeReach} from '../store/probe-reach.ts';
import type {LocalOptions} from './local-options.ts';
import {exitCodes, writeAll, type ExitCode, type LocalSurroundings} from './surroundings.ts';
import {watchLocal} from './watch-local.ts';

const isIn = ({intervals}: PortSet, {port}: LocalSocket): boolean => intervals.some(interval => contains(interval, port));

const format = (snapshot: LocalSnapshot, views: readonly SocketView[], {format: name, selection}: LocalOptions, width: number | undefined): string => {
	switch (name) {
		case 'json': {
			return formatJson(localDocument(snapshot, views));
		}

		case 'ndjson': {
			return views.map(view => formatSocketEventJson('present', view, snapshot.takenAt)).join('');
		}

		case 'csv': {
			return formatLocalCsv(views);
		}

		case 'markdown': {
			return formatLocalMarkdown(views);
		}

		case 'list': {
			return formatLocalList(views);
		}

		case 'text': {
			return formatLocalText(views, {width, hasWaiting: selection !== 'connections', hasConnections: selection !== 'listening'});
		}
	}
};

/** What is said when the ports asked for have no socket of the kind asked for. */
const nothingFound = (ports: string, {selection}: LocalOptions): string =>
	`${selection === 'connections' ? 'No connection of this machine uses' : (selection === 'all' ? 'Nothing on this machine uses' : 'Nothing on this machine listens on')} ${ports}.`;

/** `portui local`: tells what listens on this machine. */
export const runLocal = async (options: LocalOptions, surroundings: LocalSurroundings): Promise<ExitCode> => {
	const {stdout, stderr, signal, loadRegistry, sockets, ownAddresses, loadRequestScan} = surroundings;
	const complain = async (sentence: string): Promise<unknown> => writeAll(stderr, `${printable(sentence)}\n`);
	const registry = await loadRegistry();
	const ports = options.ports === undefined ? undefined : parsePortSet(options.ports, registry);
	if (ports?.ok === false) {
		await complain(ports.message);
		return exitCodes.wrongUsage;
	}

	const isWanted = (socket: LocalSocket): boolean => isSelected(socket, options.selection) && (ports === undefined || isIn(ports.value, socket));
	if (options.isWatching) {
		return watchLocal(options, isWanted, registry, surroundings, complain);
	}

	let snapshot;
	let addReach = (view: SocketView): SocketView => view;
	try {
		snapshot = await sockets.read(signal);
		if (!snapshot.ok) {
			await complain(snapshot.message);
			return exitCodes.failed;
		}

		if (options.isReaching) {
			const every = snapshot.value.sockets;
			const addresses = ownAddresses();
			const probed = await probeReach(every.filter(socket => isWanted(socket)), addresses, (await loadRequestScan())(registry), signal);
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
	const wanted = snapshot.value.sockets.filter(socket => isWanted(socket));
	const isEmptyAnswer = ports !== undefined && wanted.length === 0;
	if (!(isEmptyAnswer && options.format === 'text')) {
		await writeAll(stdout, format(snapshot.value, wanted.map(socket => view(socket)), options, stdout.isTTY === true ? stdout.columns : undefined));
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
