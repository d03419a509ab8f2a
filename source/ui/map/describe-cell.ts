import type {PortInterval} from '../../port/port-range.ts';
import type {Port} from '../../port/port.ts';
import type {Registry} from '../../registry/registry.ts';
import {formatCount} from '../../report/quantity.ts';
import type {MapColoring} from '../../store/map-coloring.ts';
import {formatInterval} from '../../store/range-rows.ts';
import type {Segment} from '../components/line.tsx';
import {cutText, widthOf} from '../fit-text.ts';
import {countKinds} from './cells.ts';
import {kindNamed, kindsOf, type Kind} from './kinds.ts';
import {kindsOfPorts, type MapFacts, type PortKinds} from './kinds-of-ports.ts';

/** Ports named at most: more do not fit a line. */
const mostNamed = 12;

const openKind = kindNamed('scan', 'open');

const nameOf = (registry: Registry, port: Port): string => {
	const {entries, commonly} = registry.lookup(port);
	return entries[0]?.name ?? commonly[0]?.software ?? '';
};

/** `9 assigned, 7 unassigned`, what tells most first. */
const describeCounts = (counts: readonly number[], table: readonly Kind[]): string =>
	table.map(({word}, kind) => ({word, count: counts[kind]!})).filter(({count}) => count > 0).reverse().map(({word, count}) => `${formatCount(count)} ${word}`).join(', ');

/** The notable ports of a cell but for the port in hand, what tells most first. */
const otherNotable = (kinds: PortKinds, table: readonly Kind[], {first, last}: PortInterval, inHand: Port): readonly Port[] => {
	const ports: Port[] = [];
	for (let kind = table.length - 1; kind >= 0 && table[kind]!.isNotable; kind--) {
		for (let port: number = first; port <= last && ports.length < mostNamed; port++) {
			if (kinds[port] === kind && port !== inHand) {
				ports.push(port as Port);
			}
		}
	}

	return ports;
};

/** Says which port is in hand, which ports its cell holds, how many of each kind, and the names of the notable ones: `8080 http-alt  8070–8099: 1 open, 29 closed`. */
export const describeCell = (ports: PortInterval, inHand: Port, coloring: MapColoring, facts: MapFacts, width: number): readonly Segment[] => {
	const kinds = kindsOfPorts(coloring, facts);
	if (kinds === undefined) {
		return [];
	}

	const {registry} = facts;
	const table = kindsOf[coloring];
	const named = (port: Port): string => `${port} ${(registry && nameOf(registry, port)) ?? ''}`.trimEnd();
	const openCount = coloring === 'scan' ? 0 : countKinds(kindsOfPorts('scan', facts)!, kindsOf.scan, ports)[openKind]!;
	const parts: readonly Segment[] = [
		{text: ` ${named(inHand)}`, role: 'strong'},
		...(ports.first === ports.last
			? [{text: `  ${table[kinds[inHand]!]!.word}`}]
			: [{text: `  ${formatInterval(ports)}: ${describeCounts(countKinds(kinds, table, ports), table)}`}]),
		{text: openCount === 0 ? '' : `, ${openCount} open`, role: 'open'},
		{text: `  ${otherNotable(kinds, table, ports, inHand).map(port => named(port)).join(', ')}`, role: 'faint'},
	];
	let room = width;
	return parts.map(part => {
		const text = cutText(part.text, room);
		room -= widthOf(text);
		return {...part, text};
	});
};
