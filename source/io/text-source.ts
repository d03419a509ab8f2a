import type {RunningProgram} from './running-program.ts';

/** What a program writes, to be taken part by part. */
export type TextSource = {
	/**
	Waits for a part.

	@param endOf - Where in the text so far the part ends; undefined where it is not whole yet.
	@param most - So many characters are waited for.
	@returns The part; undefined where the program ended before, or wrote too much.
	*/
	readonly take: (endOf: (text: string) => number | undefined, most: number) => Promise<string | undefined>;
	/** The program, with what was not taken still to be listened to. */
	readonly rest: RunningProgram;
};

export const createTextSource = (program: RunningProgram): TextSource => {
	let text = '';
	let hasEnded = false;
	let onNews = (): void => {};
	program.listen(more => {
		text += more;
		onNews();
	});
	void program.ended.then(() => {
		hasEnded = true;
		onNews();
	});

	return {
		take: async (endOf, most) => new Promise(resolve => {
			const look = (): void => {
				const end = endOf(text);
				if (end !== undefined) {
					const part = text.slice(0, end);
					text = text.slice(end);
					onNews = () => {};
					resolve(part);
				} else if (hasEnded || text.length > most) {
					onNews = () => {};
					resolve(undefined);
				}
			};

			onNews = look;
			look();
		}),
		rest: {
			...program,
			listen(listener) {
				const left = text;
				text = '';
				if (left !== '') {
					listener(left);
				}

				program.listen(listener);
			},
		},
	};
};
