import {shortId} from '../history/retention.ts';
import {formatPortSet} from '../port/port-set.ts';
import type {Registry} from '../registry/registry.ts';
import {describeChange, describePresence, describeShift, describeUntold, headingOf, nameOf, signOf, summarizeDiff} from '../report/diff-words.ts';
import {describeDownHosts} from '../report/down-hosts.ts';
import {printable} from '../report/printable.ts';
import {formatCount, formatDuration} from '../report/quantity.ts';
import {diffScans, type ComparedScan, type ScanDiff} from '../report/scan-diff.ts';
import {numberOf} from '../scan/address-block.ts';
import {leftCount, type ScanRecord, type StateCounts} from '../scan/scan-record.ts';
import {describeObserved} from '../scan/observed.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import {vantageOf} from '../scan/vantage.ts';
import {portStates} from '../scan/verdict.ts';
import type {ComparedPast, HistoryDetail, HistoryRow} from '../store/history-state.ts';
import type {KeptStatus} from '../history/kept-summary.ts';
import {formatMoment} from './clock-words.ts';
import type {Paragraph} from './components/paragraphs.tsx';
import {formatBytes} from './history-columns.ts';

/** More open ports than these are for the Scan view, which lists only those in sight. */
const mostOpen = 200;

/** Of a longer list of ports a reader learns nothing. */
const longestPorts = 300;

/** What is told of a scan beside itself. */
export type PastContext = {
	readonly status: KeptStatus | undefined;
	/** The scan that went on with it. */
	readonly continuedBy: string | undefined;
	readonly registry: Registry | undefined;
};

const shorten = (text: string): string => printable(text.length > longestPorts ? `${text.slice(0, longestPorts - 1)}…` : text);

const countWords = (counts: StateCounts): string => portStates.map(state => `${formatCount(counts[state])} ${state}`).join(', ');

const endWords: Readonly<Record<KeptStatus, string>> = {
	complete: 'It went to its end',
	interrupted: 'It was interrupted',
	failed: 'It failed',
	running: 'It still runs',
	torn: 'It ended without a word, killed, by a crash or on a full disk',
};

/** How it ended, and what can be done about that. */
const endParagraphs = ({summary}: HistoryRow, {status, continuedBy}: PastContext): readonly Paragraph[] => {
	if (summary === undefined || status === undefined) {
		return [];
	}

	const when = summary.finishedAt === null ? '' : `, ${formatMoment(summary.finishedAt)}`;
	const isCut = status === 'torn' || status === 'interrupted';
	return [
		{role: isCut || status === 'failed' ? 'unknown' : 'plain', text: `${endWords[status]}${when}.${continuedBy === undefined ? '' : ` Scan ${shortId(continuedBy)} went on with it.`}`},
		...(isCut && continuedBy === undefined ? [{role: 'key', text: 'R resumes it: only what is missing, with the same seed.'} as const] : []),
	];
};

/** What the list knows of a scan: what comes first, and the rest. */
type Summed = {readonly first: readonly Paragraph[]; readonly rest: readonly Paragraph[]};

const sumUp = (row: HistoryRow, context: PastContext): Summed => {
	const {id, file, summary, problem} = row;
	if (summary === undefined) {
		return {first: [{role: problem === undefined ? 'faint' : 'problem', text: printable(problem ?? 'Not read yet.')}], rest: []};
	}

	const {targets, targetCount, ports, startedAt, hostCount, counts, seed, engine, continues, note} = summary;
	return {
		first: [
			{role: 'strong', text: printable(`${targets.join(' ')}${targetCount > targets.length ? ` and ${formatCount(targetCount - targets.length)} more` : ''}`)},
			...(note === undefined ? [] : [{role: 'strong', text: `Note: ${printable(note)}`} as const]),
			{role: 'plain', text: `Ports ${shorten(ports)}; ${formatCount(hostCount)} ${hostCount === 1 ? 'host' : 'hosts'}${counts === undefined ? '' : `; ${countWords(counts)}`}.`},
			...endParagraphs(row, context),
		],
		rest: [
			{role: 'plain', text: `Began ${formatMoment(startedAt)}, by ${printable(engine)}, seed ${seed}, id ${shortId(id)}.`},
			...(continues === null ? [] : [{role: 'plain', text: `It went on with scan ${printable(shortId(continues))}.`} as const]),
			{role: 'faint', text: `${formatBytes(file.bytes)}${file.isPinned ? ', pinned: it stays, whatever else is removed' : ''}.`},
		],
	};
};

