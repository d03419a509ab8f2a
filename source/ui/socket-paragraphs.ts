import {createEphemeralSide} from '../local/ephemeral-side.ts';
import {formatEnd, isWaiting, type LocalSocket, type SocketScope} from '../local/local-socket.ts';
import {socketFactsOf} from '../local/socket-facts.ts';
import type {Registry} from '../registry/registry.ts';
import {printable} from '../report/printable.ts';
import {describeReach, reachNote} from '../report/reach-words.ts';
import {relationWords} from '../report/relation-words.ts';
import type {LocalLine} from '../store/local-lines.ts';
import {socketsOf} from '../store/local-selectors.ts';
import type {LocalState, ReachTried} from '../store/local-state.ts';
import {formatClock} from './clock-words.ts';
import type {Paragraph} from './components/paragraphs.tsx';
import {connectionParagraphs, nameProcess, otherPortParagraphs, processParagraphs} from './process-paragraphs.ts';

/** What is known of this machine. */
type Known = Pick<LocalState, 'rows' | 'processes' | 'isReadByRoot' | 'reach'>;

/** Who can reach a listener. What stands in between is not seen from here. */
const reachWords: Readonly<Record<SocketScope, string>> = {
	loopback: 'Only this machine can reach it.',
	private: 'The networks nearby can reach it, unless a firewall stops them.',
	public: 'The internet can reach it, unless a firewall stops it.',
	'every-interface': 'Every network this machine is in can reach it, unless a firewall stops it.',
};

/** The scope as the judgement of a risk takes it. */
const fromWords: Readonly<Record<'internet' | 'lan' | 'loopback', string>> = {internet: 'reachable from anywhere', lan: 'reachable from networks nearby', loopback: 'reachable from this machine alone'};

/** The first sentence: who does what where. */
const headline = (socket: LocalSocket): string => {
	const {transport, owners: [owner, ...others], peer, state} = socket;
	const who = owner === undefined ? '' : `${nameProcess(owner)}${others.length === 0 ? '' : ` and ${others.length} more`}`;
	const does = peer !== null && !isWaiting(socket)
		? `${formatEnd(socket)} to ${formatEnd(peer)} over ${transport}, ${state}`
		: `${formatEnd(socket)} (${transport})`;
	if (owner === undefined) {
		return isWaiting(socket) ? `${state === 'listening' ? 'Something listens' : 'Something takes datagrams'} on ${does}` : `A connection from ${does}`;
	}

	return isWaiting(socket) ? `${who} ${state === 'listening' ? 'listens' : 'takes datagrams'} on ${does}` : `${who} is connected: ${does}`;
};

/** What the number of a port tells: none of it was observed. */
const registryParagraphs = (socket: LocalSocket, registry: Registry): readonly Paragraph[] => {
	const facts = registry.lookup(socket.port);
	const {usual, registry: registered, exposure, isExposureGuess} = socketFactsOf(facts, socket);
	const uses = facts.commonly.filter(({transports}) => transports.includes(socket.transport));
	return [
		{role: 'strong', text: `What port ${socket.port} is for ${usual?.isGuess === false ? '(by its number, and the process has that name)' : '(by its number, not observed)'}`},
		{role: 'plain', text: registered === null ? 'Nothing is registered for it.' : [registered.name ?? 'reserved', registered.description].filter(text => text !== '').join(': '), indent: 1},
		...uses.map(({software, category, relation}): Paragraph => ({role: 'plain', text: `Commonly ${software} (${category}), ${relationWords[relation]}`, indent: 1})),
		...(exposure === null ? [] : [
			{role: `severity-${exposure.severity}`, text: `Risk ${isExposureGuess ? 'if it is' : 'of'} ${exposure.service}, ${fromWords[exposure.from]}: ${exposure.severity}`, indent: 1} as const,
			{role: 'plain', text: exposure.concern, indent: 1} as const,
			...(exposure.safer === '' ? [] : [{role: 'plain', text: `→ ${exposure.safer}`, indent: 1} as const]),
		]),
	];
};

