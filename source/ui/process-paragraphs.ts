import {ancestorsOf} from '../local/assemble-snapshot.ts';
import {formatEnd, isWaiting, type LocalProcess, type LocalSocket} from '../local/local-socket.ts';
import {commandOf, describeContainer, scopeWords} from '../report/local-words.ts';
import {printable} from '../report/printable.ts';
import {formatMoment} from './clock-words.ts';
import type {Paragraph} from './components/paragraphs.tsx';

/** A process with its user: `node (PID 812, user root)`. */
export const nameProcess = ({name, pid, user}: LocalProcess): string => `${printable(name)} (PID ${pid}${user === null ? '' : `, user ${printable(user)}`})`;

/** What runs a process, where that is not simply its parent. */
const keeperOf = ({unit, container}: LocalProcess): string | undefined => {
	const keepers = [
		container === null ? undefined : `in the container ${describeContainer(container)}`,
		unit === null ? undefined : `as ${printable(unit.name)}${unit.manager === 'user' ? ' of the user' : ''}`,
	].filter(keeper => keeper !== undefined);
	return keepers.length === 0 ? undefined : keepers.join(', ');
};

/** More parents than this say no more. */
const mostParents = 8;

const parentsOf = ({pid}: LocalProcess, processes: readonly LocalProcess[]): string => {
	const known = new Map(processes.map(process => [process.pid, process]));
	const parents = ancestorsOf(pid, known).map(parent => known.get(parent)).filter(parent => parent !== undefined);
	const named = parents.slice(0, mostParents).map(parent => `${printable(parent.name)} ${parent.pid}`);
	return [...named, ...(parents.length > mostParents ? ['…'] : [])].join(' ← ');
};

/** What is known of a process: its command, its start, what runs it, where it comes from. */
export const processParagraphs = (process: LocalProcess, processes: readonly LocalProcess[]): readonly Paragraph[] => {
	const command = commandOf(process);
	const keeper = keeperOf(process);
	const parents = parentsOf(process, processes);
	return [
		...(command === null ? [] : [{role: 'plain', text: printable(command), indent: 1} as const]),
		{role: 'faint', text: `${process.startedAt === null ? 'Start not known' : `Started ${formatMoment(process.startedAt)}`}${keeper === undefined ? '' : `, runs ${keeper}`}.`, indent: 1},
		...(parents === '' ? [] : [{role: 'faint', text: `Started by ${parents}.`, indent: 1} as const]),
		...(process.isExecutableDeleted ? [{role: 'unknown', text: 'Its program file was deleted or replaced since: it still runs the old one.', indent: 1} as const] : []),
	];
};

/** A socket that waits as one of a list: `0.0.0.0:3001 (tcp, every interface)`. */
const nameWaiting = (socket: LocalSocket): string => `${formatEnd(socket)} (${socket.transport}, ${scopeWords[socket.scope]})`;

/** More than this of a kind are counted, not listed. */
const mostListed = 100;

/** The ports a process waits on, but for those of one socket that was told already. */
export const otherPortParagraphs = (sockets: readonly LocalSocket[], told: LocalSocket | undefined): readonly Paragraph[] => {
	const others = sockets.filter(socket => isWaiting(socket) && socket.id !== told?.id);
	const texts = others.slice(0, mostListed).map(socket => nameWaiting(socket));
	const more = others.length > mostListed ? `; and ${others.length - mostListed} more` : '';
	return texts.length === 0 ? [] : [{role: 'plain', text: `${told === undefined ? 'It listens on' : 'It listens too on'} ${texts.join('; ')}${more}.`, indent: 1}];
};

/** Connections, both ends, and which end called: the one whose port was picked for the occasion. */
export const connectionParagraphs = (sockets: readonly LocalSocket[], sideOf: (socket: LocalSocket) => 'local' | 'peer' | null): readonly Paragraph[] => {
	const texts = sockets.filter(({peer}) => peer !== null).map(socket => `${formatEnd(socket)} ${sideOf(socket) === 'peer' ? '← from' : '→ to'} ${formatEnd(socket.peer!)}, ${socket.state}`);
	return texts.length === 0 ? [] : [
		{role: 'strong', text: texts.length === 1 ? 'Its connection' : `Its ${texts.length} connections`},
		...texts.slice(0, mostListed).map((text): Paragraph => ({role: 'plain', text, indent: 1})),
		...(texts.length > mostListed ? [{role: 'faint', text: `and ${texts.length - mostListed} more`, indent: 1} as const] : []),
	];
};
