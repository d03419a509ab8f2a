import {contains, sizeOf} from '../../port/port-range.ts';
import {formatCount} from '../../report/quantity.ts';
import {clientRanges} from '../client-ranges.ts';
import {clientRangeExamples} from '../connection-examples.ts';
import type {GuideFacts} from '../guide-facts.ts';
import {examples, item, paragraph, type Block} from '../page.ts';
import {fromRegistry} from '../registry-examples.ts';
import {pageLink, rich} from '../rich-text.ts';

const [linux] = clientRanges;

/** When a system chooses a port: ip(7). Why it should not be guessed: RFC 6056. */
export const ephemeralPage = ({registry, local}: GuideFacts): readonly Block[] => [
	paragraph(rich`A client needs a port too, or answers would not find it. Its system lends it a free one for as long as the connection lasts: an ephemeral port.`),
	paragraph(rich`IANA leaves 49152 to 65535 unassigned for such use (${pageLink('ranges')}). What a system really hands out is its own affair; by default:`),
	...clientRanges.map(({system, first, last}) => item(rich`${system}: ${first} to ${last}`)),
	...examples(clientRangeExamples(local)),
	paragraph(rich`RFC 6056 asks systems to choose them so that a stranger can hardly guess one, and forge a segment that fits.`),
	paragraph(rich`A service with a port in that range may find it lent to a client. Give it a lower one, or reserve it: ip_local_reserved_ports on Linux.`),
	...fromRegistry(registry, known => [rich`${formatCount(known.search('status:assigned').filter(port => contains(linux!, port)).length)} ports that IANA assigned lie in the range of ${linux!.system}.`]),
	paragraph(rich`They run out only towards one port of one server: from one address, with its default range, Linux has at most ${formatCount(sizeOf(linux!))} connections to it (${pageLink('connections')}).`),
];
