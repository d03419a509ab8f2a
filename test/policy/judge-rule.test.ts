import test from 'ava';
import {failedRule, judgeRule, type RuleReport} from '../../source/policy/judge-rule.ts';
import {parsePolicy} from '../../source/policy/parse-policy.ts';
import type {Rule} from '../../source/policy/policy.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {formatChecksJunit} from '../../source/report/check-junit.ts';
import {checksDocument, formatChecksMarkdown, formatChecksText} from '../../source/report/check-report.ts';
import {scanRecord, verdicts, type ScanScript} from '../helpers/scan-events.ts';
import {assertValid} from '../helpers/schemas.ts';

const registry = await loadRegistry();

const ruleOf = (fields: string): Rule => {
	const policy = parsePolicy(`hosts: [{host: localhost, ${fields}}]`, registry);
	return policy.ok ? policy.value.rules[0]! : (() => {
		throw new Error(policy.message);
	})();
};

const judge = (fields: string, script: ScanScript): RuleReport => judgeRule(ruleOf(fields), scanRecord(script), registry);
const outcomes = ({checks}: RuleReport): readonly string[] => checks.map(({name, outcome}) => `${outcome}: ${name}`);
const {open, closed, filtered, unknown} = verdicts;

test('what holds', t => {
	t.deepEqual(outcomes(judge('allow: 22, require: 22, severity: medium', {probed: [{22: open, 6379: closed, 80: filtered}]})), ['held: only 22 may be open', 'held: 22 is open', 'held: no open port is riskier than medium']);
	t.deepEqual(outcomes(judge('allow: none', {probed: [{22: closed}]})), ['held: no port is open']);
});

test('what is broken, and why', t => {
	const report = judge('allow: 22, require: 22, severity: info', {probed: [{22: closed, 6379: open}]});
	t.deepEqual(report.checks.map(({outcome}) => outcome), ['broken', 'broken', 'broken']);
	t.deepEqual(report.checks[0]!.sentences, ['127.0.0.1:6379 is open, and not allowed, registered for redis.']);
	t.deepEqual(report.checks[1]!.sentences, ['127.0.0.1:22 is closed (refused).']);
	t.regex(report.checks[2]!.sentences[0]!, /^127\.0\.0\.1:6379 is open, where Redis \/ Valkey usually listens: \w+ risk seen from loopback\.$/);
});

test('what could not be found out is neither', t => {
	t.deepEqual(outcomes(judge('allow: 22, require: 80', {probed: [{22: open, 80: unknown}]})), ['undecided: only 22,80 may be open', 'undecided: 80 is open']);
	t.deepEqual(outcomes(judge('allow: 22', {probed: [{22: open}], portCount: 5, status: 'interrupted'})), ['undecided: the scan came to its end', 'undecided: only 22 may be open']);
	t.deepEqual(outcomes(judge('allow: none', {probed: [{22: verdicts.unreachable}]})), ['undecided: no port is open']);
	// What is broken is broken, whatever else is not known.
	t.deepEqual(outcomes(judge('allow: none', {probed: [{22: open, 23: unknown}]})), ['broken: no port is open']);
});

test('a port is required on any address of a name', t => {
	const hosts = [{target: 'localhost', address: '127.0.0.1'}, {target: 'localhost', address: '::1'}];
	t.deepEqual(outcomes(judge('require: 22', {hosts, probed: [{22: closed}, {22: open}]})), ['held: 22 is open']);
	t.deepEqual(judge('require: 22', {hosts, probed: [{22: closed}, {22: filtered}]}).checks[0]!.sentences, ['127.0.0.1:22 is closed (refused).', '[::1]:22 is filtered (no-answer).']);
});

const reports: readonly RuleReport[] = [
	judge('allow: 22, require: 443', {probed: [{22: open, 80: open, 443: closed}]}),
	failedRule({...ruleOf('allow: none'), target: 'no.example <&>'}, 'no.example does not resolve.\u001B[2J'),
	judge('allow: 22', {probed: [{22: open}]}),
];

test('as a person reads it', t => {
	t.is(formatChecksText(reports), [
		'localhost',
		'  BROKEN   only 22,443 may be open',
		'           127.0.0.1:80 is open, and not allowed, registered for http.',
		'  BROKEN   443 is open',
		'           127.0.0.1:443 is closed (refused).',
		'',
		'no.example <&>',
		'  UNKNOWN  it can be scanned',
		'           no.example does not resolve.\\x1b[2J',
		'',
		'localhost',
		'  ok       only 22 may be open',
		'',
		'4 checks of 3 targets: 2 broken, 1 could not be found out.',
		'',
	].join('\n'));
	t.regex(formatChecksText([reports[2]!]), /1 check of 1 target: all hold\.\n$/);
});

test('as Markdown and as JSON', t => {
	t.regex(formatChecksMarkdown(reports), /^- BROKEN: 443 is open\n {2}- 127\\\.0\.0\.1:443 is closed/m);
	assertValid(t, 'check', checksDocument(reports));
	t.like(checksDocument(reports), {portui: 1, kind: 'check', holds: false});
	t.like(checksDocument([reports[2]!]), {holds: true});
});

test('as JUnit: a suite a target, a case a check', t => {
	const text = formatChecksJunit(reports);
	t.regex(text, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="portui check" tests="4" failures="2" errors="1" skipped="0" time="[\d.]+">\n/);
	t.regex(text, /<testsuite name="no\.example &lt;&amp;&gt;" tests="1" failures="0" errors="1" skipped="0" time="0\.000">/);
	t.regex(text, /<testcase classname="localhost" name="443 is open" time="0"><failure message="127\.0\.0\.1:443 is closed \(refused\)\." type="broken">127\.0\.0\.1:443 is closed \(refused\)\.<\/failure><\/testcase>/);
	t.false(text.includes('\u001B'));
});
