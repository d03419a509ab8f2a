import {rejected, type Parsed} from '../../port/parsed.ts';
import {isPort} from '../../port/port.ts';
import {quoteTyped} from '../../port/quote.ts';
import type {Verdict} from '../../scan/verdict.ts';
import {createScanGatherer} from './gather-scan.ts';
import type {ReadScan} from './read-scan.ts';
import type {ReadingOptions} from './reading-options.ts';
import {createReadingNotes} from './reading-notes.ts';
import {reading} from './reading.ts';
import {linesOf} from './text-lines.ts';

const open: Verdict = {state: 'open', tries: 1};

/** No host and port are longer, in characters. */
const longestLine = 300;

/** `192.0.2.7:22`, `[2001:db8::1]:22`, `host:22`. A bare IPv6 address with a port could be another address: it is not taken. */
const endpoint = /^(?:\[([^\]\s]{1,100})\]|([^\s:[\]]{1,253})):(\d{1,5})$/;

/** Reads a host and a port; undefined where a line is none. A `#` begins a comment. */
const readEndpoint = (line: string): {readonly host: string; readonly port: number} | undefined => {
	const [, bracketed, bare, port] = line.length > longestLine ? [] : endpoint.exec(line) ?? [];
	const host = bracketed ?? bare;
	return host === undefined || !isPort(Number(port)) ? undefined : {host, port: Number(port)};
};

const withoutComment = (line: string): string => {
	const short = line.slice(0, longestLine + 1).trim();
	const comment = short.search(/(?:^|\s)#/);
	return comment === -1 ? short : short.slice(0, comment).trim();
};

/** Whether a line is a host and a port. */
export const isHostPortLine = (line: string): boolean => readEndpoint(withoutComment(line)) !== undefined;

/**
Reads lines of an address and an open port: portui's own `list`, naabu's plain output, or what somebody wrote by hand.

A name is left out, and told: which address was meant is not known, and asking a name server now would tell of another time.
*/
export const readHostPorts = (text: string, options: ReadingOptions = {}): Parsed<ReadScan> => {
	let isEmpty = true;
	const read = reading(text, () => {
		const gatherer = createScanGatherer();
		const notes = createReadingNotes();
		for (const {text: line, number} of linesOf(text)) {
			const typed = withoutComment(line);
			const found = typed === '' ? null : readEndpoint(typed);
			if (found === null) {
				continue;
			}

			const host = found === undefined ? undefined : gatherer.hostAt(found.host);
			if (found === undefined) {
				notes.leaveOut(() => number, 'a line is an address, a colon and a port, such as 192.0.2.7:22 or [2001:db8::1]:22');
			} else if (host === undefined) {
				notes.leaveOut(() => number, `${quoteTyped(found.host, 60)} is no IP address, and names are not looked up here`);
			} else if (isPort(found.port)) {
				isEmpty = false;
				gatherer.tell(host, found.port, open);
			}
		}

		return gatherer.finish({format: 'list of addresses and ports', engine: 'unknown', status: 'complete', tellsOpenOnly: true, notes: notes.list()}, options);
	});
	return read.ok && isEmpty ? rejected(`No line of it is an address and a port. ${read.value.notes[0] ?? 'It is empty.'}`) : read;
};
