import type {FilteredReason} from './verdict.ts';

/**
What a scan found out about a host as a whole, for which it ended early.

`accepts-everything`: nearly all of a random sample of its ports accepted; ports that were not asked have no verdict. `areReset` says that it was seen to reset most of those connections at once.
`unreachable`: nothing ever answered, and whoever is on the way to it gave up looking for it.
`vanished`: it answered at first, and then nothing at all for ten seconds; ports that were not asked have no verdict.
*/
export type HostJudgement =
	| {readonly kind: 'accepts-everything'; readonly areReset?: true}
	| {readonly kind: 'unreachable'; readonly reason: FilteredReason}
	| {readonly kind: 'vanished'};

/** Says of a judgement what it means for the reader. */
export const describeJudgement = (judgement: HostJudgement): string => {
	switch (judgement.kind) {
		case 'accepts-everything': {
			return 'The scan of it ended early: asking the other ports would tell no more (--keep-going asks them all the same).';
		}

		case 'unreachable': {
			return 'The scan of it ended early: nobody on the way to it could find it (--keep-going asks every port all the same).';
		}

		case 'vanished': {
			return 'It answered at first, and then nothing at all for ten seconds: it is gone, or shuts this machine out. The scan of it ended early (--keep-going asks every port all the same).';
		}
	}
};
