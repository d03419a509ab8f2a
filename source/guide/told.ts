import {printable} from '../report/printable.ts';
import type {GuideHolder, GuideLocal, Told} from './guide-facts.ts';
import type {RichText} from './rich-text.ts';

/** The examples of a fact: none while it is not known, and one that says so where the system does not tell it. */
export const told = <Fact>(fact: Told<Fact>, untold: string, examplesOf: (fact: Fact) => readonly RichText[]): readonly RichText[] => {
	if (fact === undefined) {
		return [];
	}

	return fact === null ? [[untold]] : examplesOf(fact);
};

export const holderName = (holder: GuideHolder): string => {
	switch (holder.kind) {
		case 'process': {
			return printable(holder.name);
		}

		case 'hidden': {
			return 'a program this user may not see';
		}

		case 'none': {
			return 'something out of sight';
		}
	}
};

/** Where sockets of others are left out, what is said of all holds for those that are seen. */
export const asFarAsSeen = ({leavesOutOthers}: GuideLocal): string => (leavesOutOthers ? ', as far as this user may see' : '');
