import {shortId} from '../history/retention.ts';
import type {ScanOrigin} from '../scan/scan-origin.ts';
import {printable} from './printable.ts';

/** Where a scan comes from, for a sentence: `"scan.xml" (nmap XML)`. Made printable. */
export const originWords = (origin: ScanOrigin): string => {
	if (origin.kind === 'history') {
		return `the history (${printable(shortId(origin.id))})`;
	}

	return printable(`${origin.name === '-' ? 'standard input' : JSON.stringify(origin.name)} (${origin.format})`);
};

/** Programs whose documents are read. */
const otherPrograms: ReadonlySet<string> = new Set(['nmap', 'masscan', 'naabu', 'rustscan', 'unknown']);

/** Whether another program than portui made a scan. */
export const isOfAnotherProgram = (engine: string): boolean => otherPrograms.has(engine);

/** Who made a scan, as far as its document tells. */
export const programWords = (engine: string): string => (!otherPrograms.has(engine) ? 'portui' : engine === 'unknown' ? 'a program that is not named' : engine);
