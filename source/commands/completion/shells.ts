import {parsed, rejected, type Parsed} from '../../port/parsed.ts';
import {quoteTyped} from '../../port/quote.ts';
import {commands, type Command} from '../command-table.ts';
import {formatBashCompletion} from './bash.ts';
import {formatFishCompletion} from './fish.ts';
import {formatZshCompletion} from './zsh.ts';

const formatters = {bash: formatBashCompletion, zsh: formatZshCompletion, fish: formatFishCompletion} as const;

/** The shells that completion is written for. */
export const shells = ['bash', 'zsh', 'fish'] as const satisfies ReadonlyArray<keyof typeof formatters>;
export type Shell = (typeof shells)[number];

/** Parses the words after `portui completion`. */
export const parseShell = (words: readonly string[]): Parsed<Shell> => {
	const [word, ...others] = words;
	const shell = shells.find(each => each === word?.toLowerCase());
	if (shell === undefined || others.length > 0) {
		const given = word === undefined ? '' : `, not ${quoteTyped(words.join(' '), 40)}`;
		return rejected(`portui completion takes one shell: ${shells.join(', ')}${given}.`);
	}

	return parsed(shell);
};

/**
The script that has a shell complete portui's command line, made of the table that the parser and the help read.

@param filters - The filters of ports with each of their values, as they are typed: `risk:high`.
*/
export const formatCompletion = (shell: Shell, filters: readonly string[], table: readonly Command[] = commands): string => formatters[shell](table, filters);
