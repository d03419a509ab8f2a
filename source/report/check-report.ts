import type {Check, RuleReport} from '../policy/judge-rule.ts';
import type {CheckDocument} from './documents/check.ts';
import {escapeMarkdown} from './markdown.ts';
import {printable} from './printable.ts';

const words: Readonly<Record<Check['outcome'], string>> = {held: 'ok', broken: 'BROKEN', undecided: 'UNKNOWN'};

const wordWidth = Math.max(...Object.values(words).map(word => word.length));

/** All of it in a sentence. */
export const summarizeChecks = (reports: readonly RuleReport[]): string => {
	const checks = reports.flatMap(report => report.checks);
	const countOf = (outcome: Check['outcome']): number => checks.filter(check => check.outcome === outcome).length;
	const parts = [
		...(countOf('broken') === 0 ? [] : [`${countOf('broken')} broken`]),
		...(countOf('undecided') === 0 ? [] : [`${countOf('undecided')} could not be found out`]),
	];
	return `${checks.length} ${checks.length === 1 ? 'check' : 'checks'} of ${reports.length} ${reports.length === 1 ? 'target' : 'targets'}: ${parts.length === 0 ? 'all hold' : parts.join(', ')}.`;
};

/** What became of a policy, as a person reads it. */
export const formatChecksText = (reports: readonly RuleReport[]): string => [
	...reports.flatMap(({rule, checks}) => [
		rule.target,
		...checks.flatMap(({name, outcome, sentences}) => [
			`  ${words[outcome].padEnd(wordWidth)}  ${name}`,
			...sentences.map(sentence => `${' '.repeat(wordWidth + 4)}${sentence}`),
		]),
		'',
	].map(line => printable(line))),
	summarizeChecks(reports),
	'',
].join('\n');

/** What became of a policy, as Markdown: for a pull request or a job's summary. */
export const formatChecksMarkdown = (reports: readonly RuleReport[]): string => [
	'# Ports checked',
	'',
	...reports.flatMap(({rule, checks}) => [
		`## ${escapeMarkdown(rule.target)}`,
		'',
		...checks.flatMap(({name, outcome, sentences}) => [
			`- ${words[outcome]}: ${escapeMarkdown(name)}`,
			...sentences.map(sentence => `  - ${escapeMarkdown(sentence)}`),
		]),
		'',
	]),
	summarizeChecks(reports),
	'',
].join('\n');

/** What became of a policy, as the JSON document of kind `check`, version 1. Its shape is a contract: additions only. */
export const checksDocument = (reports: readonly RuleReport[]): CheckDocument => ({
	portui: 1,
	kind: 'check',
	holds: reports.every(({checks}) => checks.every(({outcome}) => outcome === 'held')),
	targets: reports.map(({rule, startedAt, elapsedMs, checks}) => ({target: rule.target, startedAt, elapsedMs, checks})),
});
