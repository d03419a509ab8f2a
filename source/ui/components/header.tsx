import {memo, type ReactNode} from 'react';
import {printable} from '../../report/printable.ts';
import {formatCount} from '../../report/quantity.ts';
import type {ScanRecord} from '../../scan/scan-record.ts';
import {views, type View} from '../../store/state.ts';
import {cutText, widthOf} from '../fit-text.ts';
import {formatBar} from '../format.ts';
import {viewKeys, viewTitles} from '../key-bindings.ts';
import {formatShare, shareOf} from '../panes/scan-pane.tsx';
import {Line, type Segment} from './line.tsx';

const brand = ' portui ';

/** Of many hosts, as many as are in sight. */
const mostNamed = 20;

const scanSummary = (record: ScanRecord | undefined): string => {
	if (record === undefined) {
		return '';
	}

	const target = record.hostCount > record.started.hosts.length ? `${formatCount(record.hostCount)} hosts` : cutText(printable([...new Set(record.hosts.slice(0, mostNamed).map(({host}) => host.target))].join(' ')), 24);
	switch (record.status) {
		case 'running': {
			return `${target} ${formatShare(shareOf(record))} ▕${formatBar(shareOf(record), 8, ' ')}▏ `;
		}

		case 'paused': {
			return `${target} ${formatShare(shareOf(record))} paused `;
		}

		case 'complete': {
			return `${target} complete, ${record.openings.length} open `;
		}

		case 'interrupted': {
			return `${target} stopped at ${formatShare(shareOf(record))}, ${record.openings.length} open `;
		}

		case 'failed': {
			return `${target} failed `;
		}
	}
};

/** The tabs of the views, each with its key; the one that is shown in brackets, so that it shows without colour. Short ones are the keys alone. */
const tabsOf = (view: View, isShort: boolean): readonly Segment[] => views.flatMap((each): Segment[] => (each === view
	? [{text: `[${viewKeys[each]} ${viewTitles[each]}]`, role: 'strong'}]
	: [{text: ` ${viewKeys[each]}`, role: 'key'}, {text: isShort ? ' ' : ` ${viewTitles[each]} `, role: 'faint'}]));

const widthOfAll = (segments: readonly Segment[]): number => segments.reduce((sum, {text}) => sum + widthOf(text), 0);

export type HeaderProps = {readonly width: number; readonly view: View; readonly record: ScanRecord | undefined; /** Whether that scan is not kept, or no longer. */ readonly isUnkept: boolean; readonly revision: number};

/** The top line: the program, its views, and how the scan goes. */
export const Header = memo(({width, view, record, isUnkept}: HeaderProps): ReactNode => {
	const sign = isUnkept ? 'not kept ' : '';
	const whole = scanSummary(record);
	const long = tabsOf(view, false);
	// How the scan goes is worth more than the names of the other views.
	const tabs = widthOfAll(long) + brand.length + 1 + sign.length + widthOf(whole) > width ? tabsOf(view, true) : long;
	const summary = cutText(whole, width - brand.length - widthOfAll(tabs) - sign.length - 1);
	const room = width - brand.length - widthOfAll(tabs) - sign.length - widthOf(summary);
	return <Line segments={[{text: brand, role: 'brand'}, ...tabs, {text: ' '.repeat(Math.max(0, room))}, {text: sign, role: 'problem'}, {text: summary, role: 'strong'}]}/>;
});
