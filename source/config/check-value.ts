import {parseDurationMs} from '../port/duration.ts';
import {parsePortSet, type PortVocabulary} from '../port/parse-port-set.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {toPort} from '../port/port.ts';
import {quoteTyped} from '../port/quote.ts';
import {joinWords} from '../report/join-words.ts';
import {parseTarget} from '../scan/target.ts';
import type {Setting, SettingValue} from './settings.ts';

/** A value as it is written in the file; `other` is a date or a table, and never right. */
export type WrittenValue = string | number | boolean | readonly WrittenValue[] | {readonly other: string};

const bytesIn: Readonly<Record<string, number>> = {'': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12};

/** Parses a size: `500000`, `200MB`, `1.5GB`, in units of a thousand. @returns Whole bytes; undefined when it is none. */
export const parseSize = (text: string): number | undefined => {
	const [, amount, unit] = /^(\d{1,15}(?:\.\d{1,6})?) ?([kmgt]?b|)$/.exec(text.trim().toLowerCase()) ?? [];
	return amount === undefined || unit === undefined ? undefined : Math.round(Number(amount) * bytesIn[unit]!);
};

/** Writes a size in the largest unit that leaves it whole. */
export const formatSize = (bytes: number): string => {
	const [unit, size] = Object.entries(bytesIn).reverse().find(([name, each]) => name !== '' && bytes > 0 && bytes % each === 0) ?? ['b', 1];
	return `${bytes / size}${unit === 'kb' ? 'kB' : unit.toUpperCase()}`;
};

/** Takes every name for one of the registry's: which names there are is known once a scan begins. */
const anyName: PortVocabulary = {portsNamed: () => [toPort(0)], nearestName: () => undefined, topPorts: Array.from({length: 1000}, (_, index) => toPort(index))};

/** What a setting may be, for the sentence that rejects something else. */
export const describeAccepts = (accepts: Setting['accepts']): string => {
	switch (accepts.kind) {
		case 'switch': {
			return 'true or false';
		}

		case 'number': {
			return `a whole number from ${accepts.least} to ${accepts.most}`;
		}

		case 'time': {
			return `a time from ${accepts.least} to ${accepts.most} milliseconds, such as 500 or "2s"`;
		}

		case 'size': {
			return `a size from ${formatSize(accepts.least)} to ${formatSize(accepts.most)}, such as "200MB"`;
		}

		case 'choice': {
			return joinWords(accepts.words, 'or');
		}

		case 'states': {
			return `a list of ${joinWords(accepts.words, 'and')}`;
		}

		case 'ports': {
			return 'ports such as 8080 or "22,80-90,top100"';
		}

		case 'hosts': {
			return 'a list of hosts, such as ["192.0.2.1", "198.51.100.0/24"]';
		}
	}
};

const quote = (value: WrittenValue): string =>
	typeof value === 'string' ? quoteTyped(value, 60) : (typeof value !== 'object' ? String(value) : ('other' in value ? value.other : (value.length === 0 ? 'an empty list' : 'this list')));

const isWithin = (value: unknown, {least, most}: {readonly least: number; readonly most: number}): value is number =>
	typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

/** The items of a list, which may be one text with commas between; undefined where something else is among them. */
const itemsOf = (value: WrittenValue): readonly string[] | undefined => {
	const texts = typeof value === 'string' ? value.split(',') : value;
	return Array.isArray(texts) && texts.every(text => typeof text === 'string') ? texts.map((text: string) => text.trim()) : undefined;
};

/**
Checks what a setting is set to.

@returns The value in the form it is used in, or the end of a sentence: what it takes, and what was given.
*/
export const checkValue = ({accepts}: Pick<Setting, 'accepts'>, value: WrittenValue): Parsed<SettingValue> => {
	const wrong = rejected(`takes ${describeAccepts(accepts)}, not ${quote(value)}.`);
	switch (accepts.kind) {
		case 'switch': {
			return typeof value === 'boolean' ? parsed(value) : wrong;
		}

		case 'number': {
			return isWithin(value, accepts) ? parsed(value) : wrong;
		}

		case 'time': {
			const durationMs = typeof value === 'string' ? parseDurationMs(value) : value;
			return isWithin(durationMs, accepts) ? parsed(durationMs) : wrong;
		}

		case 'size': {
			const bytes = typeof value === 'string' ? parseSize(value) : value;
			return isWithin(bytes, accepts) ? parsed(bytes) : wrong;
		}

		case 'choice': {
			return typeof value === 'string' && accepts.words.includes(value) ? parsed(value) : wrong;
		}

		case 'states': {
			const items = itemsOf(value);
			const bad = items?.find(item => !accepts.words.includes(item));
			return items === undefined || items.length === 0 ? wrong : (bad === undefined ? parsed(accepts.words.filter(word => items.includes(word))) : rejected(`takes ${describeAccepts(accepts)}, not ${quote(bad)}.`));
		}

		case 'ports': {
			const text = typeof value === 'number' ? String(value) : Array.isArray(value) && value.every(each => typeof each === 'number' || typeof each === 'string') ? value.join(',') : value;
			if (typeof text !== 'string') {
				return wrong;
			}

			const ports = parsePortSet(text, anyName);
			return ports.ok ? parsed(text) : rejected(`takes ports: ${ports.message}`);
		}

		case 'hosts': {
			const items = itemsOf(value);
			if (items === undefined) {
				return wrong;
			}

			const bad = items.map(item => parseTarget(item)).find(target => !target.ok);
			return bad?.ok === false ? rejected(`takes hosts: ${bad.message}`) : parsed(items);
		}
	}
};
