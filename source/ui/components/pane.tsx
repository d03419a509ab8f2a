import {Box, Text} from 'ink';
import type {ReactNode} from 'react';
import {cutText, widthOf} from '../fit-text.ts';
import type {Rectangle} from '../layout.ts';
import {useTheme} from './theme-context.ts';

export type PaneProps = {
	readonly rectangle: Rectangle;
	readonly title: string;
	/** More for the title line, as far as there is room; empty parts are left out. */
	readonly notes?: readonly string[];
	readonly isInHand: boolean;
	readonly children?: ReactNode;
};

const joinTitle = (title: string, notes: readonly string[], width: number): string => {
	let line = ` ${title} `;
	for (const note of notes.filter(each => each !== '')) {
		const room = width - widthOf(line) - 4;
		if (room < 4) {
			break;
		}

		line += `── ${cutText(note, room)} `;
	}

	return cutText(line, width);
};

/** A titled frame. The pane in hand has a heavy one, so that it shows without colour. */
export const Pane = ({rectangle: {column, row, width, height}, title, notes = [], isInHand, children}: PaneProps): ReactNode => {
	const theme = useTheme();
	const [left, line, right] = isInHand ? ['┏', '━', '┓'] : ['╭', '─', '╮'];
	const looks = isInHand ? theme.borderInHand : theme.border;
	const heading = joinTitle(title, notes, width - 4);
	return (
		<Box position='absolute' marginLeft={column} marginTop={row} width={width} height={height} flexDirection='column'>
			<Text wrap='truncate'>
				<Text {...looks}>{left}{line}</Text>
				<Text {...(isInHand ? theme.strong : theme.plain)}>{heading}</Text>
				<Text {...looks}>{line!.repeat(Math.max(0, width - 3 - widthOf(heading)))}{right}</Text>
			</Text>
			<Box
				width={width}
				height={height - 1}
				borderStyle={isInHand ? 'bold' : 'round'}
				borderTop={false}
				borderColor={looks.color}
				borderDimColor={looks.dimColor}
				flexDirection='column'
				overflow='hidden'
			>
				{children}
			</Box>
		</Box>
	);
};
