import {createRegistry} from '../source/registry/create-registry.ts';
import {decodeRegistry} from '../source/registry/decode.ts';
import type {Registry} from '../source/registry/registry.ts';
import {
	formatReport, formatTable, interleave, isInstalled, isPresent, measureWall, median, p99, type Benchmark,
} from './measure.ts';

/** The names a system has by itself, and what one would search them with. */
const services = '/etc/services';

const words = [
	'http', 'https', 'postgres', 'redis', 'mysql', 'mongodb', 'ssh', 'dns', 'dhcp', 'mail', 'vpn', 'mqtt', 'kafka', 'minecraft', 'printer', 'docker', 'kubernetes',
	'elasticsearch', 'grafana', 'cleartext', 'web dev', 'dev server', 'remote desktop', 'message queue', 'microsoft sql server',
];
const numbers = ['5432', '80', '8000-8100', '22,80,443', '80/tcp', '65535'];
const filters = [
	'risk:high', 'category:database', 'range:registered', 'transport:sctp', 'status:unassigned', 'unassigned', 'category:database,message-queue risk:medium',
	'http !8000-8100', '!http', 'server category:web-dev !udp', 'risk:critical cleartext tcp', '!risk: status:assigned range:well-known',
];
const mistakes = ['postgers', 'redsi', 'kuberntes', 'elasticsaerch', 'promethues', 'minecarft server', 'mcirosoft sqll servre', 'rsik:hihg', 'category:databse', 'zzqqxxyyzz', 'asdfghjkl qwertyuio zxcvbnm'];

/** What is in the field after each keystroke. */
const keystrokesOf = (queries: readonly string[]): readonly string[] =>
	queries.flatMap(query => Array.from(query, (_, index) => query.slice(0, index + 1)));

const timeSearch = (registry: Registry, query: string): number => {
	const startedAt = performance.now();
	registry.search(query);
	return performance.now() - startedAt;
};

type Row = {readonly name: string; readonly times: number[]};

/** How long a keystroke of a search takes over the whole registry, beside a search in the names of the system. */
export const run: Benchmark = async ({rounds = 10, progress}) => {
	if (!await isInstalled('grep') || !await isPresent(services)) {
		return {problem: `This compares with grep over ${services}, one of which is not here: install them (apt-get install grep netbase).`};
	}

	const text = await import('../generated/registry-data.js');
	const grep: Row = {name: `\`grep -i\` over \`${services}\`, a word`, times: []};
	const first: Row = {name: 'the first search of all', times: []};
	const firstMistake: Row = {name: 'the first search with a mistake', times: []};
	const keystrokes: ReadonlyArray<Row & {readonly typed: readonly string[]}> = [
		{name: 'a keystroke: words', typed: keystrokesOf(words), times: []},
		{name: 'a keystroke: numbers and ranges', typed: keystrokesOf(numbers), times: []},
		{name: 'a keystroke: filters', typed: keystrokesOf(filters), times: []},
		{name: 'a keystroke: mistakes', typed: keystrokesOf(mistakes), times: []},
	];

	const searchAll = (): void => {
		// A registry that was never asked, so that what is built on the first search is built again.
		const registry = createRegistry(decodeRegistry(text));
		first.times.push(timeSearch(registry, 'h'));
		firstMistake.times.push(timeSearch(registry, 'redsi'));
		// Once unmeasured: the engine compiles, and joins the texts it was given in parts.
		for (const {typed} of keystrokes) {
			for (const query of typed) {
				registry.search(query);
			}
		}

		for (const {typed, times} of keystrokes) {
			for (const query of typed) {
				times.push(timeSearch(registry, query));
			}
		}
	};

	const grepAll = async (): Promise<void> => {
		for (const word of words) {
			const {wallMs} = await measureWall({command: 'grep', args: ['-i', '--', word, services]});
			grep.times.push(wallMs);
		}
	};

	await interleave(rounds, [
		grepAll,
		async round => {
			searchAll();
			progress(`round ${round + 1}/${rounds}  ${keystrokes.map(({name, times}) => `${name} ${p99(times).toFixed(2)} ms`).join(', ')} (99th percentile)`);
		},
	]);

	const row = ({name, times}: Row): readonly string[] =>
		[name, times.length.toLocaleString('en'), median(times).toFixed(2), p99(times).toFixed(2), Math.max(...times).toFixed(2), (median(times) / median(grep.times)).toFixed(2)];
	const all: Row = {name: 'a keystroke: all', times: keystrokes.flatMap(({times}) => times)};
	return {markdown: formatReport('Search', {
		rounds,
		table: formatTable(['what', 'searches', 'median ms', '99th percentile ms', 'longest ms', 'times `grep`'], [grep, ...keystrokes, all, first, firstMistake].map(each => row(each))),
		notes: [
			`A keystroke is one search over all ports with what is typed so far, of ${words.length + numbers.length + filters.length + mistakes.length} queries typed letter by letter. grep is timed from spawn to exit, on some 300 names.`,
			'The first searches build their index; in the first round the program is not compiled yet, which is the longest.',
		],
	})};
};
