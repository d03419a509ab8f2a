import {writeWhole} from '../io/write-whole.ts';
import {failedRule, judgeRule, type RuleReport} from '../policy/judge-rule.ts';
import {parsePolicy} from '../policy/parse-policy.ts';
import type {Rule} from '../policy/policy.ts';
import type {Parsed} from '../port/parsed.ts';
import {formatPortSet} from '../port/port-set.ts';
import type {Registry} from '../registry/registry.ts';
import {formatChecksJunit} from '../report/check-junit.ts';
import {checksDocument, formatChecksMarkdown, formatChecksText} from '../report/check-report.ts';
import {formatJson, printable} from '../report/printable.ts';
import {followScan} from '../scan/follow-scan.ts';
import type {CheckFormat, CheckOptions} from './check-options.ts';
import {createProgress} from './progress.ts';
import {exitCodeOf, startScan} from './start-scan.ts';
import {exitCodes, writeAll, type ExitCode, type Surroundings} from './surroundings.ts';

export type CheckSurroundings = Surroundings & {
	/** Reads the policy, or standard input for `-`. */
	readonly readText: (file: string) => Promise<Parsed<string>>;
};

const formatters: Readonly<Record<CheckFormat, (reports: readonly RuleReport[]) => string>> = {
	text: formatChecksText,
	json: reports => formatJson(checksDocument(reports)),
	markdown: formatChecksMarkdown,
	junit: formatChecksJunit,
};

/** A broken check is the answer; one that could not be made is a failure. */
const exitCodeOfReports = (reports: readonly RuleReport[]): ExitCode => {
	const outcomes = reports.flatMap(({checks}) => checks.map(({outcome}) => outcome));
	if (outcomes.includes('broken')) {
		return exitCodes.checkFailed;
	}

	return outcomes.includes('undecided') ? exitCodes.failed : exitCodes.done;
};

/** `portui check`: scans what a policy names, and tells whether it holds. */
export const runCheck = async ({file, format, outputs, isQuiet, isSure, bounds}: CheckOptions, surroundings: CheckSurroundings): Promise<ExitCode> => {
	const {stdout, stderr, signal, loadRegistry, createRequestScan, ask, readText} = surroundings;
	const complain = async (sentence: string): Promise<void> => {
		await writeAll(stderr, `${printable(sentence)}\n`);
	};

	const text = await readText(file);
	if (!text.ok) {
		await complain(text.message);
		return signal.aborted ? exitCodes.interrupted : exitCodes.failed;
	}

	const registry: Registry = await loadRegistry();
	const policy = parsePolicy(text.value, registry);
	if (!policy.ok) {
		await complain(`${file === '-' ? 'standard input' : file}, ${policy.message}`);
		return exitCodes.wrongUsage;
	}

	const progress = createProgress(stderr, isQuiet);
	const requestScan = createRequestScan(registry, sentence => {
		progress.erase();
		void complain(sentence);
	});

	const judge = async (rule: Rule): Promise<RuleReport | ExitCode> => {
		const start = await startScan({...bounds, targets: [rule.target], ports: formatPortSet(rule.ports), ...(isSure ? {publicScan: 'allowed' as const} : {})}, requestScan, {ask: file === '-' ? undefined : ask, signal, stderr});
		if (start === 'aborted') {
			return exitCodes.interrupted;
		}

		if (!start.ok) {
			// A name that does not resolve, or a host that is never to be scanned, is a finding about one target; what was not allowed ends it.
			if (start.problem.kind === 'resolve' || start.problem.kind === 'target') {
				return failedRule(rule, start.problem.message);
			}

			await complain(start.problem.message);
			return exitCodeOf(start.problem);
		}

		const record = await followScan(start.scan, {progress, signal});
		return typeof record === 'string' ? failedRule(rule, record) : judgeRule(rule, record, registry);
	};

	const reports: RuleReport[] = [];
	let code: ExitCode | undefined;
	for (const rule of policy.value.rules) {
		const report = await judge(rule);
		if (typeof report === 'number') {
			code = report;
			break;
		}

		reports.push(report);
		if (signal.aborted) {
			code = exitCodes.interrupted;
			break;
		}
	}

	const {length: reportedCount} = reports;
	// Whoever reads the report alone is not to take what was left for what holds.
	const left = policy.value.rules.slice(reportedCount);
	reports.push(...left.map(rule => failedRule(rule, code === exitCodes.interrupted ? 'It was not scanned: the check was interrupted before its turn.' : 'It was not scanned: the check ended before its turn.')));
	const isReported = reportedCount > 0 || code === undefined || code === exitCodes.interrupted;
	if (isReported) {
		await writeAll(stdout, formatters[format](reports));
	}

	for (const output of isReported ? outputs : []) {
		const sentence = await writeWhole(output.file, formatters[output.format](reports));
		if (sentence !== undefined) {
			await complain(sentence);
			code ??= exitCodes.failed;
		}
	}

	if (code === exitCodes.interrupted) {
		await complain(left.length === 0 ? 'Interrupted.' : `Interrupted: ${left.length} of ${policy.value.rules.length} targets ${left.length === 1 ? 'was' : 'were'} not scanned.`);
	}

	return code ?? exitCodeOfReports(reports);
};
