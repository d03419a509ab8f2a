import type {AddressBlock} from './address-block.ts';
import {readAddress} from './address.ts';

/** Blocks as one text, so that a million of them cross to another thread as one string instead of millions of objects. */
export const packBlocks = (blocks: readonly AddressBlock[]): string =>
	blocks.map(({target, first, last}) => [target === first.text ? '' : target, first.text, last.text === first.text ? '' : last.text].join('\t')).join('\n');

/** Undoes `packBlocks`. */
export const unpackBlocks = (text: string): readonly AddressBlock[] => (text === '' ? [] : text.split('\n')).map(line => {
	const [target = '', firstText = '', lastText = ''] = line.split('\t');
	const first = readAddress(firstText)!;
	return {target: target === '' ? first.text : target, first, last: lastText === '' ? first : readAddress(lastText)!};
});
