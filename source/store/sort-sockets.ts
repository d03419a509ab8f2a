import type {LocalSocket, SocketScope} from '../local/local-socket.ts';
import type {LocalRow, SocketSort} from './local-state.ts';

type Compare = (one: LocalSocket, other: LocalSocket) => number;

const compareTexts = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Widest reach first: what the world can reach is what one looks for. */
const scopeOrder: readonly SocketScope[] = ['every-interface', 'public', 'private', 'loopback'];

const byPort: Compare = (one, other) => one.port - other.port || compareTexts(one.transport, other.transport) || one.family - other.family || compareTexts(one.id, other.id);

/** Sockets without a known owner come last. */
const byProcess: Compare = (one, other) => {
	const [first, second] = [one.owners[0], other.owners[0]];
	return first === undefined || second === undefined
		? Number(first === undefined) - Number(second === undefined)
		: compareTexts(first.name.toLowerCase(), second.name.toLowerCase()) || first.pid - second.pid;
};

const byAddress: Compare = (one, other) => scopeOrder.indexOf(one.scope) - scopeOrder.indexOf(other.scope) || one.family - other.family || compareTexts(one.address, other.address);

/** When the youngest of a socket's owners started, which is nearest to when it was opened; nobody records that. */
const youngest = ({owners}: LocalSocket): string => {
	let latest = '';
	for (const {startedAt} of owners) {
		latest = startedAt !== null && startedAt > latest ? startedAt : latest;
	}

	return latest;
};

const byAge: Compare = (one, other) => compareTexts(youngest(other), youngest(one));

const compares: Readonly<Record<SocketSort, Compare>> = {port: () => 0, process: byProcess, address: byAddress, age: byAge};

/** Sorts sockets; those that are alike in what they are sorted by stay in the order of their ports. */
export const sortSockets = (rows: readonly LocalRow[], sort: SocketSort, isReversed: boolean): readonly LocalRow[] => {
	const compare = compares[sort];
	const sign = isReversed ? -1 : 1;
	return rows.toSorted(({socket: one}, {socket: other}) => sign * (compare(one, other) || (sort === 'port' ? byPort(one, other) : 0)) || byPort(one, other));
};
