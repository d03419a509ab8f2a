import {diffSockets, type SocketEvent} from '../local/diff-snapshots.ts';
import type {LocalSnapshot, LocalSocket} from '../local/local-socket.ts';
import type {Registry} from '../registry/registry.ts';
import {formatSocketEventJson} from '../report/local-json.ts';
import {hiddenHint, formatSocketEventText} from '../report/local-text.ts';
import {createViewer} from '../report/local-view.ts';
import {createHooks} from './hooks.ts';
import type {LocalOptions} from './local-options.ts';
import {exitCodes, writeAll, type ExitCode, type LocalSurroundings} from './surroundings.ts';

/** Time between two looks. A look takes some tens of milliseconds of one core on a busy machine, so this is a few hundredths of it. */
export const lookIntervalMs = 1000;

const timeOf = (snapshot: LocalSnapshot): string => snapshot.takenAt.slice(11, 19);

/** `portui local --watch`: tells what is there, then what opens and closes, until a signal or until nobody reads any more. */
export const watchLocal = async (
	{format, hook, isQuiet}: LocalOptions,
	isWanted: (socket: LocalSocket) => boolean,
	registry: Registry,
	surroundings: LocalSurroundings,
	complain: (sentence: string) => Promise<unknown>,
): Promise<ExitCode> => {
	const {stdout, signal, sockets, runHook, wait} = surroundings;
	const hooks = hook === undefined ? undefined : createHooks(hook, runHook, complain);

	/** Writes events as they are told of a snapshot. @returns Whether somebody still reads. */
	const tell = async (events: readonly SocketEvent[], snapshot: LocalSnapshot): Promise<boolean> => {
		const view = createViewer(snapshot, registry);
		const text = events.map(({event, socket}) =>
			(format === 'ndjson' ? formatSocketEventJson(event, view(socket), snapshot.takenAt) : formatSocketEventText(event, view(socket), timeOf(snapshot)))).join('');
		return text === '' || writeAll(stdout, text);
	};

	let before: readonly LocalSocket[] | undefined;
	try {
		for (;;) {
			const snapshot = await sockets.read(signal);
			if (!snapshot.ok) {
				await complain(snapshot.message);
				return exitCodes.failed;
			}

			const now = snapshot.value.sockets.filter(socket => isWanted(socket));
			const events = before === undefined ? now.map(socket => ({event: 'present', socket} as const)) : diffSockets(before, now);
			const hint = before === undefined && !isQuiet ? hiddenHint(snapshot.value) : undefined;
			if (hint !== undefined) {
				await complain(hint);
			}

			before = now;
			if (!await tell(events, snapshot.value)) {
				return exitCodes.done;
			}

			for (const event of events) {
				if (event.event !== 'present') {
					hooks?.run(event);
				}
			}

			await wait(lookIntervalMs, signal);
		}
	} catch (error) {
		if (signal.aborted) {
			return exitCodes.interrupted;
		}

		throw error;
	}
};
