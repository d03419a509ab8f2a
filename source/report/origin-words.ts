import {shortId} from '../history/retention.ts';
import type {Doing} from '../scan/event.ts';
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

/** What made a scan, without the machine where it ran. */
const programOf = (engine: string): string => engine.split(' ', 1)[0]!;

/** The machine that a scan was made from over ssh; undefined where it was made where it is told of. */
export const viaOf = (engine: string): string | undefined => / via (.+)$/.exec(engine)?.[1];

/** Whether another program than portui made a scan. */
export const isOfAnotherProgram = (engine: string): boolean => otherPrograms.has(programOf(engine));

/** Whether the pace of a scan is decided elsewhere: by another program, or on another machine. Then nothing is known of it but what comes. */
export const isPacedElsewhere = (engine: string): boolean => isOfAnotherProgram(engine) || viaOf(engine) !== undefined;

/** Whether portui knows what is left to ask in a scan that was cut short: in those that it made itself, from here. */
export const isResumable = (engine: string): boolean => !isPacedElsewhere(engine);

/** Who made a scan, as far as its document tells; `nmap on deploy@example.com`. */
export const programWords = (engine: string): string => `${plainProgramWords(programOf(engine))}${viaOf(engine) === undefined ? '' : ` on ${viaOf(engine)}`}`;

const plainProgramWords = (engine: string): string => (!otherPrograms.has(engine) ? 'portui' : engine === 'unknown' ? 'a program that is not named' : engine);

/** What a program is at: `SYN Stealth Scan, 44 % done`. Made printable. */
export const doingWords = ({task, share}: Doing): string => `${printable(task)}, ${Math.floor(share * 100)} % done`;
