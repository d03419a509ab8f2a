import type {Command, Flag} from '../command-table.ts';
import {bareFlags, isFile, namedCommands, quoteForShell, spellingsOf} from './flag-words.ts';

const reply = (what: string): string => `COMPREPLY=($(compgen ${what} -- "$current"))`;

/** A name of a file may hold blanks: only line ends divide what is offered, and bash escapes what it takes. */
const replyFiles = `local IFS=$'\\n'; compopt -o filenames 2>/dev/null; ${reply('-f')}`;

const wordsOf = (words: readonly string[]): string => `-W ${quoteForShell(words.join(' '))}`;

/** What is offered after a flag that takes a value; a switch takes none. */
const valueCase = (flag: Flag): readonly string[] => {
	if (flag.value === undefined) {
		return [];
	}

	const offer = flag.values !== undefined ? reply(wordsOf(flag.values)) : isFile(flag) ? replyFiles : 'COMPREPLY=()';
	return [`${spellingsOf(flag).join('|')}) ${offer}; return;;`];
};

const operandsOf = ({operands}: Command): string => {
	if (operands === undefined) {
		return ':';
	}

	return operands === 'filters' ? '_portui_filters' : reply(operands === 'hosts' ? '-A hostname' : wordsOf(operands));
};

/** To bash a colon is a word of its own: what was typed is put together, and of what is offered only what follows the colon is put in its place. */
const filtersFunction = (filters: readonly string[]): readonly string[] => [
	'_portui_filters() {',
	'\tlocal typed=$current',
	'\tif [[ $current == : ]]; then typed=$previous:; elif [[ $previous == : ]]; then typed=${COMP_WORDS[COMP_CWORD-2]}:$current; fi',
	`\tCOMPREPLY=($(compgen ${wordsOf(filters)} -- "$typed"))`,
	'\tif [[ $typed != "$current" ]]; then COMPREPLY=("${COMPREPLY[@]#*:}"); fi',
	'}',
];

const commandCase = (pattern: string, flags: readonly Flag[], rest: string): readonly string[] => [
	`\t\t${pattern})`,
	'\t\t\tcase $previous in',
	...flags.flatMap(flag => valueCase(flag)).map(line => `\t\t\t\t${line}`),
	'\t\t\tesac',
	`\t\t\tif [[ $current == -* ]]; then ${reply(wordsOf(flags.flatMap(flag => spellingsOf(flag))))}; else ${rest}; fi;;`,
];

/** Completion for bash; it needs nothing beside bash 3.2 itself. */
export const formatBashCompletion = (table: readonly Command[], filters: readonly string[]): string => {
	const named = namedCommands(table);
	const words = named.map(({word}) => word);
	return [
		'# Completion of portui for bash: put it in a file that bash reads at its start, or',
		'#   source <(portui completion bash)',
		...filtersFunction(filters),
		'_portui() {',
		'\tlocal current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= word',
		'\tCOMPREPLY=()',
		'\tfor word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
		`\t\tcase $word in ${words.join('|')}) command=$word; break;; esac`,
		'\tdone',
		'\tcase $command in',
		...named.flatMap(command => commandCase(command.word, command.flags, operandsOf(command))),
		...commandCase('*', bareFlags(table), reply(`-A hostname ${wordsOf(words)}`)),
		'\tesac',
		'}',
		'complete -F _portui portui',
		'',
	].join('\n');
};
