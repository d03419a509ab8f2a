import {isFields} from '../../history/fields.ts';
import {isPort} from '../../port/port.ts';
import {readAddress} from '../../scan/address.ts';
import type {Host, ScanStatus} from '../../scan/event.ts';
import type {PortSet} from '../../port/port-set.ts';
import type {ReadProgram} from '../../scan/program-reader.ts';
import {createVerdictReader, readDown, readEnding, readHead, readJudgement, readObserved, readPorts} from './portui-gatherer.ts';
import {readLongLine} from './read-portui-ndjson.ts';
import {textOf} from './reading.ts';

/** So many hosts are listed one by one, at most. */
const mostHosts = 1_000_000;

/** No name of a host is longer. */
const longestName = 253;

/** The scan that the first line of portui's events tells of. */
export type PortuiStart = {readonly hosts: readonly Host[]; readonly ports: PortSet; readonly seed: number};

/** Reads the first line of portui's events; undefined where it is none. */
export const readPortuiStart = (line: string): PortuiStart | undefined => {
	const fields = readLongLine(line) ?? {};
	const ports = readPorts(fields['ports']);
	const listed = fields['hosts'];
	if (fields['kind'] !== 'started' || ports === undefined || !Array.isArray(listed) || listed.length > mostHosts) {
		return undefined;
	}

	const hosts: Host[] = [];
	for (const each of listed as readonly unknown[]) {
		const {target, address: addressText, note} = isFields(each) ? each : {};
		const address = typeof addressText === 'string' && addressText.length <= 100 ? readAddress(addressText) : undefined;
		if (address === undefined) {
			return undefined;
		}

		hosts.push({target: textOf(target)?.slice(0, longestName) ?? address.text, address, note: textOf(note)?.slice(0, 1000) ?? null});
	}

	return {hosts, ports, seed: readHead(fields).seed ?? 0};
};

/**
Reads the events of portui, as `--format ndjson` writes them, while it writes them: those after the first line.

A line that is not understood is passed over.
*/
export const followPortui: ReadProgram = teller => {
	const readVerdict = createVerdictReader();
	let rest = '';
	let ending: {readonly status: ScanStatus; readonly message?: string | null | undefined} | undefined;

	const take = (line: string): void => {
		const fields = readLongLine(line);
		const kind = fields?.['kind'];
		if (fields === undefined || typeof kind !== 'string') {
			return;
		}

		if (kind === 'finished') {
			ending = readEnding(fields);
			return;
		}

		const {address: addressText, port} = fields;
		const address = typeof addressText === 'string' && addressText.length <= 100 ? readAddress(addressText) : undefined;
		if (address === undefined) {
			return;
		}

		if (kind === 'host') {
			teller.over(address, readDown(fields['down']), readJudgement(fields['judgement']));
			return;
		}

		const verdict = kind === 'probed' ? readVerdict(fields) : undefined;
		const observed = kind === 'probed' || kind === 'observed' ? readObserved(fields['observed']) : undefined;
		if (typeof port === 'number' && isPort(port)) {
			if (verdict !== undefined) {
				teller.probed(address, port, verdict);
			}

			if (observed !== undefined) {
				teller.observed(address, port, observed);
			}
		}
	};

	return {
		write(piece) {
			const lines = (rest + piece).split('\n');
			rest = lines.pop()!;
			for (const line of lines) {
				take(line);
			}
		},
		say() {},
		end() {
			if (ending === undefined || ending.status === 'complete') {
				return ending === undefined ? {isWhole: false, problem: null} : {isWhole: true, problem: null, isSure: true};
			}

			return {isWhole: false, problem: ending.message ?? (ending.status === 'interrupted' ? 'it was interrupted there' : null)};
		},
	};
};
