import stringWidth from 'string-width';
import {isPlainText} from './plain-text.ts';

/** Made when it is first needed: making it takes 10 ms, and most texts are plain. */
let segmenter: Intl.Segmenter | undefined;

const cutMeasured = (text: string, width: number): {readonly text: string; readonly width: number} => {
	let cut = '';
	let used = 0;
	for (const {segment} of (segmenter ??= new Intl.Segmenter()).segment(text)) {
		const segmentWidth = stringWidth(segment);
		if (used + segmentWidth > width) {
			break;
		}

		cut += segment;
		used += segmentWidth;
	}

	return {text: cut, width: used};
};

/** How many columns a text takes. */
export const widthOf = (text: string): number => (isPlainText(text) ? text.length : stringWidth(text));

/** Cuts a text to a width in columns; a cut text ends in `…`. Never pads. */
export const cutText = (text: string, width: number): string => {
	if (width <= 0) {
		return '';
	}

	if (widthOf(text) <= width) {
		return text;
	}

	return (isPlainText(text) ? text.slice(0, width - 1) : cutMeasured(text, width - 1).text) + '…';
};

/** Cuts or pads a text to exactly a width in columns. */
export const fitText = (text: string, width: number, align: 'start' | 'end' = 'start'): string => {
	const cut = cutText(text, width);
	const padding = ' '.repeat(Math.max(0, width - widthOf(cut)));
	return align === 'start' ? cut + padding : padding + cut;
};

/** Breaks a text into lines of at most a width, between words; a word too long for a line is broken. */
export const wrapText = (text: string, width: number): readonly string[] => {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(/\s+/).filter(each => each !== '')) {
		let rest = word;
		if (line !== '' && widthOf(line) + 1 + widthOf(rest) > width) {
			lines.push(line);
			line = '';
		}

		while (widthOf(rest) > width) {
			const piece = cutMeasured(rest, Math.max(1, width)).text;
			// A character wider than the line cannot be helped: it goes on a line of its own.
			const taken = piece === '' ? [...rest][0]! : piece;
			lines.push(taken);
			rest = rest.slice(taken.length);
		}

		line = line === '' ? rest : `${line} ${rest}`;
	}

	return line === '' ? lines : [...lines, line];
};
