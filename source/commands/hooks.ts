import type {SocketEvent} from '../local/diff-snapshots.ts';
import {commandOf, describePort} from '../report/local-words.ts';
import type {RunHook} from './surroundings.ts';
import type {Hook} from './local-options.ts';

/** So many hooks run at once: a burst of events must not become a burst of processes. */
const mostRunning = 4;

/** What a placeholder stands for; what is not known is the empty text. Zero bytes, which no argument can hold, are left out. */
const factsOf = ({event, socket}: SocketEvent): Readonly<Record<string, string>> => {
	const {transport, address, port, scope, owners, user} = socket;
	const [owner] = owners;
	return {
		event,
		transport,
		address,
		port: String(port),
		scope,
		pid: owner === undefined ? '' : String(owner.pid),
		process: owner?.name ?? '',
		user: owner?.user ?? user ?? '',
		command: owner === undefined ? '' : (commandOf(owner) ?? ''),
	};
};

/** Puts the facts of an event in the place of `{port}` and its like; braces around anything else stay. */
export const fillArguments = (args: readonly string[], event: SocketEvent): readonly string[] => {
	const facts = factsOf(event);
	return args.map(arg => arg.replaceAll(/\{([a-z]+)\}/g, (whole, name: string) => (Object.hasOwn(facts, name) ? facts[name]!.replaceAll('\0', ' ') : whole)));
};

export type Hooks = {
	readonly run: (event: SocketEvent) => void;
	/** Resolves when none waits or runs. */
	readonly settled: () => Promise<void>;
};

/** Makes what runs a program at every event, in the order of the events. One that fails is complained of, and ends nothing. */
export const createHooks = ({program, args}: Hook, runHook: RunHook, complain: (sentence: string) => Promise<unknown>): Hooks => {
	const waiting: SocketEvent[] = [];
	const running = new Set<Promise<void>>();

	const runOne = async (event: SocketEvent): Promise<void> => {
		const {code, signal, error} = await runHook(program, fillArguments(args, event));
		if (code !== 0) {
			const how = error === null ? `ended with ${signal ?? code}` : `could not be run (${error})`;
			await complain(`--exec: ${program} ${how}, for ${event.event} ${describePort(event.socket)}.`);
		}
	};

	const startWaiting = (): void => {
		while (running.size < mostRunning && waiting.length > 0) {
			const run: Promise<void> = runOne(waiting.shift()!).finally(() => {
				running.delete(run);
				startWaiting();
			});
			running.add(run);
		}
	};

	return {
		run(event) {
			waiting.push(event);
			startWaiting();
		},
		async settled() {
			while (running.size > 0) {
				await Promise.all(running);
			}
		},
	};
};
