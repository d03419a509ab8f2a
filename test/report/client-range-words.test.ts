import test from 'ava';
import {clientRangeWords} from '../../source/report/client-range-words.ts';
import {factsOf, lookupContext} from '../helpers/lookup-registry.ts';

const {ownClientRange} = lookupContext;

test('what was read of this machine and what is the default elsewhere are told apart', t => {
	t.deepEqual(clientRangeWords(factsOf(50_000)[0]!, ownClientRange), [
		'A program on this machine may be given it for its own end of a connection (32768–60999, read from the system).',
		'In the default client range of Windows, macOS (49152–65535).',
	]);
	t.is(clientRangeWords(factsOf(40_001)[0]!, ownClientRange)[0], 'This machine keeps it back from the ports it gives to clients (32768–60999, read from the system).');
	t.deepEqual(clientRangeWords(factsOf(80)[0]!, ownClientRange), [
		'Not among the ports this machine gives to clients (32768–60999, read from the system).',
		'In no system\'s default client range that is known here.',
	]);
	t.is(clientRangeWords(factsOf(80)[0]!, undefined)[0], 'Which ports this machine gives to clients could not be read.');
});
