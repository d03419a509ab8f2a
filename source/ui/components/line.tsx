import {Text} from 'ink';
import {memo, type ReactNode} from 'react';
import {terminalLink} from '../../report/text-links.ts';
import type {Role} from '../theme.ts';
import {useTheme} from './theme-context.ts';

/** A run of text in one role; with a link only where the terminal shows links. */
export type Segment = {readonly text: string; readonly role?: Role; readonly link?: string};

const shownText = ({text, link}: Segment): string => (link === undefined ? text : terminalLink({text, url: link}));

/** One line of the screen. Whoever makes the segments has cut them to fit. */
export const Line = memo(({segments, role = 'plain'}: {readonly segments: readonly Segment[]; readonly role?: Role}): ReactNode => {
	const theme = useTheme();
	return (
		<Text wrap='truncate' {...theme[role]}>
			{segments.map((segment, index) => (segment.role === undefined || segment.role === 'plain'
				? shownText(segment)
				: <Text key={index} {...theme[segment.role]}>{shownText(segment)}</Text>))}
		</Text>
	);
});
