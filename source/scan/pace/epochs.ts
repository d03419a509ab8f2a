import {cautiousLoss, createLoss, sampleCount, shareLost, sumOf, type Loss} from './loss.ts';

/**
A stretch of the scan in which the speed was the same, with what became of its tries.

Canaries tell of the present: each is answered or not within a time-out. Ports that answer only on retry tell more, but late.
*/
export type Epoch = {
	/** When its first try was sent; Infinity before. */
	startedMs: number;
	sentCount: number;
	/** Tries of ports that were answered in the end. */
	readonly ports: Loss;
	/** Canaries on ports that are open, which no limit of RSTs touches, and on ports that refused before. */
	readonly open: Loss;
	readonly refused: Loss;
};

/** Epochs that are told apart: one number each must do for a port. */
const mostEpochs = 255;

/** More than this share of tries is hardly lost on a path that is of use; RSTs that are missing so often may be held back. */
const mostPlausibleLoss = 0.25;

/** So many refusals are missing before that is asked at all: fewer may be chance. */
const leastMissing = 5;

/** What is lost of the answers of open ports on a path with nothing wrong but its RSTs. */
const ordinaryLoss = 0.05;

/** How much likelier than the other one an explanation must be to be believed, as a natural logarithm: a thousand times; to be given up again, a hundred times less likely. */
const believed = Math.log(1000);
const disbelieved = -Math.log(100);

/** So many canaries are needed to reckon with the loss they tell. */
export const leastCanaries = 20;

/** How much likelier the canaries on open ports are, as a natural logarithm, where RSTs alone are held back than where all answers are lost alike. */
const evidenceOfRstLimit = ({open, refused}: Epoch): number => {
	const share = Math.min(0.999, shareLost(refused));
	return open.answered * Math.log((1 - ordinaryLoss) / (1 - share)) + open.lost * Math.log(ordinaryLoss / share);
};

const isMissingRefusals = ({refused}: Epoch): boolean => refused.lost >= leastMissing && shareLost(refused) > mostPlausibleLoss;

/** The epochs of one scan. */
export type Epochs = {
	readonly current: number;
	readonly get: (epoch: number) => Epoch;
	readonly begin: () => void;
	/**
	The loss to reckon with for a try of that epoch, on the cautious side.

	@param isOpenAlone - Whether refusals that are missing do not count.
	*/
	readonly lossOf: (epoch: number, isOpenAlone: boolean) => number;
	/**
	Whether RSTs are being held back, once that is known: refusals go missing where open ports answer.

	An open port answers at once whatever limits the RSTs, so their absence is neither loss nor a reason to go slower. Canaries of the same epoch are compared: at another speed there is another loss.
	*/
	readonly isRstLimited: boolean;
	/** Whether it is still to be found out if RSTs are being held back: many refusals are missing, and canaries on open ports have not told yet. */
	readonly isInDoubt: boolean;
	readonly shareLost: number;
	/** To be called after a canary was counted. */
	readonly review: (epoch: number) => void;
};

export const createEpochs = (): Epochs => {
	const epochs: Epoch[] = [];
	let isRstLimited = false;
	/** The canaries on open ports of all epochs. */
	let openOfAll = createLoss();

	const begin = (): void => {
		// A scan of minutes may have more: the last one then begins anew.
		epochs[Math.min(epochs.length, mostEpochs - 1)] = {startedMs: Infinity, sentCount: 0, ports: createLoss(), open: createLoss(), refused: createLoss()};
	};

	begin();
	return {
		get current() {
			return epochs.length - 1;
		},
		get: epoch => epochs[epoch]!,
		begin,
		lossOf(epoch, isOpenAlone) {
			const {ports, open, refused} = epochs[epoch]!;
			if (isOpenAlone) {
				// Open ports are asked again ten times and no more, so a late epoch may know nothing of its own.
				return sampleCount(open) < leastCanaries ? Math.max(cautiousLoss(open), cautiousLoss(openOfAll)) : cautiousLoss(open);
			}

			const canaries = sumOf(open, refused);
			const together = cautiousLoss(sumOf(ports, canaries));
			return sampleCount(canaries) < leastCanaries ? together : Math.max(together, cautiousLoss(canaries));
		},
		get isRstLimited() {
			return isRstLimited;
		},
		get isInDoubt() {
			const epoch = epochs.at(-1)!;
			if (isRstLimited || !isMissingRefusals(epoch)) {
				return false;
			}

			const evidence = evidenceOfRstLimit(epoch);
			return evidence > disbelieved && evidence < believed;
		},
		get shareLost() {
			return shareLost(epochs.flatMap(({ports, open, refused}) => [ports, open, refused]).reduce(sumOf, createLoss()));
		},
		review(epoch) {
			openOfAll = epochs.map(({open}) => open).reduce(sumOf);
			if (isMissingRefusals(epochs[epoch]!)) {
				const evidence = evidenceOfRstLimit(epochs[epoch]!);
				isRstLimited = isRstLimited ? evidence > disbelieved : evidence >= believed;
			}
		},
	};
};
