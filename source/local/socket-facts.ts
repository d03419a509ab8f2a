import {gravestExposure, type JudgedExposure} from '../registry/gravest-exposure.ts';
import type {PortFacts} from '../registry/registry.ts';
import type {LocalSocket} from './local-socket.ts';
import {vantageOfScope} from './socket-scope.ts';

/** What is said beside a socket that waits. All of it comes from the port's number, and is a guess unless the name of a process that holds the socket agrees. */
export type SocketFacts = {
	/** The usual service of the port: the one the process is named for, else the commonest; null where none is known. */
	readonly usual: {readonly name: string; readonly isGuess: boolean} | null;
	/** The registration of the port's number for the transport; null where it has none. */
	readonly registry: {readonly name: string | null; readonly description: string} | null;
	/** Software that commonly uses the port. */
	readonly commonly: readonly string[];
	/** The gravest judgement at the socket's scope; null where there is none. For every interface it is that from the internet, if nothing in between filters. */
	readonly exposure: JudgedExposure | null;
	/** Whether the process is not known to be the service the judgement is about. */
	readonly isExposureGuess: boolean;
};

/** Words of names that say nothing about which service it is. */
const commonWords: ReadonlySet<string> = new Set(['server', 'servers', 'service', 'services', 'client', 'protocol', 'database', 'proxy', 'web', 'app', 'apps', 'dev', 'and', 'for', 'the', 'over', 'tcp', 'udp', 'port', 'data', 'control', 'default', 'alternate', 'system', 'network', 'remote', 'local', 'access']);

/** What runs programs of every kind, so that its name says nothing of the one it runs: `node` on 9229 need not be Node's inspector. Versions are left aside: `python3.11`. */
const runtimes: ReadonlySet<string> = new Set(['node', 'nodejs', 'deno', 'bun', 'python', 'pypy', 'ruby', 'perl', 'php', 'java', 'dotnet', 'beam']);

/** Shorter words are found by chance. */
const shortestWord = 3;

const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(word => word.length >= shortestWord && !commonWords.has(word));

/** Whether a process's name and a service's name speak of the same: `sshd` and ssh, `postgres` and PostgreSQL, `redis-server` and Redis. */
export const isSameService = (processName: string, serviceNames: readonly string[]): boolean => {
	const own = wordsOf(processName.replace(/\.exe$/i, '')).filter(word => !runtimes.has(word.replace(/\d+$/, '')));
	const theirs = serviceNames.flatMap(name => wordsOf(name));
	return own.some(word => theirs.some(other => word.startsWith(other) || other.startsWith(word)));
};

/** Picks what concerns a socket that waits out of all that the registry knows of its port. */
export const socketFactsOf = ({entries, commonly, exposure}: PortFacts, {transport, scope, owners}: Pick<LocalSocket, 'transport' | 'scope' | 'owners'>): SocketFacts => {
	const entry = entries.find(({status, transports}) => transports.includes(transport) && (status === 'assigned' || status === 'reserved'));
	const uses = [...new Set(commonly.filter(({transports}) => transports.includes(transport)).map(({software}) => software))];
	const judged = gravestExposure(exposure, transport, vantageOfScope(scope));
	const isNamed = (...names: readonly string[]): boolean => owners.some(({name}) => isSameService(name, names));
	const registeredNames = entry === undefined ? [] : [entry.name, ...entry.aliases].filter(name => name !== null);
	const named = uses.find(use => isNamed(use)) ?? (isNamed(...registeredNames) ? registeredNames[0] : undefined);
	const usual = named ?? uses[0] ?? registeredNames[0];
	return {
		usual: usual === undefined ? null : {name: usual, isGuess: named === undefined},
		registry: entry === undefined ? null : {name: entry.name, description: entry.description},
		commonly: uses,
		exposure: judged,
		isExposureGuess: judged !== null && !isNamed(judged.service),
	};
};
