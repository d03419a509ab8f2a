import type {LocalProcess, LocalSocket} from '../local/local-socket.ts';
import type {StopObstacle, StopTarget} from '../local/stop-plan.ts';
import {describeProcess} from '../report/local-words.ts';
import {printable} from '../report/printable.ts';
import {describeObstacle, describeStopEvent, describeTarget, restartAdvice, stopQuestion} from '../report/stop-words.ts';
import type {StopDialog} from '../store/stop-dialog.ts';
import type {Paragraph} from './components/paragraphs.tsx';

const usersOf = (targets: readonly StopTarget[]): string => {
	const users = [...new Set(targets.map(({process: {user}}) => user).filter(user => user !== null))];
	return users.length === 0 ? '' : `${targets.length === 1 ? 'It runs' : 'They run'} as ${users.map(user => printable(user)).join(', ')}.`;
};

const obstacleText = (obstacle: StopObstacle): string => {
	switch (obstacle.reason) {
		case 'itself': {
			return `Port ${obstacle.port} is held by this portui (PID ${obstacle.process.pid}): q quits it.`;
		}

		case 'ancestor': {
			return `Port ${obstacle.port} is held by ${printable(obstacle.process.name)} (PID ${obstacle.process.pid}), which this portui runs in: stopping it would end this screen.`;
		}

		default: {
			return describeObstacle(obstacle, 'portui');
		}
	}
};

const plain = (text: string): Paragraph => ({role: 'plain', text});

const happened = ({ended, denied}: StopDialog): readonly Paragraph[] => [
	...denied.map((process): Paragraph => ({role: 'problem', text: describeStopEvent({kind: 'not-permitted', process})})),
	...ended.map(process => plain(describeStopEvent({kind: 'ended', process}))),
];

/** Who started what has the port again: that is what to stop first. The first process starts whatever nobody else keeps, which tells nothing. */
const startersOf = (sockets: readonly LocalSocket[], processes: readonly LocalProcess[]): readonly Paragraph[] => {
	const owners = new Map(sockets.flatMap(({owners: [first]}) => (first === undefined ? [] : [first])).map(owner => [owner.pid, owner]));
	return [...owners.values()].flatMap(({pid, parentPid}) => {
		const parent = parentPid === null || parentPid <= 1 ? undefined : processes.find(process => process.pid === parentPid);
		return parent === undefined ? [] : [plain(`PID ${pid} was started by ${describeProcess(parent)}: stop that first, if it starts it again.`)];
	});
};

const outcomeRole = {freed: 'open', taken: 'problem', failed: 'problem'} as const;

/** What the dialog says: the gravest first, for a low pane shows but the beginning. */
export const stopParagraphs = (dialog: StopDialog, processes: readonly LocalProcess[]): readonly Paragraph[] => {
	const {plan, stage} = dialog;
	const obstacles = plan.obstacles.map((obstacle): Paragraph => ({role: 'problem', text: obstacleText(obstacle)}));
	const advice = restartAdvice(plan, processes).map(plain);
	switch (stage.kind) {
		case 'planning': {
			return [{role: 'faint', text: `Looking who holds port ${plan.ports.join(', ')} …`}];
		}

		case 'asking': {
			return [
				{role: 'strong', text: stopQuestion(plan)},
				...(plan.targets.length === 1 ? [] : plan.targets.map((target): Paragraph => ({role: 'plain', text: describeTarget(target), indent: 2}))),
				plain(usersOf(plan.targets)),
				...advice,
				...obstacles,
			];
		}

		case 'refused': {
			return plan.obstacles.length === 0 ? [plain(`Nothing listens on port ${plan.ports.join(', ')} any more.`)] : obstacles;
		}

		case 'waiting': {
			const targets = plan.targets.map(({process}) => `${printable(process.name)} (PID ${process.pid})`).join(', ');
			return [
				{role: 'strong', text: stage.signal === 'SIGTERM' ? `Asked ${targets} to end (SIGTERM). Waiting …` : `Ended ${targets} by force (SIGKILL). Waiting …`},
				...happened(dialog),
			];
		}

		case 'alive': {
			return [{role: 'problem', text: describeStopEvent({kind: 'still-running', processes: stage.processes})}, ...happened(dialog)];
		}

		case 'over': {
			return [{role: outcomeRole[stage.outcome.kind], text: describeStopEvent(stage.outcome)}, ...(stage.outcome.kind === 'taken' ? [...advice, ...(stage.outcome.isByOthers ? startersOf(stage.outcome.sockets, processes) : [])] : []), ...happened(dialog)];
		}
	}
};

/** What the keys do now, as the last line of the dialog. */
export const stopHints = ({stage}: StopDialog): string => {
	switch (stage.kind) {
		case 'asking': {
			return 'y asks it to end (SIGTERM) · Esc leaves it alone';
		}

		case 'waiting': {
			return 'Esc goes back to the list; what was sent cannot be taken back';
		}

		case 'alive': {
			return 'k ends it by force (SIGKILL): what it has not saved is lost · Esc leaves it running';
		}

		case 'planning':
		case 'refused':
		case 'over': {
			return 'Esc goes back to the list';
		}
	}
};
