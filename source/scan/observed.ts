/** What a service said of itself, or what another program found out by asking it: observed, not guessed from the port's number. */
export type Observed = {
	/** What it speaks, as the field calls it (`ssh`, `http`); null where that is not known. */
	readonly protocol: string | null;
	readonly product: string | null;
	readonly version: string | null;
	/** What else was learnt, in the words of whoever asked; null where there is nothing. */
	readonly banner: string | null;
};

const words = ({protocol, product, version}: Observed): readonly string[] => [protocol, [product, version].filter(part => part !== null).join(' ')].filter((part): part is string => part !== null && part !== '');

/** An observation in one line: `ssh, OpenSSH 9.2p1`. Text from outside, still to be made printable. */
export const describeObserved = (observed: Observed): string => {
	const said = words(observed);
	return said.length === 0 ? observed.banner ?? '' : said.join(', ');
};
