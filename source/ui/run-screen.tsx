import process from 'node:process';
import {render} from 'ink';
import type {OwnClientRange} from '../local/client-range.ts';
import type {LocalSockets} from '../local/local-socket.ts';
import type {Registry} from '../registry/registry.ts';
import type {Clock} from '../scan/run-scan.ts';
import type {RequestScan, ScanRequest} from '../scan/scan-request.ts';
import type {StopWorld} from '../store/local-stop.ts';
import type {OpenedScan} from '../store/scans-state.ts';
import {createSession, type SessionSurroundings} from '../store/session.ts';
import {views} from '../store/state.ts';
import {App} from './app.tsx';
import {LinkContext} from './components/link-context.ts';
import {ThemeContext} from './components/theme-context.ts';
import {isTooSmall} from './layout.ts';
import {createTheme} from './theme.ts';

export type ScreenOptions = {
	/** A scan to start with; undefined starts none. */
	readonly request: ScanRequest | undefined;
	/** Scans to show that were made elsewhere. */
	readonly opened?: readonly OpenedScan[];
	/** What every scan is asked for unless something else is said. */
	readonly scanDefaults?: Partial<ScanRequest> | undefined;
	/** The name of the view to begin with; any but those there are is the first. */
	readonly firstView?: string | undefined;
	readonly clock: Pick<Clock, 'after'>;
	readonly loadRegistry: () => Promise<Registry>;
	readonly createRequestScan: (registry: Registry, tell: (sentence: string) => void) => RequestScan;
	readonly createReachScan: (registry: Registry) => RequestScan;
	readonly readClientRange: () => Promise<OwnClientRange | undefined>;
	readonly localSockets: LocalSockets;
	readonly stopWorld: StopWorld;
	readonly ownAddresses: () => readonly string[];
	readonly loadHistory: NonNullable<SessionSurroundings['loadHistory']>;
	readonly hasColor: boolean;
	readonly hasLinks: boolean;
	/** Ends the screen: it restores the terminal and resolves with this signal's reason as exit code. */
	readonly signal: AbortSignal;
	/** Handed what restores the terminal at once, for whoever must end the program without waiting for the screen to end. */
	readonly onShown: (restoreTerminal: () => void) => void;
};

/** Frames a second at most: results come at 15, keys want an answer sooner. */
const mostFrames = 30;

const sizeOf = ({columns, rows}: NodeJS.WriteStream): {readonly columns: number; readonly rows: number} => ({columns: columns || 80, rows: rows || 24});

/**
Shows the screen until the user quits.

The terminal is as it was before, whatever ends it: Ink leaves the alternate screen when it unmounts, and at process exit.

@returns The exit code. Rejects with what nobody expected, after the terminal is restored.
*/
export const runScreen = async ({request, opened = [], scanDefaults, firstView, clock, loadRegistry, createRequestScan, createReachScan, readClientRange, localSockets, stopWorld, ownAddresses, loadHistory, hasColor, hasLinks, signal, onShown}: ScreenOptions): Promise<number> => {
	let end: (exitCode: number) => void = () => {};
	let fail: (error: unknown) => void = () => {};
	const ended = new Promise<number>((resolve, reject) => {
		end = resolve;
		fail = reject;
	});

	const session = createSession({size: sizeOf(process.stdout), clock, loadRegistry, createRequestScan, createReachScan, readClientRange, localSockets, stopWorld, ownAddresses, loadHistory, scanDefaults, isVisible: ({columns, rows}) => !isTooSmall(columns, rows), onQuit: end, onFault: fail}, request, opened);
	const view = views.find(each => each === firstView);
	if (view !== undefined) {
		session.store.dispatch({type: 'showView', view});
	}

	const onResize = (): void => {
		session.store.dispatch({type: 'resized', ...sizeOf(process.stdout)});
	};

	// Before Ink's own listener: its frame at the new size is then drawn from a state that knows the size.
	process.stdout.on('resize', onResize);
	const screen = render(
		<ThemeContext value={createTheme(hasColor)}>
			<LinkContext value={hasLinks}>
				<App session={session}/>
			</LinkContext>
		</ThemeContext>,
		{alternateScreen: true, incrementalRendering: true, exitOnCtrlC: false, patchConsole: false, maxFps: mostFrames},
	);
	onShown(screen.unmount);
	// A component that throws makes Ink exit with its error.
	screen.waitUntilExit().catch(fail);
	signal.addEventListener('abort', () => {
		session.quit(Number(signal.reason));
	});

	try {
		return await ended;
	} finally {
		process.stdout.off('resize', onResize);
		screen.unmount();
	}
};
