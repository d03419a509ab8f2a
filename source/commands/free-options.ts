import {defaultGraceMs} from '../local/stop-processes.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {isPort, lastPort, type Port} from '../port/port.ts';
import type {Values} from './arguments.ts';
import {parseDurationMs} from '../port/duration.ts';
import {quote} from './tokenize.ts';

export type FreeOptions = {
	readonly ports: readonly Port[];
	/** Whether not to ask before stopping. */
	readonly isSure: boolean;
	/** Whether to end by force what does not end by itself, and not to spare what portui runs in. */
	readonly isForced: boolean;
	readonly isDryRun: boolean;
	/** How long a process may take to end by itself, in milliseconds. */
	readonly graceMs: number;
	readonly isQuiet: boolean;
};

const longestGraceMs = 600_000;

/** Numbers alone: a name or a range stands for ports one may not have thought of, and what listens there would be stopped. */
const parseFreePort = (word: string): Parsed<Port> => {
	const digits = word.replace(/^:/, '');
	if (!/^\d{1,10}$/.test(digits)) {
		return rejected(`${quote(word)} is not a port to free: give each as a number, such as portui free 3000.`);
	}

	const port = Number(digits);
	return isPort(port) && port > 0 ? parsed(port) : rejected(`Port ${digits} cannot be listened on: ports to free go from 1 to ${lastPort}.`);
};

/** Reads the options of `portui free`. */
export const parseFreeOptions = ({words, text, isOn}: Values): Parsed<FreeOptions> => {
	const typed = words.flatMap(word => word.split(',')).map(word => word.trim()).filter(word => word !== '');
	if (typed.length === 0) {
		return rejected('portui free needs a port, such as portui free 3000.');
	}

	const ports: Port[] = [];
	for (const word of typed) {
		const port = parseFreePort(word);
		if (!port.ok) {
			return port;
		}

		ports.push(port.value);
	}

	const wait = text('wait');
	const graceMs = wait === undefined ? defaultGraceMs : parseDurationMs(wait);
	if (graceMs === undefined || graceMs > longestGraceMs) {
		return rejected(`--wait takes a time such as 500ms or 10s, up to ten minutes, not ${quote(wait ?? '')}.`);
	}

	return parsed({
		ports: [...new Set(ports)],
		isSure: isOn('yes'),
		isForced: isOn('force'),
		isDryRun: isOn('dryRun'),
		graceMs,
		isQuiet: isOn('quiet'),
	});
};
