import {interval, type PortInterval} from '../port/port-range.ts';

/** The ports that an operating system hands to clients unless it is set up otherwise. */
export type ClientRange = PortInterval & {readonly system: string};

/** As in `data/ephemeral.csv`, which has the sources; the tests compare. */
export const clientRanges: readonly ClientRange[] = [
	{system: 'Linux', ...interval(32_768, 60_999)},
	{system: 'Windows Vista and later', ...interval(49_152, 65_535)},
	{system: 'macOS', ...interval(49_152, 65_535)},
	{system: 'FreeBSD', ...interval(10_000, 65_535)},
	{system: 'OpenBSD', ...interval(1024, 49_151)},
	{system: 'Solaris', ...interval(32_768, 65_535)},
];
