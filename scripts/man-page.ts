import {commands, titleOf, type Command, type Flag} from '../source/commands/command-table.ts';

/**
A text as roff reads it, with no request and no escape of its own (groff_char(7), groff(7)).

A hyphen is a minus, so that a command line can be copied out of the page; a line that begins with a point or a quote would be a request.
*/
const escape = (text: string): string => text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^(?=[.'])/, '\\&');

const bold = (text: string): string => `\\fB${escape(text)}\\fR`;

const flagTerm = ({name, short, value}: Flag): string =>
	[...(short === undefined ? [] : [bold(`-${short}`)]), bold(`--${name}`)].join(', ') + (value === undefined ? '' : ` \\fI${escape(value)}\\fR`);

/** A term with what it means under it. */
const tagged = (term: string, text: string): readonly string[] => ['.TP', term, escape(text)];

const commandLines = (command: Command): readonly string[] => [
	`.SS ${escape(command.usage)}`,
	escape(command.description),
	...command.notes.flatMap(note => ['.PP', escape(note)]),
	...command.flags.flatMap(flag => tagged(flagTerm(flag), flag.description)),
];

/** The manual page of the program as roff (man(7)), made of the table of commands. */
export const formatManPage = (version: string, table: readonly Command[] = commands): string => [
	`.TH PORTUI 1 "" "portui ${version}" "User Commands"`,
	'.SH NAME',
	'portui \\- the terminal explorer for TCP ports',
	'.SH SYNOPSIS',
	...table.flatMap(({usage}, index) => [...(index === 0 ? [] : ['.br']), escape(usage)]),
	'.SH DESCRIPTION',
	'What each port is for and how risky it is, what is open on a host, and what listens on this machine: on one screen, or as commands for scripts.',
	'Scans are ordinary TCP connections, made without privileges.',
	'.SH COMMANDS',
	...table.flatMap(command => commandLines(command)),
	'.SH EXIT STATUS',
	...tagged('0', 'done'),
	...tagged('1', 'failed'),
	...tagged('2', 'wrong usage'),
	...tagged('3', 'a check did not hold'),
	...tagged('130', 'interrupted, with what was found reported'),
	'.SH ENVIRONMENT',
	...tagged(bold('NO_COLOR'), 'any value but the empty one turns colours off'),
	'.SH EXAMPLES',
	...table.flatMap(command => command.examples.flatMap(([typed, does]) => tagged(bold(typed), does))),
	'.SH SEE ALSO',
	`Each command has help of its own, such as ${bold(`${titleOf(table.at(-1)!)} --help`)}.`,
	'',
].join('\n');
