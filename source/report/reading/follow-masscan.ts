import {isPort} from '../../port/port.ts';
import {readAddress} from '../../scan/address.ts';
import type {ReadProgram} from '../../scan/program-reader.ts';

/** No line of its is longer. */
const longestLine = 1000;

/**
Reads what masscan says on its output when it is asked for no document, and the progress that it says beside.

Its documents come in blocks of some thousand characters, these lines as soon as it finds a port: what it found is known when it is stopped. A line that is not understood is passed over.
*/
export const followMasscan: ReadProgram = teller => {
	let rest = '';

	const take = (line: string): void => {
		const [, portText = '', addressText = ''] = /^Discovered open port (\d{1,5})\/tcp on (\S{1,100}) *$/.exec(line.slice(0, longestLine)) ?? [];
		const address = readAddress(addressText);
		const port = Number(portText);
		if (address !== undefined && isPort(port)) {
			teller.probed(address, port, {state: 'open', tries: 1});
		}
	};

	return {
		write(piece) {
			const lines = (rest + piece).split(/[\r\n]/);
			rest = lines.pop()!.slice(0, longestLine);
			for (const line of lines) {
				take(line);
			}
		},
		say(line) {
			const [, percent, waits] = /^rate: {1,10}[\d.]{1,12}-kpps, {1,10}(\d{1,3}(?:\.\d{1,2})?)% done, {0,4}(waiting)?/.exec(line.slice(0, longestLine)) ?? [];
			if (percent !== undefined) {
				teller.doing({task: waits === undefined ? 'SYN scan' : 'SYN scan, waiting for late answers', share: Math.min(1, Number(percent) / 100)});
			}
		},
		end() {
			// These lines have no end of their own: its exit code says whether it came to it.
			return {isWhole: true, problem: null};
		},
	};
};
