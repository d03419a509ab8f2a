/** Odds of missing an open port in a whole scan that the tries of silent ports are chosen to stay under. */
const acceptedOdds = 1 / 200;
const thoroughOdds = acceptedOdds / 100;

/** Loss is never taken as less: behind a firewall that drops, hardly an answer tells of it. */
export const smallestLoss = 0.015;

/** Open ports to reckon with before any has been found. */
const expectedOpenCount = 15;

const mostTries = 8;
const thoroughTries = 12;

/** Where no more than this share of the ports stayed silent, silence is likelier loss than a firewall, and asking again costs little. */
export const fewSilent = 0.05;

/** How often those few are asked once more, and how many of them a second: whatever was too fast before is slow enough now. */
export const calmTries = 3;
export const calmRate = 4000;

export type TryRules = {
	/** Tries for a silent port; undefined follows the loss. */
	readonly fixedTries?: number | undefined;
	readonly isThorough: boolean;
};

/**
Whether a port that stayed silent is to be asked once more.

@param lostOdds - Odds that all its tries were lost on the way, each as likely as the loss of its time.
@param openCount - Open ports found so far: as many again may be among the silent.
*/
export const needsAnotherTry = ({fixedTries, isThorough}: TryRules, tries: number, lostOdds: number, openCount: number): boolean => {
	if (fixedTries !== undefined) {
		return tries < fixedTries;
	}

	return tries < (isThorough ? thoroughTries : mostTries)
		&& lostOdds * (Math.max(openCount, expectedOpenCount) + 1) >= (isThorough ? thoroughOdds : acceptedOdds);
};
