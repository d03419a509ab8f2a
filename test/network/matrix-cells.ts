import type {BedScan} from '../helpers/test-bed/bed-scan.ts';
import {icmp6Kinds, icmpKinds, type Firewall} from '../helpers/test-bed/firewall.ts';
import {verdictOfRejection, verdictOfRejection6} from '../helpers/test-bed/rejections.ts';
import type {BedLink} from '../helpers/test-bed/test-bed.ts';

/** What listens on the host of every scan. */
export const matrixPorts: readonly number[] = [22, 80, 443, 1234, 5432, 8080, 11_111, 23_456, 34_567, 44_444, 55_555, 65_000];

/** What is true of a host, and may be said of it. */
export type Expectation = {
	/** Ports that answer with a connection: what listens, nothing at all, or every port that is asked. */
	readonly open: 'listeners' | 'none' | 'all';
	/** What may be said of the other ports, as `state reason`, the one that is true of most first. */
	readonly others: readonly string[];
	/** How many of the others may be told otherwise than the first says: 1 in 10,000 closed ones may be told as filtered. */
	readonly mostOtherwise: number;
	readonly judgement: string | null;
};

/** One scan of all ports of a host. */
export type Cell = {
	readonly name: string;
	readonly family: 4 | 6;
	readonly link: BedLink;
	readonly firewall: Firewall;
	readonly expected: Expectation;
	readonly flags?: readonly string[];
};

const portCount = 65_536;
const toleratedFiltered = Math.floor(portCount / 10_000);

const closed: Expectation = {open: 'listeners', others: ['closed refused', 'filtered no-answer'], mostOtherwise: toleratedFiltered, judgement: null};
const dropped: Expectation = {open: 'listeners', others: ['filtered no-answer'], mostOtherwise: 0, judgement: null};
const rstLimited: Expectation = {open: 'listeners', others: ['closed refused', 'filtered rst-limit'], mostOtherwise: portCount, judgement: null};
const all = (verdict: string): Expectation => ({open: 'listeners', others: [verdict], mostOtherwise: 0, judgement: null});

/** Loss is told there and back; the link loses half of that each way. */
const linkOf = (rttMs: number, loss: number): BedLink => ({kind: 'tun', rttMs, loss: 1 - Math.sqrt(1 - loss), seed: 1 + Math.round(rttMs * 1000 + loss * 100)});

const nameOf = (rttMs: number, loss: number, what: string, family: 4 | 6 = 4): string => `IPv${family}, ${rttMs} ms, ${100 * loss} % loss, ${what}`;

const distances = [0.1, 20, 50, 150];
const losses = [0, 0.01, 0.02, 0.05];
const paths = distances.flatMap(rttMs => losses.map(loss => ({rttMs, loss})));

const cell = (what: string, firewall: Firewall, expected: Expectation, {rttMs = 20, loss = 0, family = 4}: {readonly rttMs?: number; readonly loss?: number; readonly family?: 4 | 6} = {}): Cell =>
	({name: nameOf(rttMs, loss, what, family), family, link: linkOf(rttMs, loss), firewall, expected});

/** Every scan of the full set. */
export const matrix: readonly Cell[] = [
	...paths.map(path => cell('closed', {kind: 'none'}, closed, path)),
	...paths.map(path => cell('dropped', {kind: 'drop'}, dropped, path)),
	...(['tcp-reset', ...icmpKinds] as const).map(how => cell(`rejected with ${how}`, {kind: 'reject', how}, all(verdictOfRejection(how)))),
	...icmp6Kinds.map(how => cell(`rejected with ${how}`, {kind: 'reject6', how}, all(verdictOfRejection6(how)), {family: 6})),
	...[200, 1000, 5000].map(rate => cell(`${rate} RSTs a second`, {kind: 'rst-limit', rate}, rstLimited)),
	cell('1000 RSTs a second', {kind: 'rst-limit', rate: 1000}, rstLimited, {loss: 0.02}),
	...[2000, 5000].map(rate => cell(`${rate} SYNs a second`, {kind: 'syn-limit', rate}, closed)),
	cell('5000 SYNs a second', {kind: 'syn-limit', rate: 5000}, closed, {loss: 0.02}),
	...[0, 0.02].flatMap(loss => [
		cell('closed', {kind: 'none'}, closed, {loss, family: 6}),
		cell('dropped', {kind: 'drop'}, dropped, {loss, family: 6}),
	]),
	cell('1000 RSTs a second', {kind: 'rst-limit', rate: 1000}, rstLimited, {family: 6}),
	cell('5000 SYNs a second', {kind: 'syn-limit', rate: 5000}, closed, {family: 6}),
	{...cell('20 ms of jitter, closed', {kind: 'none'}, closed), link: {kind: 'tun', rttMs: 20, jitterMs: 20}},
	cell('everything reset', {kind: 'reset-all'}, {open: 'none', others: ['closed refused'], mostOtherwise: 0, judgement: 'resets-everything'}),
	cell('everything accepted', {kind: 'accept-all', listener: 80}, {open: 'all', others: [], mostOtherwise: 0, judgement: 'accepts-everything'}),
];

/** What a scan said that is not so. */
export const findFaults = ({code, open, counts, reasons, judgement}: BedScan, expected: Expectation): readonly string[] => {
	const truth = expected.open === 'listeners' ? matrixPorts : [];
	const missed = truth.filter(port => !open.includes(port));
	const invented = expected.open === 'all' ? [] : open.filter(port => !truth.includes(port));
	const others = Object.entries(reasons).filter(([said]) => said !== 'open connected');
	const wrong = others.filter(([said]) => !expected.others.includes(said)).map(([said, count]) => `${count} ${said}`);
	const otherwise = others.filter(([said]) => said !== expected.others[0]).reduce((sum, [, count]) => sum + count, 0);
	return [
		...(code === 0 ? [] : [`it ended with code ${String(code)}`]),
		...(missed.length === 0 ? [] : [`missed ${missed.join(', ')}`]),
		...(invented.length === 0 ? [] : [`invented ${invented.join(', ')}`]),
		...(wrong.length === 0 ? [] : [`told ${wrong.join(', ')}`]),
		...(otherwise > expected.mostOtherwise ? [`told ${otherwise} otherwise than ${expected.others[0]}`] : []),
		...(counts.unknown === 0 || expected.open === 'all' ? [] : [`could not ask ${counts.unknown}`]),
		...(judgement === expected.judgement ? [] : [`called the host ${judgement ?? 'nothing'}, and not ${expected.judgement ?? 'nothing'}`]),
	];
};
