import type {Command, Flag} from '../command-table.ts';
import {bareFlags, isFile, namedCommands} from './flag-words.ts';

/** In single quotes fish takes a backslash for an escape where a quote or another backslash follows. */
const quote = (text: string): string => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;

/** `-x`: a value, and no files; `-r`: a value, files too. */
const valueOf = (flag: Flag): string =>
	flag.value === undefined ? '' : isFile(flag) ? ' -r -F' : flag.values === undefined ? ' -x' : ` -x -a ${quote(flag.values.join(' '))}`;

const flagLine = (condition: string, flag: Flag): string =>
	`complete -c portui -n ${quote(condition)} -l ${flag.name}${flag.short === undefined ? '' : ` -s ${flag.short}`}${valueOf(flag)} -d ${quote(flag.description)}`;

/** Completion for fish, from version 3.0 on. */
export const formatFishCompletion = (table: readonly Command[], filters: readonly string[]): string => {
	const named = namedCommands(table);
	const words = named.map(({word}) => word).join(' ');
	const isBare = `not __fish_seen_subcommand_from ${words}`;
	return [
		'# Completion of portui for fish: portui completion fish > ~/.config/fish/completions/portui.fish',
		'complete -c portui -f',
		...named.map(({word, description}) => `complete -c portui -n ${quote(isBare)} -a ${word} -d ${quote(description)}`),
		...bareFlags(table).map(flag => flagLine(isBare, flag)),
		...named.flatMap(({word, flags, operands}) => {
			const condition = `__fish_seen_subcommand_from ${word}`;
			const offered = operands === 'hosts' ? '(__fish_print_hostnames)' : (operands === 'filters' ? filters : operands)?.join(' ');
			return [
				...(offered === undefined ? [] : [`complete -c portui -n ${quote(condition)} -a ${quote(offered)}`]),
				...flags.map(flag => flagLine(condition, flag)),
			];
		}),
		'',
	].join('\n');
};
