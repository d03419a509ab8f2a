import type {Registry} from '../registry/registry.ts';
import {describeChange, describePresence, describeShift, describeTitle, describeUntold, headingOf, nameOf, signOf, summarizeDiff, type ComparedTitle} from './diff-words.ts';
import {escapeMarkdown, formatMarkdownTable} from './markdown.ts';
import type {HostDiff, ScanDiff} from './scan-diff.ts';

const formatHostMarkdown = (diff: HostDiff, registry: Registry): readonly string[] => {
	const presence = describePresence(diff);
	const sentences = [...diff.shifts.map(shift => describeShift(shift)), ...describeUntold(diff.untold)];
	return [
		`## ${escapeMarkdown(headingOf(diff))}`,
		'',
		...(presence === undefined ? [] : [presence, '']),
		...(diff.changes.length === 0 ? [] : [formatMarkdownTable(['', 'Port', 'Name', 'Change'], diff.changes.map(change => [signOf(change), String(change.port), nameOf(change, diff, registry), describeChange(change)]))]),
		...(sentences.length === 0 ? [] : [...sentences.map(sentence => `- ${escapeMarkdown(sentence)}`), '']),
	];
};

/** Two scans compared, as Markdown: a section for each host with something to tell. */
export const formatDiffMarkdown = (diff: ScanDiff, before: ComparedTitle, after: ComparedTitle, registry: Registry): string => [
	'# Two scans compared',
	'',
	`- Before: ${escapeMarkdown(describeTitle(before))}`,
	`- After: ${escapeMarkdown(describeTitle(after))}`,
	'',
	...diff.hosts.flatMap(host => formatHostMarkdown(host, registry)),
	summarizeDiff(diff),
	'',
].join('\n');
