import {isPort, toPort, type Port} from '../port/port.ts';
import type {Registry} from '../registry/registry.ts';
import type {HostRecord} from '../scan/scan-record.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import {vantageOf} from '../scan/vantage.ts';
import {portStates, reasonOf, type PortState, type Verdict} from '../scan/verdict.ts';
import {parseTerms, type Term} from './filter-terms.ts';

/** Which state each reason word stands for; error codes of this machine (`emfile`) are of `unknown`. */
const statesOfReasons: Readonly<Record<string, PortState>> = {
	connected: 'open', refused: 'closed', 'no-answer': 'filtered', 'rst-limit': 'filtered', 'host-unreachable': 'filtered', 'net-unreachable': 'filtered',
	'protocol-unreachable': 'filtered', 'admin-prohibited': 'filtered', 'self-connect': 'unknown',
};

const errorCode = /^e[a-z\d]{3,}$/;

const isState = (text: string): text is PortState => (portStates as readonly string[]).includes(text);

/** The state a term asks for, by its name or by a reason for it. */
const stateAskedBy = (text: string, isKnownReason: (text: string) => boolean): PortState | undefined => {
	if (isState(text)) {
		return text;
	}

	return Object.hasOwn(statesOfReasons, text) ? statesOfReasons[text] : errorCode.test(text) && isKnownReason(text.toUpperCase()) ? 'unknown' : undefined;
};

/** What is looked for among the findings of a scan. */
export type FindingFilter = {
	/** The states to list; closed, filtered and unknown ports are many, and listed when they are asked for. */
	readonly states: readonly PortState[];
	/** A port that is asked for by its number is listed whatever its state. */
	readonly ports: readonly Port[];
	readonly matches: (host: HostRecord, port: Port, verdict: Verdict) => boolean;
};

/** Name and risk of an open port, in small letters; of another its name. */
const textOf = (host: HostRecord, port: Port, {state}: Verdict, registry: Registry | undefined): string => {
	if (registry === undefined) {
		return '';
	}

	const {registry: entry, commonly, exposure} = tcpFactsOf(registry.lookup(port), state, vantageOf(host.host.address));
	return [entry?.name ?? '', entry?.description ?? '', ...commonly, exposure ? `risk:${exposure.severity}` : ''].join('\n').toLowerCase();
};

const hostText = ({host: {target, address}}: HostRecord): string => `${address.text}\n${target}`.toLowerCase();

const hasTerm = ({text, isNumber}: Term, host: HostRecord, port: Port, verdict: Verdict, registry: Registry | undefined): boolean => {
	if (isNumber) {
		return String(port).startsWith(text);
	}

	if (isState(text)) {
		return verdict.state === text;
	}

	return reasonOf(verdict).toLowerCase() === text || hostText(host).includes(text) || textOf(host, port, verdict, registry).includes(text);
};

/**
Reads a filter: the beginning of a port's number, `open`, `closed`, `filtered`, `unknown`, a reason (`no-answer`), an address or target, words of the registered name, `risk:high`; `!` before a term leaves out what has it. Of several states and reasons a port has any, of all else every one.

@param isKnownReason - Whether some port has this error code of this machine as its reason.
@returns What to list. Open ports alone unless a state or a reason is asked for. Never throws.
*/
export const createFindingFilter = (query: string, registry: Registry | undefined, isKnownReason: (text: string) => boolean = () => false): FindingFilter => {
	const terms = parseTerms(query);
	const wanted = terms.filter(({isExcluded}) => !isExcluded);
	const asked = wanted.flatMap(({text}) => stateAskedBy(text, isKnownReason) ?? []);
	/** Of states and reasons a port has one: of several that are asked for, any will do. */
	const anyOf = wanted.filter(({text}) => stateAskedBy(text, isKnownReason) !== undefined);
	const allOf = terms.filter(term => !anyOf.includes(term));
	return {
		states: asked.length === 0 ? ['open'] : [...new Set(asked)],
		ports: asked.length > 0 ? [] : wanted.flatMap(({text, isNumber}) => (isNumber && isPort(Number(text)) ? [toPort(Number(text))] : [])),
		matches(host, port, verdict) {
			const has = (term: Term): boolean => hasTerm(term, host, port, verdict, registry);
			return (anyOf.length === 0 || anyOf.some(term => has(term))) && allOf.every(term => term.isExcluded !== has(term));
		},
	};
};
