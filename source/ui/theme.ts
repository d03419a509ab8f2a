import type {Severity} from '../registry/registry.ts';
import type {PortState} from '../scan/verdict.ts';

/** What a piece of text is, as far as its looks go. */
export type Role =
	| 'plain' | 'strong' | 'faint' | 'brand' | 'heading' | 'selected' | 'selectedElsewhere' | 'border' | 'borderInHand' | 'key' | 'problem' | 'bar' | 'link'
	| 'assigned' | 'reserved' | 'listening' | 'found' | 'range-well-known' | 'range-registered'
	| PortState | `severity-${Severity}`;

/** Properties of Ink's `Text` that give a role its looks. */
export type TextLooks = {
	readonly color?: string;
	readonly bold?: boolean;
	readonly dimColor?: boolean;
	readonly inverse?: boolean;
	readonly underline?: boolean;
};

export type Theme = Readonly<Record<Role, TextLooks>>;

/** The sixteen colours of the terminal's own palette, so that light and dark schemes both read. Words and signs say everything that a colour does. */
const colored: Theme = {
	plain: {},
	strong: {bold: true},
	faint: {dimColor: true},
	brand: {color: 'cyan', bold: true},
	heading: {dimColor: true},
	selected: {inverse: true},
	selectedElsewhere: {bold: true},
	border: {dimColor: true},
	borderInHand: {color: 'cyan'},
	key: {color: 'cyan'},
	problem: {color: 'red', bold: true},
	bar: {color: 'cyan'},
	link: {color: 'cyan', underline: true},
	assigned: {color: 'cyan'},
	reserved: {color: 'yellow'},
	listening: {color: 'cyan', bold: true},
	found: {color: 'green', bold: true},
	'range-well-known': {color: 'cyan'},
	'range-registered': {color: 'blue'},
	open: {color: 'green', bold: true},
	closed: {dimColor: true},
	filtered: {color: 'yellow'},
	unknown: {color: 'magenta'},
	'severity-info': {},
	'severity-low': {color: 'blue'},
	'severity-medium': {color: 'yellow'},
	'severity-high': {color: 'red'},
	'severity-critical': {color: 'red', bold: true},
};

const withoutColor = ({color: _, ...looks}: TextLooks): TextLooks => looks;

/**
The looks of every role.

Ink colours a terminal whatever `NO_COLOR` says (no-color.org), so without colour is made here: bold, dim and inverse stay.
*/
export const createTheme = (hasColor: boolean): Theme =>
	hasColor ? colored : (Object.fromEntries(Object.entries(colored).map(([role, looks]) => [role, withoutColor(looks)])) as Record<Role, TextLooks>);
