import test from 'ava';
import {inOptionWords} from '../../source/library/option-words.ts';

const table: ReadonlyArray<readonly [sentence: string, said: string]> = [
	['--timeout takes a whole number of milliseconds from 1 to 600000, not 0.', 'timeoutMs takes a whole number of milliseconds from 1 to 600000, not 0.'],
	['"--exclude" is not a host name, --exclude: "a \\" --yes" is none', '"--exclude" is not a host name, exclude: "a \\" --yes" is none'],
	['taken away by --exclude-ports.', 'taken away by excludePorts.'],
	['and -4 asks for IPv4 only.', 'and family: 4 asks for IPv4 only.'],
	['10-40 runs, eth-4 too, 80-4', '10-40 runs, eth-4 too, 80-4'],
	['--unheard-of stays', '--unheard-of stays'],
];

for (const [sentence, said] of table) {
	test(sentence, t => {
		t.is(inOptionWords(sentence), said);
	});
}
