import {memo, type ReactNode} from 'react';
import {formatCount} from '../../report/quantity.ts';
import type {ScanRecord} from '../../scan/scan-record.ts';
import {cutText, widthOf} from '../fit-text.ts';
import {formatBar} from '../format.ts';
import {formatShare, shareOf} from '../panes/scan-pane.tsx';
import {Line} from './line.tsx';

const brand = ' portui ';
const motto = ' every TCP port: what it is for, what is open';

const scanSummary = (record: ScanRecord | undefined): string => {
	if (record === undefined) {
		return '';
	}

	const target = record.hostCount > record.started.hosts.length ? `${formatCount(record.hostCount)} hosts` : cutText([...new Set(record.hosts.map(({host}) => host.target))].join(' '), 24);
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

/** The top line: the program, and how the scan goes. */
export const Header = memo(({width, record}: {readonly width: number; readonly record: ScanRecord | undefined; readonly revision: number}): ReactNode => {
	const summary = scanSummary(record);
	const room = width - brand.length - widthOf(summary);
	const middle = widthOf(motto) <= room - 1 ? motto : '';
	return <Line segments={[{text: brand, role: 'brand'}, {text: middle, role: 'faint'}, {text: ' '.repeat(Math.max(0, room - widthOf(middle)))}, {text: summary, role: 'strong'}]}/>;
});
