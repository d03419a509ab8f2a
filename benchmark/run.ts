import {readdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {endRunning, type Benchmark} from './measure.ts';

const folder = import.meta.dirname;

/** Modules of this folder that are no benchmark. */
const others = new Set(['run', 'measure']);

const maxRounds = 1000;

const findBenchmarks = async (): Promise<ReadonlyMap<string, string>> => {
	const files = (await readdir(folder)).filter(file => /^[^.]+\.tsx?$/.test(file)).sort();
	return new Map(files.map(file => [path.parse(file).name, file] as const).filter(([name]) => !others.has(name)));
};

const usage = (names: Iterable<string>): string => `Usage: npm run benchmark -- <name> [--rounds n] [--cli file] [-o file]

${[...names].map(name => `  ${name}`).join('\n')}
`;

const fail = (sentence: string, code: number): number => {
	process.stderr.write(`${sentence}\n`);
	return code;
};

const options = {
	rounds: {type: 'string'},
	cli: {type: 'string', default: path.join(folder, '..', 'dist', 'cli.js')},
	output: {type: 'string', short: 'o'},
	help: {type: 'boolean', short: 'h', default: false},
} as const;

const parse = () => {
	try {
		return parseArgs({options, allowPositionals: true});
	} catch (error) {
		// A wrong option; its message is a sentence.
		return (error as Error).message;
	}
};

const runBenchmark = async (): Promise<number> => {
	const benchmarks = await findBenchmarks();
	const parsed = parse();
	if (typeof parsed === 'string') {
		return fail(`${parsed}\n\n${usage(benchmarks.keys())}`, 2);
	}

	const {values, positionals: [name, ...rest]} = parsed;
	if (values.help) {
		process.stdout.write(usage(benchmarks.keys()));
		return 0;
	}

	const file = benchmarks.get(name ?? '');
	if (file === undefined || rest.length > 0) {
		const problem = name === undefined ? 'Which benchmark?' : (file === undefined ? `There is no benchmark named ${name}.` : 'One benchmark at a time.');
		return fail(`${problem}\n\n${usage(benchmarks.keys())}`, 2);
	}

	const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
	if (rounds !== undefined && !(Number.isInteger(rounds) && rounds >= 1 && rounds <= maxRounds)) {
		return fail(`--rounds is a number from 1 to ${maxRounds}.`, 2);
	}

	const {run} = await import(`./${file}`) as {readonly run?: Benchmark};
	if (run === undefined) {
		return fail(`benchmark/${file} exports no \`run\`.`, 1);
	}

	const result = await run({
		rounds,
		cli: path.resolve(values.cli),
		progress(line) {
			process.stderr.write(`${line}\n`);
		},
	});
	if ('problem' in result) {
		return fail(result.problem, 1);
	}

	process.stdout.write(result.markdown);
	if (values.output !== undefined) {
		await writeFile(values.output, result.markdown);
	}

	const {missedGoals = []} = result;
	return missedGoals.length === 0 ? 0 : fail(`Missed: ${missedGoals.join('; ')}.`, 3);
};

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]] as const) {
	process.once(signal, () => {
		endRunning();
		process.exit(code);
	});
}

process.exitCode = await runBenchmark();
