import {gravestExposure, type JudgedExposure} from '../registry/gravest-exposure.ts';
import type {PortFacts, Vantage} from '../registry/registry.ts';
import type {PortState} from './verdict.ts';

/** `service` is the usual one of the port, which may not be what listens. */
export type TcpExposure = JudgedExposure;

/** What is said beside a TCP port that was probed. All of it is a record or a guess, nothing of it was observed. */
export type TcpFacts = {
	/** The registration of the port's number for TCP; null where it has none. */
	readonly registry: {readonly name: string | null; readonly description: string} | null;
	/** Software that commonly uses the port over TCP. */
	readonly commonly: readonly string[];
	/** The gravest judgement that holds for a listener reachable from there; null where there is none, or nothing listens. */
	readonly exposure: TcpExposure | null;
};

/** Picks what concerns a TCP port in some state at an address, out of all that the registry knows of its number. */
export const tcpFactsOf = ({entries, commonly, exposure}: PortFacts, state: PortState, from: Vantage): TcpFacts => {
	const entry = entries.find(({status, transports}) => transports.includes('tcp') && (status === 'assigned' || status === 'reserved'));
	return {
		registry: entry === undefined ? null : {name: entry.name, description: entry.description},
		commonly: [...new Set(commonly.filter(({transports}) => transports.includes('tcp')).map(({software}) => software))],
		exposure: state === 'open' ? gravestExposure(exposure, 'tcp', from) : null,
	};
};
