import type {HostRun} from '../scan/known-so-far.ts';

/** Writes numbers, lowest first, as runs: `0-254,300`. */
export const formatRuns = (numbers: Iterable<number>): string => {
	const runs: string[] = [];
	let first = -1;
	let last = -2;
	const end = (): void => {
		if (first >= 0) {
			runs.push(first === last ? String(first) : `${first}-${last}`);
		}
	};

	for (const number of numbers) {
		if (number !== last + 1) {
			end();
			first = number;
		}

		last = number;
	}

	end();
	return runs.join(',');
};

/**
Reads what `formatRuns` writes.

@param largest - No number is larger.
@param most - No more numbers than this, so that a damaged line takes no more memory than a whole one.
@returns Undefined when the text is none of its.
*/
export const readRuns = (text: unknown, largest: number, most: number): readonly HostRun[] | undefined => {
	if (typeof text !== 'string' || !/^\d{1,16}(?:-\d{1,16})?(?:,\d{1,16}(?:-\d{1,16})?)*$/.test(text)) {
		return undefined;
	}

	const runs: HostRun[] = [];
	let left = most;
	let before = -1;
	for (const item of text.split(',')) {
		const [first, last = first] = item.split('-').map(Number) as [number, number?];
		left -= last - first + 1;
		if (first <= before || last < first || last > largest || left < 0) {
			return undefined;
		}

		before = last;
		runs.push({first, last});
	}

	return runs;
};

/** The numbers of runs, one by one. */
export function * numbersIn(runs: readonly HostRun[]): Generator<number> {
	for (const {first, last} of runs) {
		for (let number = first; number <= last; number++) {
			yield number;
		}
	}
}
