import {formatCount} from '../quantity.ts';

/** What the reader of a document should know, gathered while it is read. */
export type ReadingNotes = {
	/** A part of the document says nothing that can be used. @param line - Asked for only when it is told. */
	readonly leaveOut: (line: () => number, reason: string) => void;
	/** Something else than a TCP port was told of. */
	readonly passOver: (what: string) => void;
	readonly add: (sentence: string) => void;
	/** Whether anything was left out. */
	readonly leftOutCount: () => number;
	readonly list: () => readonly string[];
};

/** So many parts that were left out are told one by one. */
const mostTold = 5;

/** So many kinds of things that were passed over are told apart. */
const mostKinds = 10;

export const createReadingNotes = (): ReadingNotes => {
	const sentences: string[] = [];
	const told: string[] = [];
	const passedOver = new Map<string, number>();
	let leftOutCount = 0;
	return {
		leaveOut(line, reason) {
			leftOutCount++;
			if (told.length < mostTold) {
				told.push(`Line ${line()} is left out: ${reason}.`);
			}
		},
		passOver(what) {
			const kind = passedOver.has(what) || passedOver.size < mostKinds ? what : 'other';
			passedOver.set(kind, (passedOver.get(kind) ?? 0) + 1);
		},
		add(sentence) {
			sentences.push(sentence);
		},
		leftOutCount: () => leftOutCount,
		list: () => [
			...sentences,
			...told,
			...(leftOutCount > told.length ? [`And ${formatCount(leftOutCount - told.length)} more ${leftOutCount - told.length === 1 ? 'is' : 'are'} left out.`] : []),
			...Array.from(passedOver, ([what, count]) => `${formatCount(count)} ${count === 1 ? 'result of' : 'results of'} ${what} ${count === 1 ? 'is' : 'are'} passed over: portui holds TCP ports alone.`),
		],
	};
};
