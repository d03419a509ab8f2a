import {useRef} from 'react';
import {windowTop} from '../window-top.ts';

/** The row a list shows first. It remembers where the list was, so that the list moves no more than the selection makes it. */
export const useWindowTop = (selected: number, height: number, count: number): number => {
	const top = useRef(0);
	top.current = windowTop(top.current, selected, height, count);
	return top.current;
};
