import type {LocalProcess} from '../local/local-socket.ts';
import {ownersOf, planStop, type StopPlan} from '../local/stop-plan.ts';
import {stopProcesses, type StopEvent} from '../local/stop-processes.ts';
import {printable} from '../report/printable.ts';
import {describeObstacle, describeStopEvent, describeTarget, restartAdvice, stopQuestion} from '../report/stop-words.ts';
import {confirm} from './confirm.ts';
import type {FreeOptions} from './free-options.ts';
import {exitCodes, writeAll, type ExitCode, type FreeSurroundings} from './surroundings.ts';

const isFailure = (event: StopEvent): boolean => event.kind === 'taken' || event.kind === 'failed';

/** Results go to standard output, the steps on the way to standard error. */
const isResult = ({kind}: StopEvent): boolean => kind === 'freed' || kind === 'taken' || kind === 'failed';

const carryOut = async (plan: StopPlan, {isForced, graceMs, isQuiet}: FreeOptions, surroundings: FreeSurroundings): Promise<boolean> => {
	const {stdout, stderr, signal, control, ask} = surroundings;
	const shouldKill = async (processes: readonly LocalProcess[]): Promise<boolean> => {
		if (isForced || ask === undefined) {
			return isForced;
		}

		return confirm(`End ${processes.length === 1 ? 'it' : 'them'} by force (SIGKILL)? What was not saved is lost.`, surroundings.ask, surroundings.signal, stderr.columns);
	};

	let isDone = true;
	for await (const event of stopProcesses(plan, control, {graceMs, shouldKill, signal})) {
		isDone &&= !isFailure(event);
		if (isResult(event)) {
			await writeAll(stdout, `${describeStopEvent(event)}\n`);
		} else if (!isQuiet || event.kind === 'still-running') {
			await writeAll(stderr, `${describeStopEvent(event)}\n`);
		}
	}

	if (!isDone && !isForced && ask === undefined) {
		await writeAll(stderr, '--force ends by force what does not end by itself.\n');
	}

	return isDone;
};

/** `portui free`: stops what listens on ports. */
export const runFree = async (options: FreeOptions, surroundings: FreeSurroundings): Promise<ExitCode> => {
	const {stdout, stderr, signal, sockets, readStopSurroundings, ask} = surroundings;
	const say = async (sentence: string): Promise<unknown> => writeAll(stdout, `${sentence}\n`);
	const complain = async (sentence: string): Promise<unknown> => writeAll(stderr, `${printable(sentence)}\n`);

	const run = async (): Promise<ExitCode> => {
		const snapshot = await sockets.read(signal);
		if (!snapshot.ok) {
			await complain(snapshot.message);
			return exitCodes.failed;
		}

		const pids = ownersOf(snapshot.value, options.ports).map(({pid}) => pid);
		const plan = planStop(snapshot.value, options.ports, {...await readStopSurroundings(snapshot.value, pids), mayStopAncestors: options.isForced});
		for (const port of plan.freePorts) {
			await say(`Port ${port} is free already: nothing listens on it.`);
		}

		for (const obstacle of plan.obstacles) {
			await complain(describeObstacle(obstacle, `portui free ${options.ports.join(' ')}`, snapshot.value.isReadByRoot));
		}

		const failedOr = (exitCode: ExitCode): ExitCode => (plan.obstacles.length > 0 ? exitCodes.failed : exitCode);
		if (plan.targets.length === 0) {
			return failedOr(exitCodes.done);
		}

		const advice = restartAdvice(plan, snapshot.value.processes);
		if (options.isDryRun) {
			await writeAll(stdout, plan.targets.map(target => `Would stop ${describeTarget(target)}.\n`).join(''));
			await writeAll(stderr, advice.map(sentence => `${sentence}\n`).join(''));
			return failedOr(exitCodes.done);
		}

		if (plan.targets.length > 1 && !options.isQuiet) {
			await writeAll(stderr, plan.targets.map(target => `  ${describeTarget(target)}\n`).join(''));
		}

		await writeAll(stderr, advice.map(sentence => `${sentence}\n`).join(''));
		if (!options.isSure) {
			if (ask === undefined) {
				await complain(`${stopQuestion(plan)} There is no terminal to ask on: give --yes to stop ${plan.targets.length === 1 ? 'it' : 'them'}, or --dry-run to only look.`);
				return exitCodes.wrongUsage;
			}

			if (!await confirm(stopQuestion(plan), surroundings.ask, surroundings.signal, stderr.columns)) {
				signal.throwIfAborted();
				await complain('Nothing was stopped.');
				return exitCodes.failed;
			}
		}

		return failedOr(await carryOut(plan, options, surroundings) ? exitCodes.done : exitCodes.failed);
	};

	try {
		return await run();
	} catch (error) {
		if (signal.aborted) {
			return exitCodes.interrupted;
		}

		throw error;
	}
};
