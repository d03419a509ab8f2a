import type {Registry} from '../registry/registry.ts';
import type {Host, ScanEvent} from '../scan/event.ts';
import {resetsEverything} from '../scan/resets-everything.ts';
import {hostNumbered, unfinishedCount, type ScanRecord} from '../scan/scan-record.ts';
import {vantageOf} from '../scan/vantage.ts';
import type {PortState} from '../scan/verdict.ts';
import type {ScanEventDocument, ScanHost} from './documents/scan.ts';
import {judgementDocument, portDocument} from './scan-json.ts';

/**
The document of an event; undefined for one that is not told.

@param record - Of the scan, before it has taken the event in.
*/
export type DocumentOfEvent = (event: ScanEvent, record: ScanRecord | undefined) => ScanEventDocument | undefined;

const hostDocument = ({target, address, note}: Host): ScanHost => ({target, address: address.text, family: address.family, note});

/** Makes what tells the events of one scan. @param show - The states whose ports are told. A port that was told is told again when its state changes to any other. */
export const createEventDocuments = (registry: Registry, show: readonly PortState[]): DocumentOfEvent => {
	/** The ports that were told of each host in hand. */
	const told = new Map<number, Set<number>>();

	const isToldOf = (host: number, port: number, state: PortState): boolean => {
		const ports = told.get(host);
		if (!show.includes(state)) {
			return ports?.has(port) === true;
		}

		told.set(host, (ports ?? new Set()).add(port));
		return true;
	};

	return (event, record) => {
		switch (event.kind) {
			case 'started': {
				const {kind, id, startedAt, engine, seed, ports, portCount, hosts, hostCount, tellsOpenOnly} = event;
				return {portui: 1, kind, id, startedAt, engine, seed, ports, tells: tellsOpenOnly === true ? 'open' : 'all', portCount, hostCount: hostCount ?? hosts.length, hosts: hosts.map(host => hostDocument(host))};
			}

			case 'probed': {
				const host = record === undefined ? undefined : hostNumbered(record, event.host);
				return host === undefined || !isToldOf(event.host, event.port, event.verdict.state)
					? undefined
					: {portui: 1, kind: event.kind, ...hostDocument(host.host), ...portDocument(event.port, event.verdict, host.observed.get(event.port), registry, vantageOf(host.host.address))};
			}

			case 'observed': {
				const host = record === undefined ? undefined : hostNumbered(record, event.host)?.host;
				return host === undefined || told.get(event.host)?.has(event.port) !== true
					? undefined
					: {portui: 1, kind: event.kind, ...hostDocument(host), port: event.port, transport: 'tcp', observed: event.observed};
			}

			case 'host': {
				const host = record === undefined ? undefined : hostNumbered(record, event.host);
				if (host === undefined || record === undefined) {
					return undefined;
				}

				if (event.host >= record.started.hosts.length) {
					// Nothing more is told of it, and a block may have a million like it.
					told.delete(event.host);
				}

				const {open, closed, filtered, unknown} = host.verdicts.counts;
				const unfinished = unfinishedCount(record, host);
				return {portui: 1, kind: event.kind, ...hostDocument(host.host), counts: {open, closed, filtered, unknown: unknown + unfinished}, unfinished, down: event.down ?? null, judgement: judgementDocument(event.judgement ?? null, resetsEverything(record, {...host, isFinished: true}))};
			}

			case 'finished': {
				const {kind, finishedAt, status, message} = event;
				return {portui: 1, kind, ...(record === undefined ? {} : {id: record.started.id}), finishedAt, status, message};
			}

			default: {
				return undefined;
			}
		}
	};
};
