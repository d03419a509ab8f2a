import type {Pane, View} from '../store/state.ts';

/** A rectangle of the screen in columns and rows, borders included. */
export type Rectangle = {readonly column: number; readonly row: number; readonly width: number; readonly height: number};

/** Where everything is. A pane that is not shown has no rectangle. */
export type Layout = {
	readonly isTooSmall: boolean;
	readonly header: Rectangle;
	readonly footer: Rectangle;
	readonly panes: Readonly<Partial<Record<Pane, Rectangle>>>;
};

/** The smallest screen that still says something; below it the program asks for more room. */
export const smallestScreen = {columns: 60, rows: 16};

export const isTooSmall = (columns: number, rows: number): boolean => columns < smallestScreen.columns || rows < smallestScreen.rows;

/** From this width on, ranges, ports and detail stand side by side. */
const wideFrom = 112;

/** Wide enough for "Registered 1024–49151" with its marks. */
const rangesWidth = 27;

const bounded = (least: number, value: number, most: number): number => Math.max(least, Math.min(most, value));

/** Rows of a scan pane that has little to say: its welcome, or the form with a sentence of two lines. */
const shortScan = 7;

/** Where it stands beside something else. */
const detailWidthOf = (columns: number): number => bounded(34, Math.round(columns * 0.34), 66);

const explorePanesWide = (columns: number, body: Rectangle, isScanShown: boolean): Layout['panes'] => {
	const scanHeight = isScanShown ? bounded(shortScan, Math.round(body.height * 0.4), 18) : shortScan;
	const height = body.height - scanHeight;
	const detailWidth = detailWidthOf(columns);
	const portsWidth = columns - rangesWidth - detailWidth;
	return {
		ranges: {column: 0, row: body.row, width: rangesWidth, height},
		ports: {column: rangesWidth, row: body.row, width: portsWidth, height},
		detail: {column: rangesWidth + portsWidth, row: body.row, width: detailWidth, height},
		scan: {column: 0, row: body.row + height, width: columns, height: scanHeight},
	};
};

const explorePanesNarrow = (columns: number, body: Rectangle): Layout['panes'] => {
	const lowerHeight = bounded(7, Math.round(body.height * 0.5), 14);
	const height = body.height - lowerHeight;
	const detailWidth = Math.floor(columns * 0.43);
	const row = body.row + height;
	return {
		ranges: {column: 0, row: body.row, width: rangesWidth, height},
		ports: {column: rangesWidth, row: body.row, width: columns - rangesWidth, height},
		detail: {column: 0, row, width: detailWidth, height: lowerHeight},
		scan: {column: detailWidth, row, width: columns - detailWidth, height: lowerHeight},
	};
};

/** The map has all the height where the detail and the scan have room beside it, and most of it elsewhere: every row makes the picture finer. */
const mapPanes = (columns: number, body: Rectangle, isScanShown: boolean): Layout['panes'] => {
	if (columns >= wideFrom) {
		const width = detailWidthOf(columns);
		const scanHeight = isScanShown ? Math.round(body.height * 0.5) : shortScan;
		const beside = {column: columns - width, width};
		return {
			map: {...body, width: columns - width},
			detail: {...beside, row: body.row, height: body.height - scanHeight},
			scan: {...beside, row: body.row + body.height - scanHeight, height: scanHeight},
		};
	}

	const lowerHeight = bounded(shortScan, Math.round(body.height * 0.3), 14);
	const height = body.height - lowerHeight;
	const width = Math.floor(columns * 0.43);
	return {
		map: {...body, height},
		detail: {column: 0, row: body.row + height, width, height: lowerHeight},
		scan: {column: width, row: body.row + height, width: columns - width, height: lowerHeight},
	};
};

const localPanes = (columns: number, body: Rectangle): Layout['panes'] => {
	const height = bounded(7, Math.round(body.height * 0.35), 14);
	return {
		sockets: {...body, height: body.height - height},
		socket: {column: 0, row: body.row + body.height - height, width: columns, height},
	};
};

/** The list has the whole width where that is little; elsewhere what is told of a scan stands beside it. */
const historyPanes = (columns: number, body: Rectangle): Layout['panes'] => {
	if (columns >= wideFrom) {
		const width = detailWidthOf(columns);
		return {
			kept: {...body, width: columns - width},
			past: {...body, column: columns - width, width},
		};
	}

	const height = bounded(7, Math.round(body.height * 0.5), 16);
	return {
		kept: {...body, height: body.height - height},
		past: {...body, row: body.row + body.height - height, height},
	};
};

/** Findings have the whole width, for they have most to tell; hosts and pace stand side by side above them. */
const scansPanes = (columns: number, body: Rectangle): Layout['panes'] => {
	const height = bounded(6, Math.round(body.height * 0.36), 16);
	const width = bounded(27, Math.round(columns * 0.4), 66);
	return {
		findings: {...body, row: body.row + height, height: body.height - height},
		hosts: {...body, width: columns - width, height},
		pace: {...body, column: columns - width, width, height},
	};
};

const guidePanes = (columns: number, body: Rectangle): Layout['panes'] => ({
	topics: {...body, width: rangesWidth},
	page: {...body, column: rangesWidth, width: columns - rangesWidth},
});

const panesIn = (view: View, columns: number, body: Rectangle, isScanShown: boolean): Layout['panes'] => {
	switch (view) {
		case 'explore': {
			return columns >= wideFrom ? explorePanesWide(columns, body, isScanShown) : explorePanesNarrow(columns, body);
		}

		case 'map': {
			return mapPanes(columns, body, isScanShown);
		}

		case 'scans': {
			return scansPanes(columns, body);
		}

		case 'local': {
			return localPanes(columns, body);
		}

		case 'history': {
			return historyPanes(columns, body);
		}

		case 'guide': {
			return guidePanes(columns, body);
		}
	}
};

/**
Divides a screen: a header, a footer, and the panes between them without gap or overlap.

@param zoomed - The pane that has the whole body to itself, if any.
@param isScanShown - Whether there are results that are worth more room.
*/
export const computeLayout = (columns: number, rows: number, zoomed: Pane | undefined, isScanShown: boolean, view: View = 'explore'): Layout => {
	const body: Rectangle = {column: 0, row: 1, width: columns, height: Math.max(0, rows - 2)};
	const isUnusable = isTooSmall(columns, rows);
	return {
		isTooSmall: isUnusable,
		header: {column: 0, row: 0, width: columns, height: 1},
		footer: {column: 0, row: rows - 1, width: columns, height: 1},
		panes: isUnusable ? {} : zoomed ? {[zoomed]: body} : panesIn(view, columns, body, isScanShown),
	};
};

/** Rows inside the borders of a pane. */
export const innerRows = ({height}: Rectangle): number => Math.max(0, height - 2);
