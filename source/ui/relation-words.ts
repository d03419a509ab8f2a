import type {Relation} from '../registry/registry.ts';

/** How a real use stands to what is registered. */
export const relationWords: Readonly<Record<Relation, string>> = {
	same: 'as registered',
	other: 'registered to something else',
	unassigned: 'not registered',
	reserved: 'a reserved port',
	dynamic: 'not registered: dynamic ports never are',
};
