import type {Relation} from '../registry/registry.ts';

/** How a real use stands to what is registered: one wording for reports and for the screen. */
export const relationWords: Readonly<Record<Relation, string>> = {
	same: 'as IANA has it',
	other: 'contradicts IANA',
	unassigned: 'IANA has not assigned the port',
	reserved: 'IANA reserves the port',
	dynamic: 'IANA never assigns the port',
};
