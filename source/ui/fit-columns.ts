/** A column of a list; `most` is how far it stretches where there is room. */
export type ListColumn<Id extends string> = {readonly id: Id; readonly title: string; readonly width: number; readonly align?: 'start' | 'end'; readonly most?: number};

/** Columns of the screen between two columns of a list. */
const gap = 1;

/** Before the columns: the sign of the row in hand, and a blank. */
export const leadWidth = 2;

const widthOfAll = (columns: ReadonlyArray<ListColumn<string>>): number => leadWidth + columns.reduce((sum, {width}) => sum + width + gap, -gap);

/**
Chooses the columns of a list that fit a width.

@param columns - In the order in which they stand.
@param worth - The most worthwhile first; one that does not fit is left out.
*/
export const fitColumns = <Id extends string>(columns: ReadonlyArray<ListColumn<Id>>, worth: readonly Id[], width: number): ReadonlyArray<ListColumn<Id>> => {
	const chosen = new Set<Id>();
	const shown = (): ReadonlyArray<ListColumn<Id>> => columns.filter(({id}) => chosen.has(id));
	for (const id of worth) {
		chosen.add(id);
		if (widthOfAll(shown()) > width) {
			chosen.delete(id);
		}
	}

	let fitted = shown();
	for (const {id, most} of columns.filter(column => column.most !== undefined)) {
		const spare = Math.max(0, width - widthOfAll(fitted));
		fitted = fitted.map(column => (column.id === id ? {...column, width: Math.min(most!, column.width + spare)} : column));
	}

	return fitted;
};
