/** How many slips turn what was typed into a word, and into the beginning of it. */
export type Slips = {readonly whole: number; readonly start: number};

/**
Counts slips of the keyboard: a letter too many, one missing, a wrong one, or two neighbours the wrong way round.

This is the optimal string alignment distance (L. Boytsov, "Indexing methods for approximate dictionary searching", 2011, section 2.1.2); `fastest-levenshtein` counts swapped neighbours, the commonest slip, twice.

@param most - Stop counting beyond so many.
@returns The counts, each at most `most + 1`.
*/
export const countSlips = (typed: string, word: string, most: number): Slips => {
	let beforeLast = new Uint8Array(word.length + 1);
	let last = Uint8Array.from({length: word.length + 1}, (_, at) => at);
	let current = new Uint8Array(word.length + 1);
	for (let row = 1; row <= typed.length; row++) {
		const letter = typed.charCodeAt(row - 1);
		current[0] = row;
		let least = row;
		for (let column = 1; column <= word.length; column++) {
			const isSame = letter === word.charCodeAt(column - 1);
			let slips = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (isSame ? 0 : 1));
			if (row > 1 && column > 1 && letter === word.charCodeAt(column - 2) && typed.charCodeAt(row - 2) === word.charCodeAt(column - 1)) {
				slips = Math.min(slips, beforeLast[column - 2]! + 1);
			}

			current[column] = slips;
			least = Math.min(least, slips);
		}

		if (least > most) {
			return {whole: most + 1, start: most + 1};
		}

		[beforeLast, last, current] = [last, current, beforeLast];
	}

	return {whole: Math.min(last[word.length]!, most + 1), start: Math.min(most + 1, ...last)};
};
