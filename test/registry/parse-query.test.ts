import fc from 'fast-check';
import test from 'ava';
import {interval} from '../../source/port/port-range.ts';
import {formatQuery, parseQuery, type FilterKey, type Term} from '../../source/registry/parse-query.ts';

const word = (text: string, isExcluded = false): Term => ({kind: 'word', word: text, isExcluded});
const number = (digits: string, isExcluded = false): Term => ({kind: 'number', digits, isExcluded});
const range = (intervals: ReadonlyArray<readonly [number, number]>, isExcluded = false): Term => ({kind: 'range', intervals: intervals.map(([first, last]) => interval(first, last)), isExcluded});
const filter = (key: FilterKey, values: readonly string[], isExcluded = false): Term => ({kind: 'filter', key, values, isExcluded});

const parsed: ReadonlyArray<readonly [typed: string, terms: readonly Term[]]> = [
	['', []],
	[' \t\n', []],
	['http', [word('http')]],
	['  HTTP  server ', [word('http'), word('server')]],
	['http http', [word('http')]],
	['5432', [number('5432')]],
	['0080', [number('0080')]],
	['80 http', [number('80'), word('http')]],
	['8000-8100', [range([[8000, 8100]])]],
	['8000–8100', [range([[8000, 8100]])]],
	['8000 - 8100 web', [range([[8000, 8100]]), word('web')]],
	['-1023', [range([[0, 1023]])]],
	['49152-', [range([[49_152, 65_535]])]],
	['65530-99999', [range([[65_530, 65_535]])]],
	['8100-8000', [range([])]],
	['70000-80000', [range([])]],
	['8000-8', [range([[8000, 65_535]])]],
	['22,80-90', [range([[22, 22], [80, 90]])]],
	['22, 80', [range([[22, 22], [80, 80]])]],
	['22,', [range([[22, 22]])]],
	['60870-5-104', [word('60870-5-104')]],
	['-', [word('-')]],
	[',', [word(',')]],
	['risk:high', [filter('risk', ['high'])]],
	['Risk:HIGH', [filter('risk', ['high'])]],
	['category:database,message-queue', [filter('category', ['database', 'message-queue'])]],
	['category:database,', [filter('category', ['database'])]],
	['risk:', [filter('risk', [''])]],
	['risk:,', [filter('risk', [''])]],
	['ris', [word('ris')]],
	['risk', [word('risk')]],
	['foo:bar', [word('foo:bar')]],
	[':8080', [word(':8080')]],
	['constructor:x', [word('constructor:x')]],
	['sctp', [filter('transport', ['sctp'])]],
	['registered', [filter('range', ['registered'])]],
	['cleartext', [word('cleartext')]],
	['80/tcp', [range([[80, 80]]), filter('transport', ['tcp'])]],
	['80/', [range([[80, 80]]), filter('transport', [''])]],
	['70000/tcp', [range([]), filter('transport', ['tcp'])]],
	['tcp/ip', [word('tcp/ip')]],
	['!http', [word('http', true)]],
	['!!http', [word('http', true)]],
	['!risk:high', [filter('risk', ['high'], true)]],
	['!8000-8100', [range([[8000, 8100]], true)]],
	['!25', [number('25', true)]],
	['!udp', [filter('transport', ['udp'], true)]],
	['!53/udp', [range([[53, 53]], true)]],
	['!', []],
	['http !', [word('http')]],
];

for (const [typed, terms] of parsed) {
	test(`parses ${JSON.stringify(typed)}`, t => {
		t.deepEqual(parseQuery(typed), terms);
	});
}

test('only the beginning of a huge query counts', t => {
	t.deepEqual(parseQuery('http ' + ' '.repeat(100_000) + 'nothing'), [word('http')]);
	t.is(parseQuery(Array.from({length: 50}, (_, index) => `w${index}`).join(' ')).length, 16);
});

const formatted: ReadonlyArray<readonly [typed: string, written: string]> = [
	['redis  !TCP risk:high,low', 'redis !tcp risk:high,low'],
	['8000 - 8100 22', '8000-8100 22'],
	['22,80-90 !25', '22,80-90 !25'],
	['registered category:', 'registered category:'],
	['transport:tcp', 'tcp'],
	['http !8100-8000', 'http'],
];

for (const [typed, written] of formatted) {
	test(`writes ${typed} as ${written}`, t => {
		t.is(formatQuery(parseQuery(typed)), written);
	});
}

test('anything is parsed, and what is written of it is parsed the same', t => {
	const typed = fc.oneof(
		fc.string({unit: 'binary', maxLength: 30}),
		fc.array(fc.stringMatching(/^!?(?:[a-z]{1,5}|\d{1,6}|\d{1,5}-\d{0,5}|(?:risk|status|transport):[a-z,]{0,8})$/), {maxLength: 6}).map(words => words.join(' ')),
	);
	fc.assert(fc.property(typed, text => {
		const written = formatQuery(parseQuery(text));
		t.is(formatQuery(parseQuery(written)), written);
	}), {numRuns: 1000, seed: 1});
});
