import type {ScanView} from './state.ts';

/** Scans kept to go back to. */
export const mostKept = 8;

/** Verdicts that may be kept in all: seven bytes each, so some 60 megabytes. A scan of all ports of both loopback addresses has 131,072. */
const mostVerdicts = 8_000_000;

const verdictCount = ({record: {hosts, started}}: ScanView): number => hosts.length * started.portCount;

/** Adds a scan to those that are kept; the oldest go where there are too many, or they are too large. */
export const withScan = (kept: readonly ScanView[], scan: ScanView): readonly ScanView[] => {
	const all = [...kept.slice(1 - mostKept), scan];
	let room = mostVerdicts;
	const tooLarge = all.slice(0, -1).findLastIndex(each => {
		room -= verdictCount(each);
		return room < 0;
	});
	return all.slice(tooLarge + 1);
};

/**
Adds a scan of the past to those that are kept, among the others by the time it began.

Where there are too many, or they are too large, the oldest go, but neither this one nor the last, which may be under way.
*/
export const withPastScan = (kept: readonly ScanView[], scan: ScanView): readonly ScanView[] => {
	const {startedAt} = scan.record.started;
	const isLastUnderWay = kept.at(-1)?.record.finishedAt === null;
	const later = kept.findIndex(({record}) => record.started.startedAt > startedAt);
	const place = later === -1 ? kept.length - (isLastUnderWay ? 1 : 0) : later;
	const all = kept.toSpliced(place, 0, scan);
	const isTooMuch = (): boolean => all.length > mostKept || all.reduce((sum, each) => sum + verdictCount(each), 0) > mostVerdicts;
	for (let index = 0; index < all.length - 1 && isTooMuch();) {
		if (all[index] === scan) {
			index++;
		} else {
			all.splice(index, 1);
		}
	}

	return all;
};

/** Puts another view of the same scan in its place. */
export const replaceScan = (kept: readonly ScanView[], scan: ScanView): readonly ScanView[] =>
	kept.map(each => (each.record === scan.record ? scan : each));
