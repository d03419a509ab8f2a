import {quoteTyped} from '../port/quote.ts';
import type {UnknownFilter} from '../registry/registry.ts';

/** Says which values a filter takes, for one that was given another. */
export const describeUnknownFilter = ({key, value, known}: UnknownFilter): string =>
	`Nothing is ${quoteTyped(`${key}:${value}`, 60)}: ${key} takes ${known.join(', ')}.`;