/** What shows hidden owners, if anything does. */
const hiddenWords = (isReadByRoot: boolean): string => (isReadByRoot ? 'the system shows it to nobody in here, not even to root' : 'sudo portui shows it');

const ownerParagraphs = ({owners: [owner, ...others], ...socket}: LocalSocket, {processes, isReadByRoot}: Known): readonly Paragraph[] => {
	if (owner === undefined) {
		// A connection that has ended keeps no user, and then the system says root.
		const user = socket.user === null || !isWaiting(socket) ? '' : ` The user ${printable(socket.user)} opened it.`;
		const text = socket.ownership === 'hidden' ? `Its owner is hidden: ${hiddenWords(isReadByRoot)}.${user}` : `No process that can be seen from here holds it.${user}`;
		return [{role: socket.ownership === 'hidden' ? 'unknown' : 'faint', text, indent: 1}];
	}

	return [
		...processParagraphs(owner, processes),
		...(others.length === 0 ? [] : [{role: 'plain', text: `Held too by ${others.map(other => `${printable(other.name)} ${other.pid}`).join(', ')}.`, indent: 1} as const]),
	];
};

/** Where a listener answered, and when it was tried. */
const reachParagraphs = ({id, transport}: LocalSocket, reach: ReachTried | undefined): readonly Paragraph[] => {
	if (reach?.kind !== 'tried') {
		return [];
	}

	const found = reach.found.get(id);
	if (found === undefined || found.length === 0) {
		return [{role: 'faint', text: transport === 'udp' ? 'Not tried from outside: UDP answers no connect.' : `Not tried from outside at ${formatClock(reach.at)}: v twice tries again.`, indent: 1}];
	}

	return [
		{role: found.some(({state}) => state === 'open') ? 'open' : 'filtered', text: `Answers at (tried ${formatClock(reach.at)}): ${describeReach(found)}`, indent: 1},
	];
};

/** Everything that is known of a line: first what was observed, then what the port's number tells. */
export const lineParagraphs = (line: LocalLine | undefined, known: Known, registry: Registry | undefined): readonly Paragraph[] => {
	const {rows, processes, isReadByRoot, reach} = known;
	const sideOf = createEphemeralSide(rows.map(({socket}) => socket));
	switch (line?.kind) {
		case undefined: {
			return [{role: 'faint', text: 'What is known of the socket in hand stands here.'}];
		}

		case 'ownerless': {
			return [
				{role: 'strong', text: line.ownership === 'hidden' ? 'The owners of these sockets are hidden.' : 'No process of this machine has these sockets.'},
				{role: 'plain', text: line.ownership === 'hidden' ? isReadByRoot ? 'The system shows them to nobody in here, not even to root.' : 'sudo portui shows them.' : 'They belong to the kernel, to a connection that waits out its time, or to a process of a container.', indent: 1},
			];
		}

		case 'process': {
			const sockets = socketsOf(rows, line.process);
			return [{role: 'strong', text: nameProcess(line.process)}, ...processParagraphs(line.process, processes), ...otherPortParagraphs(sockets, undefined), ...connectionParagraphs(sockets, sideOf)];
		}

		case 'socket': {
			const {socket, freshness, sinceMs} = line.row;
			const [owner] = socket.owners;
			const sockets = owner === undefined ? [] : socketsOf(rows, owner);
			return [
				...(freshness === 'gone' ? [{role: 'problem', text: `Gone since ${formatClock(new Date(sinceMs).toISOString())}.`} as const] : []),
				{role: 'strong', text: headline(socket)},
				...(isWaiting(socket) ? [{role: socket.scope === 'loopback' ? 'plain' : 'filtered', text: reachWords[socket.scope], indent: 1} as const, ...reachParagraphs(socket, reach)] : []),
				...ownerParagraphs(socket, known),
				...otherPortParagraphs(sockets, socket),
				...connectionParagraphs(sockets, sideOf),
				...(registry === undefined || !isWaiting(socket) ? [] : registryParagraphs(socket, registry)),
				...(reach?.kind === 'tried' && isWaiting(socket) ? [{role: 'faint', text: reachNote} as const] : []),
			];
		}
	}
};
