import type {Output} from '../../source/commands/surroundings.ts';

/** A stream that keeps what is written to it. */
export type KeptOutput = Output & {readonly text: () => string};

export const keepOutput = (changes: Partial<Output> = {}): KeptOutput => {
	let kept = '';
	return {
		write(text, whenWritten) {
			kept += text;
			whenWritten?.();
		},
		text: () => kept,
		...changes,
	};
};
