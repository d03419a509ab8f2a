import {memo, type ReactNode} from 'react';
import {pageIds, pageTitles, type PageId} from '../../guide/page-id.ts';
import {Line} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {fitText} from '../fit-text.ts';
import {useWindowTop} from '../hooks/use-window-top.ts';
import {innerRows, type Rectangle} from '../layout.ts';

export type TopicsPaneProps = {readonly rectangle: Rectangle; readonly isInHand: boolean; readonly pageId: PageId};

/** The pages of the guide. */
export const TopicsPane = memo(({rectangle, isInHand, pageId}: TopicsPaneProps): ReactNode => {
	const height = innerRows(rectangle);
	const top = useWindowTop(pageIds.indexOf(pageId), height, pageIds.length);
	const width = rectangle.width - 2;
	return (
		<Pane rectangle={rectangle} title='Guide' isInHand={isInHand}>
			{pageIds.slice(top, top + height).map((id, index) => {
				const label = fitText(`${id === pageId ? '›' : ' '}${fitText(String(top + index + 1), 2, 'end')} ${pageTitles[id]}`, width);
				return <Line key={id} role={id === pageId ? (isInHand ? 'selected' : 'selectedElsewhere') : 'plain'} segments={[{text: label.trimEnd().padEnd(id === pageId ? width : 0)}]}/>;
			})}
		</Pane>
	);
});
