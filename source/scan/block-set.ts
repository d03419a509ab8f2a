import {addressAt, blockOfAddress, needsZone, numberOf, zoneOf, type AddressBlock} from './address-block.ts';
import type {Address} from './address.ts';

type Span = {readonly first: bigint; readonly last: bigint};

/** Addresses can be neighbours only within a family and a zone. */
const laneOf = ({first}: AddressBlock): string => `${first.family}%${zoneOf(first)}`;

const spanOf = ({first, last}: AddressBlock): Span => ({first: numberOf(first), last: numberOf(last)});

const byFirst = (one: Span, other: Span): number => (one.first < other.first ? -1 : one.first > other.first ? 1 : 0);

/** Sorted, and joined where they overlap or touch. */
const merge = (spans: readonly Span[]): readonly Span[] => {
	const merged: Span[] = [];
	for (const span of [...spans].sort(byFirst)) {
		const before = merged.at(-1);
		if (before === undefined || span.first > before.last + 1n) {
			merged.push(span);
		} else if (span.last > before.last) {
			merged[merged.length - 1] = {first: before.first, last: span.last};
		}
	}

	return merged;
};

/** What is left of a span, outside the others, which are sorted and apart. `from` is the first of them that may matter. */
const without = (span: Span, others: readonly Span[], from: number): readonly Span[] => {
	const left: Span[] = [];
	let {first} = span;
	for (let index = from; index < others.length && others[index]!.first <= span.last; index++) {
		const other = others[index]!;
		if (other.first > first) {
			left.push({first, last: other.first - 1n});
		}

		if (other.last >= first) {
			first = other.last + 1n;
		}
	}

	return first > span.last ? left : [...left, {first, last: span.last}];
};

const partOf = ({target, first: address}: AddressBlock, {first, last}: Span): AddressBlock => {
	const zone = zoneOf(address);
	return {target, first: addressAt(address.family, first, zone), last: addressAt(address.family, last, zone)};
};

/** A link-local block without a zone is meant on every interface, when it is to be left out. */
const isOfLane = (excluded: AddressBlock, lane: string): boolean => laneOf(excluded) === lane || (needsZone(excluded.first) && lane.startsWith('6%'));

/**
The addresses of some blocks without those of others, each once: blocks apart from each other, families one after the other, lowest first.

An address in several blocks stays in the one that begins first.
*/
export const subtractBlocks = (included: readonly AddressBlock[], excluded: readonly AddressBlock[] = []): readonly AddressBlock[] => {
	const lanes = new Map<string, AddressBlock[]>();
	for (const block of included) {
		const lane = laneOf(block);
		const blocks = lanes.get(lane);
		if (blocks === undefined) {
			lanes.set(lane, [block]);
		} else {
			blocks.push(block);
		}
	}

	return [...lanes].flatMap(([lane, blocks]) => {
		const holes = merge(excluded.filter(block => isOfLane(block, lane)).map(block => spanOf(block)));
		const sorted = blocks.map(block => ({block, ...spanOf(block)})).sort(byFirst);
		const left: AddressBlock[] = [];
		let free = 0n;
		let hole = 0;
		for (const {block, first, last} of sorted) {
			const begin = first > free ? first : free;
			if (begin > last) {
				continue;
			}

			while (hole < holes.length && holes[hole]!.last < begin) {
				hole++;
			}

			for (const span of without({first: begin, last}, holes, hole)) {
				// A file may have a million, most of which stay as they are.
				left.push(span.first === first && span.last === last ? block : partOf(block, span));
			}

			free = last + 1n;
		}

		return left;
	});
};

/** Tells for many addresses whether they lie in one of some blocks. */
export const createBlockLookup = (blocks: readonly AddressBlock[]): ((address: Address) => boolean) =>
	address => blocks.length > 0 && subtractBlocks([blockOfAddress('', address)], blocks).length === 0;
