import type {Command, Flag} from '../command-table.ts';
import {bareFlags, isFile, namedCommands, quoteForShell, spellingsOf} from './flag-words.ts';

/** Brackets and colons end a description of `_arguments`. */
const escape = (text: string): string => text.replaceAll(/[[\]:\\]/g, String.raw`\$&`);

/** What follows a flag: nothing, files, one of some words, or anything. */
const valueOf = (flag: Flag): string => {
	if (flag.value === undefined) {
		return '';
	}

	const offer = flag.values !== undefined ? `(${flag.values.join(' ')})` : isFile(flag) ? '_files' : ' ';
	return `:${escape(flag.value)}:${offer}`;
};

/** A flag as `_arguments` reads it: the spellings exclude each other. */
const specOf = (flag: Flag): string => {
	const spellings = spellingsOf(flag);
	const description = `[${escape(flag.description)}]${valueOf(flag)}`;
	const excluded = spellings.length > 1 ? quoteForShell(`(${spellings.join(' ')})`) : '';
	return `${excluded}${spellings.length > 1 ? `{${spellings.join(',')}}` : spellings[0]}${quoteForShell(description)}`;
};

const argumentsCall = (flags: readonly Flag[], rest: string): string =>
	['_arguments', ...flags.map(flag => specOf(flag)), quoteForShell(rest)].join(' \\\n\t\t\t\t');

const restOf = ({operands}: Command, filters: readonly string[]): string => {
	if (operands === undefined) {
		return '*: : ';
	}

	if (operands === 'filters') {
		return `*:filter:(${escape(filters.join(' '))})`;
	}

	return operands === 'hosts' ? '*:target:_hosts' : `1: :(${operands.join(' ')})`;
};

/** Completion for zsh. */
export const formatZshCompletion = (table: readonly Command[], filters: readonly string[]): string => {
	const named = namedCommands(table);
	return [
		'#compdef portui',
		'# Completion of portui for zsh: put it in a folder of $fpath as _portui, or',
		'#   source <(portui completion zsh)',
		'_portui() {',
		'\tlocal -a commands',
		'\tcommands=(',
		...named.map(({word, description}) => `\t\t${quoteForShell(`${word}:${escape(description)}`)}`),
		'\t)',
		'\tif (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then',
		'\t\t_describe -t commands command commands',
		'\t\t_hosts',
		'\t\treturn',
		'\tfi',
		'\tcase $words[2] in',
		...named.flatMap(command => [
			`\t\t${command.word})`,
			'\t\t\tshift words',
			'\t\t\t(( CURRENT-- ))',
			`\t\t\t${argumentsCall(command.flags, restOf(command, filters))};;`,
		]),
		'\t\t*)',
		`\t\t\t${argumentsCall(bareFlags(table), '*:target:_hosts')};;`,
		'\tesac',
		'}',
		'compdef _portui portui',
		'',
	].join('\n');
};
