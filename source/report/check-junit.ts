import type {Check, RuleReport} from '../policy/judge-rule.ts';
import {formatElement, formatText, type XmlAttributes} from './xml.ts';

const seconds = (elapsedMs: number): string => (elapsedMs / 1000).toFixed(3);

const tallyOf = (checks: readonly Check[]): XmlAttributes => ({
	tests: checks.length,
	failures: checks.filter(({outcome}) => outcome === 'broken').length,
	errors: checks.filter(({outcome}) => outcome === 'undecided').length,
	skipped: 0,
});

const formatCase = ({name, outcome, sentences}: Check, target: string): string => {
	const message = sentences.join(' ');
	// The message is all there is to say; readers that show the content alone get it too.
	const told = outcome === 'held' ? undefined : formatElement(outcome === 'broken' ? 'failure' : 'error', {message, type: outcome}, sentences.map(sentence => formatText(sentence)).join('\n'));
	return formatElement('testcase', {classname: target, name, time: '0'}, told);
};

/**
What became of a policy as JUnit XML, as continuous integration reads it: a suite a target, a case a check; what is broken is a failure, what could not be found out an error.

JUnit has no standard of its own; these are the elements and attributes that Jenkins, GitLab and GitHub's actions read.
*/
export const formatChecksJunit = (reports: readonly RuleReport[]): string => {
	const all = reports.flatMap(({checks}) => checks);
	const suites = reports.map(({rule: {target}, startedAt, elapsedMs, checks}) => formatElement(
		'testsuite',
		{name: target, ...tallyOf(checks), time: seconds(elapsedMs), timestamp: startedAt?.replace(/\.\d+Z$/, '')},
		`\n${checks.map(check => `${formatCase(check, target)}\n`).join('')}`,
	));
	return `<?xml version="1.0" encoding="UTF-8"?>\n${formatElement('testsuites', {name: 'portui check', ...tallyOf(all), time: seconds(reports.reduce((sum, {elapsedMs}) => sum + elapsedMs, 0))}, `\n${suites.map(suite => `${suite}\n`).join('')}`)}\n`;
};
