import {printable} from '../report/printable.ts';
import {parseRequest} from '../scan/parse-request.ts';
import type {ScanRequest} from '../scan/scan-request.ts';
import type {OpenedScan} from '../store/scans-state.ts';
import type {ScreenOptions} from './arguments.ts';
import {commandNamed, formatHelp} from './command-table.ts';
import {exitCodes, writeAll, type Output, type Surroundings} from './surroundings.ts';

export type ScreenSurroundings = Pick<Surroundings, 'stderr' | 'loadRegistry'> & {
	readonly stdin: Pick<Output, 'isTTY'> & {readonly setRawMode?: (isRaw: boolean) => unknown};
	readonly stdout: Pick<Output, 'isTTY'>;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Shows the screen until the user quits. @returns The exit code. */
	readonly show: (options: {readonly request: ScanRequest | undefined; readonly opened?: readonly OpenedScan[]; readonly hasColor: boolean; readonly isUnkept?: true; readonly scanDefaults?: Partial<ScanRequest>}) => Promise<number>;
};

/** `portui`: the screen, where there is a terminal to show it on. A slip on the command line is told there, before the screen covers it. */
export const runScreenCommand = async ({request, allowsColor, isUnkept, scanDefaults}: ScreenOptions, {stdin, stdout, stderr, environment, loadRegistry, show}: ScreenSurroundings): Promise<number> => {
	if (stdin.isTTY !== true || stdout.isTTY !== true) {
		await writeAll(stderr, `${formatHelp(commandNamed('screen'))}\nThe screen needs a terminal.\n`);
		return exitCodes.wrongUsage;
	}

	if (environment['TERM'] === 'dumb') {
		await writeAll(stderr, 'The screen needs a terminal that can move its cursor, and TERM is dumb: use portui scan or portui lookup.\n');
		return exitCodes.wrongUsage;
	}

	// Before all that takes time: what is typed until the screen is up waits for it, and is not echoed into it. Ctrl-C is then one of those keys.
	stdin.setRawMode?.(true);
	try {
		const parsed = request === undefined ? undefined : parseRequest(request, await loadRegistry());
		if (parsed?.ok === false) {
			stdin.setRawMode?.(false);
			await writeAll(stderr, `${printable(parsed.problem.message)}\n`);
			return exitCodes.wrongUsage;
		}

		return await show({request, hasColor: allowsColor, ...(isUnkept === true ? {isUnkept} : {}), ...(scanDefaults === undefined ? {} : {scanDefaults})});
	} catch (error) {
		stdin.setRawMode?.(false);
		throw error;
	}
};
