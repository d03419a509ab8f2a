/** What a service said of itself, or what another program found out by asking it: observed, not guessed from the port's number. */
export type Observed = {
	/** What it speaks, as the field calls it (`ssh`, `http`); null where that is not known. */
	readonly protocol: string | null;
	readonly product: string | null;
	readonly version: string | null;
	/** What else was learnt, in the words of whoever asked; null where there is nothing. */
	readonly banner: string | null;
};

/** Of a longer banner a line tells no more than this, in characters; documents have it whole. */
const longestBanner = 80;

const cutBanner = (banner: string): string => {
	// No more is taken apart than may be shown: twice as many units as characters.
	const characters = [...banner.slice(0, 2 * longestBanner + 2)];
	return characters.length > longestBanner ? `${characters.slice(0, longestBanner - 1).join('').trimEnd()}…` : banner;
};

/** An observation in one line: `ssh, OpenSSH 9.2p1`; where nobody made out the product, what the service said stands for it: `ssh, SSH-2.0-OpenSSH_9.2p1`. Text from outside, still to be made printable. */
export const describeObserved = ({protocol, product, version, banner}: Observed): string => {
	const named = [product, version].filter(part => part !== null && part !== '').join(' ');
	const said = product === null || product === '' ? cutBanner(banner ?? '') : '';
	return [protocol ?? '', named, said].filter(part => part !== '').join(', ');
};
