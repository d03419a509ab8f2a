import type {Command, Flag} from '../command-table.ts';

/** What a shell can offer for the value of a flag: words of the table, files, or nothing. */
export const isFile = ({value}: Flag): boolean => value !== undefined && /\bfile\b/.test(value);

/** The ways a flag is typed: `--ports`, `-p`. */
export const spellingsOf = ({name, short}: Flag): readonly string[] => [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];

/** The commands that have a word: all but the screen, whose flags come without one. */
export const namedCommands = (table: readonly Command[]): ReadonlyArray<Command & {readonly word: string}> =>
	table.filter((command): command is Command & {readonly word: string} => command.word !== undefined);

/** The flags that are typed without a command. */
export const bareFlags = (table: readonly Command[]): readonly Flag[] => table.find(({word}) => word === undefined)?.flags ?? [];

/** Writes a text as one word of a shell: in single quotes, in which nothing but the quote itself means anything. */
export const quoteForShell = (text: string): string => `'${text.replaceAll('\'', '\'\\\'\'')}'`;
