import {portRanges, sizeOf} from '../port/port-range.ts';
import {portCount} from '../port/port.ts';

/** The signs of the three ranges, as the bar and the list below it draw them. */
export const rangeSigns = ['█', '▒', '░'] as const;

/** All ports as one bar, each range as wide as it is large: the well-known ones would not fill a column, and get one. */
export const rangesBar = (width: number): readonly string[] => {
	const [wellKnown, registered] = portRanges;
	const first = Math.max(1, Math.round((width * sizeOf(wellKnown)) / portCount));
	const second = Math.round((width * sizeOf(registered)) / portCount);
	const widths = [first, second, width - first - second];
	return [rangeSigns.map((sign, index) => sign.repeat(widths[index]!)).join('')];
};

/** An address with its port, and what each is for. */
export const addressAndPort = (): readonly string[] => [
	'  192.0.2.7  :  443',
	'  address       port',
	'  which host    which program',
];

/** The three segments that open a connection (RFC 9293, section 3.5). */
export const handshake = (): readonly string[] => [
	'client             server',
	'50123 ───── SYN ────→ 443',
	'50123 ←── SYN, ACK ── 443',
	'50123 ───── ACK ────→ 443',
];

/** Two connections to one listening port, told apart by one end. The addresses are those for documents (RFC 5737). */
export const twoConnections = (): readonly string[] => [
	'192.0.2.7:50123 ──┐',
	'                  ├── :443',
	'192.0.2.7:50124 ──┘',
];
