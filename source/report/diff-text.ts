import type {Registry} from '../registry/registry.ts';
import {describeChange, describePresence, describeShift, describeTitle, describeUntold, headingOf, nameOf, signOf, summarizeDiff, type ComparedTitle} from './diff-words.ts';
import {printable} from './printable.ts';
import type {HostDiff, ScanDiff} from './scan-diff.ts';

const formatHost = (diff: HostDiff, registry: Registry): readonly string[] => {
	const presence = describePresence(diff);
	const width = Math.max(0, ...diff.changes.map(({port}) => String(port).length));
	const nameWidth = Math.max(0, ...diff.changes.map(change => nameOf(change, diff, registry).length));
	return [
		headingOf(diff),
		...(presence === undefined ? [] : [`  ${presence}`]),
		...diff.changes.map(change => `  ${signOf(change)} ${String(change.port).padStart(width)}  ${nameWidth === 0 ? '' : `${nameOf(change, diff, registry).padEnd(nameWidth)}  `}${describeChange(change)}`),
		...diff.shifts.map(shift => `  ${describeShift(shift)}`),
		...describeUntold(diff.untold).map(sentence => `  ? ${sentence}`),
		'',
	].map(line => printable(line));
};

/** Two scans compared, as a person reads it: `+` opened, `-` open no longer, `~` another service, `?` only one of the scans can tell. Names are those of the registry, not observed. */
export const formatDiffText = (diff: ScanDiff, before: ComparedTitle, after: ComparedTitle, registry: Registry): string => [
	printable(`Before: ${describeTitle(before)}`),
	printable(`After:  ${describeTitle(after)}`),
	'',
	...diff.hosts.flatMap(host => formatHost(host, registry)),
	summarizeDiff(diff),
	'',
].join('\n');
