import {formatPortSet} from '../port/port-set.ts';
import {reasonOf} from '../scan/verdict.ts';
import type {ComparedTitle} from './diff-words.ts';
import type {ScanDiff, Seen} from './scan-diff.ts';

const seenDocument = ({state, verdict, observed}: Seen): object => ({state, reason: verdict === undefined ? null : reasonOf(verdict), observed: observed ?? null});

/** Two scans compared, as the JSON document of kind `diff`, version 1. Its shape is a contract: additions only. */
export const diffDocument = ({isSame, hosts, comparedHostCount}: ScanDiff, before: ComparedTitle, after: ComparedTitle): object => ({
	portui: 1,
	kind: 'diff',
	same: isSame,
	before,
	after,
	comparedHostCount,
	hosts: hosts.map(({host: {target, address}, presence, changes, shifts, untold}) => ({
		target,
		address: address.text,
		family: address.family,
		presence,
		changes: changes.map(({kind, port, before: seenBefore, after: seenAfter}) => ({kind, port, transport: 'tcp', before: seenDocument(seenBefore), after: seenDocument(seenAfter)})),
		shifts: shifts.map(({from, to, ports}) => ({from, to, ports: formatPortSet(ports)})),
		untold: untold.map(({port, openIn, why}) => ({port, transport: 'tcp', openIn, why})),
	})),
});
