import {severities, statuses, type PortStatus, type Severity} from '../../registry/registry.ts';
import type {MapColoring} from '../../store/map-coloring.ts';
import type {Role} from '../theme.ts';

/**
How a kind is drawn, without a need for colour: no two kinds of a colouring look the same.

`dots` tells by braille dots which ports of the cell are of the kind, or how many; `shades` tells how many; a character is always the same.
*/
export type Sign = 'dots' | 'shades' | {readonly character: string};

/** What a port can be in a colouring. */
export type Kind = {
	readonly word: string;
	readonly role: Role;
	readonly sign: Sign;
	/** Whether it is worth going to: `n` does, and moving onto its cell takes it in hand. */
	readonly isNotable: boolean;
};

const plainKind = (word: string, role: Role, sign: Sign): Kind => ({word, role, sign, isNotable: false});
const notableKind = (word: string, role: Role, sign: Sign): Kind => ({word, role, sign, isNotable: true});

/** Most ports are nothing special, and the rest stands out best from an empty ground. */
const nothing = {character: ' '};

const severityCharacters: Readonly<Record<Severity, string>> = {info: '▁', low: '▂', medium: '▄', high: '▆', critical: '█'};

/** The kinds of each colouring, what tells least first: of the ports of one cell, the kind that is furthest back decides. */
export const kindsOf: Readonly<Record<MapColoring, readonly Kind[]>> = {
	assignment: [
		plainKind('dynamic', 'faint', {character: '·'}),
		plainKind('unassigned', 'plain', nothing),
		plainKind('reserved', 'reserved', {character: '▒'}),
		notableKind('assigned', 'assigned', 'dots'),
	],
	range: [
		plainKind('ephemeral', 'faint', {character: '░'}),
		plainKind('registered', 'range-registered', {character: '▒'}),
		plainKind('well-known', 'range-well-known', {character: '▓'}),
	],
	exposure: [
		plainKind('no known risk', 'plain', nothing),
		...severities.map(severity => notableKind(severity, `severity-${severity}`, {character: severityCharacters[severity]})),
	],
	scan: [
		plainKind('no verdict', 'plain', nothing),
		plainKind('closed', 'closed', 'dots'),
		plainKind('unknown', 'unknown', {character: '?'}),
		plainKind('filtered', 'filtered', 'shades'),
		notableKind('listening here', 'listening', {character: '◉'}),
		notableKind('open', 'open', {character: '●'}),
	],
	found: [
		plainKind('other', 'plain', nothing),
		notableKind('found', 'found', 'dots'),
	],
};

/** The place of each status among the kinds of `assignment`. */
export const kindOfStatus: Readonly<Record<PortStatus, number>> = Object.fromEntries(statuses.map(status => [status, kindsOf.assignment.findIndex(({word}) => word === status)])) as Record<PortStatus, number>;

/** The place of a kind among those of a colouring, by its word. */
export const kindNamed = (coloring: MapColoring, word: string): number => kindsOf[coloring].findIndex(kind => kind.word === word);
