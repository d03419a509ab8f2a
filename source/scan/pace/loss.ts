/**
What is believed of a share of loss before anything was seen: half a loss in forty tries, some 1.2 %.

It weighs as much as forty tries: behind a firewall that drops, hardly more than that tells of loss.
*/
const priorLost = 0.5;
const priorTries = 40.5;

/** So many losses are no chance: then what was seen counts alone. */
const convincingLost = 3;

/** How many of the tries that would have been answered were lost. */
export type Loss = {
	answered: number;
	lost: number;
};

export const createLoss = (): Loss => ({answered: 0, lost: 0});

export const sumOf = (one: Loss, other: Loss): Loss => ({answered: one.answered + other.answered, lost: one.lost + other.lost});

export const sampleCount = ({answered, lost}: Loss): number => answered + lost;

/** The share that was lost, as it was seen; 0 where nothing was. */
export const shareLost = (loss: Loss): number => loss.lost / Math.max(1, sampleCount(loss));

/**
The share that is reckoned with: the mean of the beta distribution of what was seen and what was believed before, and one standard deviation more.

The less was seen, the larger it is: who knows little tries once more.
*/
export const cautiousLoss = (loss: Loss): number => {
	const tries = sampleCount(loss) + (loss.lost < convincingLost ? priorTries : 2 * priorLost);
	const mean = (loss.lost + priorLost) / tries;
	return Math.min(1, mean + Math.sqrt(mean * (1 - mean) / (tries + 1)));
};
