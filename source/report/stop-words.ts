import {joinWords} from './join-words.ts';
import type {LocalProcess, LocalSocket} from '../local/local-socket.ts';
import type {StopEvent} from '../local/stop-processes.ts';
import type {HeldPort, StopObstacle, StopPlan, StopTarget} from '../local/stop-plan.ts';
import type {Port} from '../port/port.ts';
import {describeContainer, describePort, describeProcess} from './local-words.ts';
import {printable} from './printable.ts';

const portWord = (ports: readonly Port[]): string => (ports.length === 1 ? 'Port' : 'Ports');

const heldPorts = (ports: readonly HeldPort[]): string => joinWords(ports.map(port => describePort(port)));

/** What is asked before a plan is carried out: exactly what will be stopped, with every port it gives up. */
export const stopQuestion = ({targets}: Pick<StopPlan, 'targets'>): string => {
	const [only] = targets;
	return targets.length === 1
		? `Stop ${describeProcess(only!.process)}, which listens on ${heldPorts(only!.ports)}?`
		: `Stop these ${targets.length} processes?`;
};

/** One target as a line of a list. */
export const describeTarget = ({process, ports}: StopTarget): string => `${describeProcess(process)}, which listens on ${heldPorts(ports)}`;

/** Why a port stays as it is, and what would be needed. @param command - What to run with more rights, such as `portui free 3000`. @param isRoot - Whether there are no more rights to have. */
export const describeObstacle = (obstacle: StopObstacle, command: string, isRoot = false): string => {
	const {port, reason} = obstacle;
	switch (reason) {
		case 'hidden': {
			return `Port ${port} is held by a process of ${obstacle.user === null ? 'another user' : printable(obstacle.user)} that is hidden from you${isRoot ? ', though you are root: the system shows it to nobody in here' : `: run sudo ${command}`}.`;
		}

		case 'no-process': {
			return `Port ${port} is held by no process that can be seen from here: the kernel itself, or one in another container.`;
		}

		case 'first-process': {
			return `Port ${port} is held by ${describeProcess(obstacle.process)}, which starts all others: it is never stopped. A socket unit of systemd may be behind it: systemctl list-sockets shows them.`;
		}

		case 'itself': {
			return `Port ${port} is held by portui itself (PID ${obstacle.process.pid}).`;
		}

		case 'ancestor': {
			return `Port ${port} is held by ${describeProcess(obstacle.process)}, which this portui runs in: give --force to stop it all the same.`;
		}

		case 'not-permitted': {
			return `Port ${port} is held by ${describeProcess(obstacle.process)}, owned by ${printable(obstacle.process.user ?? 'another user')}: run sudo ${command}.`;
		}

		case 'no-birth': {
			return `Port ${port} is held by ${describeProcess(obstacle.process)}, of which the start is not known: it could be mistaken for another, and is not stopped.`;
		}
	}
};

/** Programs that start again what they have started. */
const supervisors = /^(?:nodemon|pm2|PM2|supervisord|runsv|s6-supervise|monit|circusd|watchexec|entr|air|foreman|forever)/;

const isServiceRoot = ({parentPid, unit}: LocalProcess, parent: LocalProcess | undefined): boolean =>
	unit !== null && unit.name.endsWith('.service') && !unit.name.startsWith('user@') && (parentPid === 1 || parent?.name === 'systemd');

/** Who may start again what is stopped, and how to stop it there: as advice, for nobody knows before it happens. */
export const restartAdvice = ({targets}: Pick<StopPlan, 'targets'>, processes: readonly LocalProcess[]): readonly string[] => {
	const byPid = new Map(processes.map(process => [process.pid, process]));
	const advice = targets.flatMap(({process}): readonly string[] => {
		const {name, container, unit, parentPid} = process;
		const parent = parentPid === null ? undefined : byPid.get(parentPid);
		if (container !== null) {
			const {runtime, id} = container;
			return [runtime === 'docker' || runtime === 'podman'
				? `${printable(name)} runs in the container ${describeContainer(container)}, which may start again: ${runtime} stop ${id.slice(0, 12)}`
				: `${printable(name)} runs in the container ${describeContainer(container)}, which may be started again.`];
		}

		if (name === 'docker-proxy') {
			return ['docker-proxy hands the port to a container: docker ps shows which, and docker stop stops it.'];
		}

		if (isServiceRoot(process, parent)) {
			return [`systemd unit ${printable(unit!.name)} may start it again: systemctl ${unit!.manager === 'user' ? '--user ' : ''}stop ${printable(unit!.name)}`];
		}

		return parent !== undefined && supervisors.test(parent.name) ? [`${describeProcess(parent)} started it and may start it again.`] : [];
	});
	return [...new Set(advice)];
};

const describeHolder = ({owners, ownership, port, transport}: LocalSocket): string => {
	const [owner, ...others] = owners;
	const who = owner === undefined ? (ownership === 'hidden' ? 'a hidden process' : 'no process that can be seen') : describeProcess(owner);
	return `${describePort({port, transport})} by ${who}${others.length === 0 ? '' : ` and ${others.length} more`}`;
};

/** A step as a sentence. */
export const describeStopEvent = (event: StopEvent): string => {
	switch (event.kind) {
		case 'signalled': {
			return `Sent ${event.signal} to ${describeProcess(event.process)}.`;
		}

		case 'not-permitted': {
			return `${describeProcess(event.process)} may not be stopped by this user: run with sudo.`;
		}

		case 'ended': {
			return `${describeProcess(event.process)} has ended.`;
		}

		case 'still-running': {
			return `${joinWords(event.processes.map(process => describeProcess(process)))} still ${event.processes.length === 1 ? 'runs' : 'run'}.`;
		}

		case 'freed': {
			const {ports, lingering} = event;
			const rest = lingering.length === 0 ? '' : ` ${joinWords(lingering.map(process => describeProcess(process)))} ${lingering.length === 1 ? 'has' : 'have'} let go of it and still ${lingering.length === 1 ? 'runs' : 'run'}.`;
			return `${portWord(ports)} ${joinWords(ports.map(String))} ${ports.length === 1 ? 'is' : 'are'} free.${rest}`;
		}

		case 'taken': {
			const {ports, sockets, isByOthers} = event;
			const holders = [...new Set(sockets.map(socket => describeHolder(socket)))];
			return `${portWord(ports)} ${joinWords(ports.map(String))} ${ports.length === 1 ? 'is' : 'are'} ${isByOthers ? 'taken again' : 'still taken'}: ${joinWords(holders)}.`;
		}

		case 'failed': {
			return `Whether the port is free is not known. ${event.message}`;
		}
	}
};
