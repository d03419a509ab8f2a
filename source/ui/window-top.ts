/**
Which row of a list to show first, so that the selected one is in sight and the list moves no more than it must.

A selection that left the window by more than a window's height begins a new one: it is shown at the top.

@param previousTop - The row shown first until now.
@param selected - Index of the selected row; -1 for none.
@param height - Rows there is room for.
@param count - Rows in the list.
*/
export const windowTop = (previousTop: number, selected: number, height: number, count: number): number => {
	const lastTop = Math.max(0, count - height);
	const top = Math.min(lastTop, Math.max(0, previousTop));
	if (selected < 0 || height <= 0) {
		return top;
	}

	if (selected < top) {
		return Math.min(lastTop, selected);
	}

	if (selected >= top + height) {
		return Math.min(lastTop, selected - top >= 2 * height ? selected : selected - height + 1);
	}

	return top;
};
