import {isFields} from '../../history/fields.ts';
import {isPort} from '../../port/port.ts';
import type {Parsed} from '../../port/parsed.ts';
import {quoteTyped} from '../../port/quote.ts';
import type {Verdict} from '../../scan/verdict.ts';
import {readJsonLines} from './read-json-lines.ts';
import type {ReadScan} from './read-scan.ts';
import type {ReadingOptions} from './reading-options.ts';
import {textOf} from './reading.ts';

const open: Verdict = {state: 'open', tries: 1};

/** Since 2022 a port is a number beside a protocol; before, an object that holds both, the protocol as 0 for TCP and 1 for UDP. */
const readPort = ({port, protocol}: Readonly<Record<string, unknown>>): {readonly port: unknown; readonly protocol: string} => {
	if (!isFields(port)) {
		return {port, protocol: textOf(protocol)?.toLowerCase() ?? 'tcp'};
	}

	const named = port['Protocol'] ?? port['protocol'];
	return {port: port['Port'] ?? port['port'], protocol: named === 1 ? 'udp' : typeof named === 'string' ? named.toLowerCase() : 'tcp'};
};

/** Reads what `naabu -json` writes: an open port a line. */
export const readNaabu = (text: string, options: ReadingOptions = {}): Parsed<ReadScan> => readJsonLines(text, options, {
	format: 'naabu JSON lines',
	engine: 'naabu',
	create(gatherer, notes) {
		return {
			take(fields) {
				const host = textOf(fields['host']);
				const address = textOf(fields['ip']) ?? host;
				const {port, protocol} = readPort(fields);
				if (address === undefined) {
					return 'it has neither ip nor host';
				}

				if (typeof port !== 'number' || !isPort(port)) {
					return 'it has no port from 0 to 65535';
				}

				if (protocol !== 'tcp') {
					notes.passOver(/^[a-z\d]{1,10}$/.test(protocol) ? protocol.toUpperCase() : 'another protocol');
					return undefined;
				}

				const number = gatherer.hostAt(address, host);
				if (number === undefined) {
					return `${quoteTyped(address, 60)} is no IP address, and names are not looked up here`;
				}

				const time = textOf(fields['timestamp']);
				gatherer.at(time === undefined || time.length > 50 ? 0 : Date.parse(time));
				gatherer.tell(number, port, open);
				return undefined;
			},
		};
	},
});
