import {Text} from 'ink';
import type {ReactNode} from 'react';
import type {TextField} from '../../store/text-field.ts';
import {cutText, widthOf} from '../fit-text.ts';
import {useTheme} from './theme-context.ts';

/** The part of a field to show: the end of what is before the cursor, and what follows as far as there is room. */
const visiblePart = ({text, cursor}: TextField, width: number): {readonly before: string; readonly at: string; readonly after: string} => {
	const characters = [...text];
	let start = cursor;
	// Each character is measured once, and only those in sight are: a field may hold a paste of thousands.
	for (let room = width - 2; start > 0; start--) {
		room -= widthOf(characters[start - 1]!);
		if (room < 0) {
			break;
		}
	}

	const before = characters.slice(start, cursor).join('');
	const at = characters[cursor] ?? ' ';
	return {before, at, after: cutText(characters.slice(cursor + 1).join(''), Math.max(0, width - widthOf(before) - widthOf(at)))};
};

export type InputProps = {
	readonly field: TextField;
	readonly width: number;
	readonly isActive: boolean;
	/** What may be typed, shown behind the cursor while nothing is. */
	readonly hint?: string;
};

/** A line of text being typed, with the cursor as an inverse character. */
export const Input = ({field, width, isActive, hint = ''}: InputProps): ReactNode => {
	const theme = useTheme();
	const {before, at, after} = visiblePart(field, width);
	return isActive
		? <Text wrap='truncate'>{before}<Text {...theme.selected}>{at}</Text>{after}{field.text === '' && <Text {...theme.faint}>{cutText(hint, width - 1)}</Text>}</Text>
		: <Text wrap='truncate' {...theme.plain}>{cutText(field.text, width)}</Text>;
};
