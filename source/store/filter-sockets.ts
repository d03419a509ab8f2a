import {formatEnd, type LocalSocket, type SocketScope} from '../local/local-socket.ts';
import {socketFactsOf} from '../local/socket-facts.ts';
import type {Registry} from '../registry/registry.ts';
import {parseTerms} from './filter-terms.ts';
import type {Freshness, LocalRow} from './local-state.ts';

/** Words one may look for beside the scope's own. */
const reachWords: Readonly<Record<SocketScope, string>> = {loopback: 'this machine only', private: 'private network', public: 'public address', 'every-interface': 'every interface'};

const freshnessWords: Readonly<Record<Freshness, string>> = {steady: '', new: 'new', gone: 'gone'};

const ownerText = ({ownership, owners, user}: LocalSocket): string =>
	ownership === 'hidden'
		? 'owner hidden'
		: owners.map(owner => [
			owner.name,
			`pid:${owner.pid}`,
			`user:${owner.user ?? ''}`,
			(owner.commandLine ?? []).join(' '),
			owner.unit?.name ?? '',
			owner.container === null ? '' : `container ${owner.container.runtime} ${owner.container.id}`,
		].join('\n')).join('\n') || `user:${user ?? ''}`;

/** All that can be looked for in a socket, in small letters. Parts stand on lines of their own, so that no term spans two of them. */
const textOf = (socket: LocalSocket, registry: Registry | undefined): string => {
	const facts = registry === undefined ? undefined : socketFactsOf(registry.lookup(socket.port), socket);
	return [
		`${socket.transport}${socket.family}`,
		socket.state,
		reachWords[socket.scope],
		socket.scope,
		formatEnd(socket),
		socket.peer === null ? '' : formatEnd(socket.peer),
		ownerText(socket),
		facts?.registry?.name ?? '',
		facts?.commonly.join('\n') ?? '',
		facts?.exposure ? `risk:${facts.exposure.severity}` : '',
	].join('\n').toLowerCase();
};

/** What was made of a socket with a registry, so that each letter typed does not make it again. */
const texts = new WeakMap<Registry, WeakMap<LocalSocket, string>>();

const rememberedText = (socket: LocalSocket, registry: Registry | undefined): string => {
	if (registry === undefined) {
		return textOf(socket, registry);
	}

	const known = texts.get(registry) ?? new WeakMap<LocalSocket, string>();
	texts.set(registry, known);
	const text = known.get(socket) ?? textOf(socket, registry);
	known.set(socket, text);
	return text;
};

/** A number is the beginning of a port, of either end, or a whole PID: part of an address or of an argument would find too much. */
const hasNumber = ({port, peer, owners}: LocalSocket, digits: string): boolean =>
	String(port).startsWith(digits) || (peer !== null && String(peer.port).startsWith(digits)) || owners.some(({pid}) => String(pid) === digits);

/**
Tells which sockets have every term of a filter: numbers, words of the process, its command, user, unit or address, `tcp`, `udp`, a state, who can reach it, the registered name, `user:root`, `pid:812`, `risk:high`; `!` before a term leaves out what has it.

@returns A predicate; one that takes all when nothing is looked for. Never throws.
*/
export const createSocketFilter = (query: string, registry: Registry | undefined): ((row: LocalRow) => boolean) => {
	const terms = parseTerms(query);
	return ({socket, freshness}) => terms.every(({isExcluded, text, isNumber}) =>
		isExcluded !== (isNumber ? hasNumber(socket, text) : text === freshnessWords[freshness] || rememberedText(socket, registry).includes(text)));
};
