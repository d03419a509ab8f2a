import {isPort} from '../../port/port.ts';
import {readAddress} from '../../scan/address.ts';
import type {ReadProgram} from '../../scan/program-reader.ts';
import type {Verdict} from '../../scan/verdict.ts';

/** No line of its list is longer. */
const longestLine = 1000;

/** masscan asks with a bare SYN, and tells no round-trip time. */
const verdicts: Readonly<Record<string, Verdict>> = {
	open: {state: 'open', tries: 1},
	closed: {state: 'closed', reason: 'refused', tries: 1},
};

/**
Reads masscan's list (`-oL`) while masscan writes it, and the progress that it says beside.

A line that is not understood is passed over.
*/
export const followMasscan: ReadProgram = teller => {
	let rest = '';
	let hasBegun = false;
	let hasEnd = false;

	const take = (line: string): void => {
		hasBegun ||= line.startsWith('#masscan');
		hasEnd ||= line === '# end';
		const [, state = '', portText = '', addressText = ''] = /^(open|closed) tcp (\d{1,5}) (\S{1,100}) \d{1,12}$/.exec(line.slice(0, longestLine)) ?? [];
		const address = readAddress(addressText);
		const port = Number(portText);
		if (state !== '' && address !== undefined && isPort(port)) {
			teller.probed(address, port, verdicts[state]!);
		}
	};

	return {
		write(piece) {
			const lines = (rest + piece).split('\n');
			rest = lines.pop()!.slice(0, longestLine);
			for (const line of lines) {
				take(line.trimEnd());
			}
		},
		say(line) {
			const [, percent, waits] = /^rate: {1,10}[\d.]{1,12}-kpps, {1,10}(\d{1,3}(?:\.\d{1,2})?)% done, {0,4}(waiting)?/.exec(line.slice(0, longestLine)) ?? [];
			if (percent !== undefined) {
				teller.doing({task: waits === undefined ? 'SYN scan' : 'SYN scan, waiting for late answers', share: Math.min(1, Number(percent) / 100)});
			}
		},
		end() {
			// Where it finds nothing it writes nothing at all.
			return {isWhole: hasEnd || !hasBegun, problem: null};
		},
	};
};
