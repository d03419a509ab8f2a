import {Text} from 'ink';
import {memo, type ReactNode} from 'react';
import type {Role} from '../theme.ts';
import {useTheme} from './theme-context.ts';

/** A run of text in one role. */
export type Segment = {readonly text: string; readonly role?: Role};

/** One line of the screen. Whoever makes the segments has cut them to fit. */
export const Line = memo(({segments, role = 'plain'}: {readonly segments: readonly Segment[]; readonly role?: Role}): ReactNode => {
	const theme = useTheme();
	return (
		<Text wrap='truncate' {...theme[role]}>
			{segments.map((segment, index) => (segment.role === undefined || segment.role === 'plain'
				? segment.text
				: <Text key={index} {...theme[segment.role]}>{segment.text}</Text>))}
		</Text>
	);
});
