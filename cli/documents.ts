// Loaded where scans are read, compared or checked.
export {runCheck} from '../source/commands/check.ts';
export {runDiff} from '../source/commands/diff.ts';
export {runHistory} from '../source/commands/history.ts';
export {runOpen} from '../source/commands/open.ts';
export {readTextFile} from '../source/io/read-scan-file.ts';
export {longestPolicy} from '../source/policy/parse-policy.ts';