/** The open ports with what they are registered for, which was not observed. */
const openParagraphs = ({hosts, openings}: ScanRecord, registry: Registry | undefined): readonly Paragraph[] => {
	if (openings.length === 0) {
		return [{role: 'plain', text: 'No open port was found.'}];
	}

	const sorted = openings.toSorted((one, other) => one.host - other.host || one.port - other.port);
	let host = -1;
	return [
		{role: 'heading', text: 'Open ports; names and risks are of the number, not observed:'},
		...sorted.slice(0, mostOpen).flatMap((opening): readonly Paragraph[] => {
			const {host: {target, address}, observed} = hosts[opening.host]!;
			const facts = registry === undefined ? undefined : tcpFactsOf(registry.lookup(opening.port), 'open', vantageOf(address));
			const seen = observed.get(opening.port);
			const parts = [
				facts?.registry?.name ?? '',
				seen === undefined ? '' : `observed: ${describeObserved(seen)}`,
				facts?.exposure ? `${facts.exposure.severity}: ${facts.exposure.concern}` : '',
			].filter(part => part !== '');
			const heading: readonly Paragraph[] = opening.host === host ? [] : [{role: 'strong', text: printable(target === address.text ? target : `${target} (${address.text})`)}];
			host = opening.host;
			return [...heading, {role: facts?.exposure ? `severity-${facts.exposure.severity}` : 'open', text: `${String(opening.port).padStart(5)} open  ${printable(parts.join('; '))}`.trimEnd(), indent: 1}];
		}),
		...(sorted.length > mostOpen ? [{role: 'faint', text: `and ${formatCount(sorted.length - mostOpen)} more: S lists them all.`} as const] : []),
	];
};

const scanParagraphs = ({record, notes}: Extract<HistoryDetail, {kind: 'scan'}>, {first, rest}: Summed, registry: Registry | undefined): readonly Paragraph[] => [
	...first,
	...(record.message === null ? [] : [{role: 'problem', text: printable(record.message)} as const]),
	...notes.map((note): Paragraph => ({role: 'problem', text: printable(note)})),
	...openParagraphs(record, registry),
	...describeDownHosts(record).map((text): Paragraph => ({role: 'plain', text: printable(text)})),
	{role: 'plain', text: `It took ${formatDuration(record.elapsedMs)}${leftCount(record) > 0 ? `; ${formatCount(leftCount(record))} ports were not finished` : ''}.`},
	...rest,
	{role: 'key', text: 'Enter shows it in the Scan view.'},
];

const sideOf = ({kept: {plan: {hosts, blocks = []}}, record}: ComparedPast): ComparedScan => {
	const listed = new Set(hosts.map(({address}) => address.text));
	const bounds = blocks.map(({first, last}) => ({family: first.family, first: numberOf(first), last: numberOf(last)}));
	return {
		record,
		asks(address) {
			const number = numberOf(address);
			return listed.has(address.text) || bounds.some(({family, first, last}) => family === address.family && number >= first && number <= last);
		},
	};
};

/** Made once for two scans that were read: a frame asks again. */
const diffs = new WeakMap<Extract<HistoryDetail, {kind: 'comparison'}>, ScanDiff>();

const diffOf = (detail: Extract<HistoryDetail, {kind: 'comparison'}>): ScanDiff => {
	const known = diffs.get(detail) ?? diffScans(sideOf(detail.before), sideOf(detail.after));
	diffs.set(detail, known);
	return known;
};

const titleOf = ({id, kept: {plan: {ports}, request}, record: {started: {startedAt}}}: ComparedPast): string =>
	`${formatMoment(startedAt)}, ${shorten((request?.targets ?? []).slice(0, 5).join(' '))}, ports ${shorten(request?.ports ?? formatPortSet(ports))}, id ${shortId(id)}`;

const comparisonParagraphs = (detail: Extract<HistoryDetail, {kind: 'comparison'}>, registry: Registry | undefined): readonly Paragraph[] => {
	const diff = diffOf(detail);
	return [
		{role: 'plain', text: `Before: ${titleOf(detail.before)}`},
		{role: 'plain', text: `After:  ${titleOf(detail.after)}`},
		{role: 'strong', text: printable(summarizeDiff(diff))},
		...diff.hosts.flatMap((host): readonly Paragraph[] => {
			const presence = describePresence(host);
			return [
				{role: 'strong', text: printable(headingOf(host))},
				...(presence === undefined ? [] : [{role: 'plain', text: presence, indent: 2} as const]),
				...host.changes.map((change): Paragraph => {
					const name = registry === undefined ? '' : nameOf(change, host, registry);
					return {role: change.kind === 'opened' ? 'open' : change.kind === 'closed' ? 'filtered' : 'unknown', text: printable(`${signOf(change)} ${change.port} ${name === '' ? '' : `${name} `}${describeChange(change)}`), indent: 1};
				}),
				...host.shifts.map((shift): Paragraph => ({role: 'plain', text: shorten(describeShift(shift)), indent: 1})),
				...describeUntold(host.untold).map((sentence): Paragraph => ({role: 'unknown', text: `? ${shorten(sentence)}`, indent: 1})),
			];
		}),
	];
};

/** Everything that is told of the scan in hand. */
export const pastParagraphs = (row: HistoryRow | undefined, detail: HistoryDetail | undefined, context: PastContext): readonly Paragraph[] => {
	if (row === undefined) {
		return [];
	}

	const mine = detail?.id === row.id ? detail : undefined;
	const summed = sumUp(row, context);
	const all = [...summed.first, ...summed.rest];
	switch (mine?.kind) {
		case 'comparison': {
			return comparisonParagraphs(mine, context.registry);
		}

		case 'scan': {
			return scanParagraphs(mine, summed, context.registry);
		}

		case 'reading': {
			return [...all, {role: 'faint', text: 'Reading it …'}];
		}

		case 'failed': {
			return [...all, {role: 'problem', text: printable(mine.message)}];
		}

		case undefined: {
			return [...all, ...(row.summary === undefined ? [] : [{role: 'key', text: 'Enter opens it: its open ports, here and in the Scan view.'} as const])];
		}
	}
};
