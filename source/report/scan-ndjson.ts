import type {Registry} from '../registry/registry.ts';
import type {Host, ScanEvent} from '../scan/event.ts';
import {resetsEverything} from '../scan/resets-everything.ts';
import {hostNumbered, unfinishedCount, type ScanRecord} from '../scan/scan-record.ts';
import {vantageOf} from '../scan/vantage.ts';
import type {PortState} from '../scan/verdict.ts';
import {formatJsonLine} from './printable.ts';
import {judgementDocument, portDocument} from './scan-json.ts';

/** Writes the events of a scan as lines of JSON, while it runs. */
export type NdjsonWriter = {
	/**
	The line of an event, with its line end; empty for one that is not written.

	@param record - Of the scan, before it has taken the event in.
	*/
	readonly format: (event: ScanEvent, record: ScanRecord | undefined) => string;
};

const hostDocument = ({target, address, note}: Host): object => ({target, address: address.text, family: address.family, note});

/** @param show - The states whose ports are told. A port that was told is told again when its state changes to any other. */
export const createNdjsonWriter = (registry: Registry, show: readonly PortState[]): NdjsonWriter => {
	const toldPorts = new Set<string>();

	const documentOf = (event: ScanEvent, record: ScanRecord | undefined): object | undefined => {
		switch (event.kind) {
			case 'started': {
				const {id, startedAt, engine, seed, ports, portCount, hosts, hostCount, tellsOpenOnly} = event;
				return {id, startedAt, engine, seed, ports, tells: tellsOpenOnly === true ? 'open' : 'all', portCount, hostCount: hostCount ?? hosts.length, hosts: hosts.map(host => hostDocument(host))};
			}

			case 'probed': {
				const key = `${event.host}:${event.port}`;
				const told = record === undefined ? undefined : hostNumbered(record, event.host);
				const host = told?.host;
				if (told === undefined || host === undefined || (!show.includes(event.verdict.state) && !toldPorts.has(key))) {
					return undefined;
				}

				toldPorts.add(key);
				return {...hostDocument(host), ...portDocument(event.port, event.verdict, told.observed.get(event.port), registry, vantageOf(host.address))};
			}

			case 'observed': {
				const host = record === undefined ? undefined : hostNumbered(record, event.host)?.host;
				return host === undefined || !toldPorts.has(`${event.host}:${event.port}`) ? undefined : {...hostDocument(host), port: event.port, transport: 'tcp', observed: event.observed};
			}

			case 'host': {
				const host = record === undefined ? undefined : hostNumbered(record, event.host);
				if (host === undefined || record === undefined) {
					return undefined;
				}

				const {open, closed, filtered, unknown} = host.verdicts.counts;
				const unfinished = unfinishedCount(record, host);
				return {...hostDocument(host.host), counts: {open, closed, filtered, unknown: unknown + unfinished}, unfinished, down: event.down ?? null, judgement: judgementDocument(event.judgement ?? null, resetsEverything(record, {...host, isFinished: true}))};
			}

			case 'finished': {
				const {finishedAt, status, message} = event;
				return {id: record?.started.id, finishedAt, status, message};
			}

			default: {
				return undefined;
			}
		}
	};

	return {
		format(event, record) {
			const document = documentOf(event, record);
			return document === undefined ? '' : formatJsonLine({portui: 1, kind: event.kind, ...document});
		},
	};
};
