import type {GuideFacts} from '../guide-facts.ts';
import {examples, item, paragraph, type Block} from '../page.ts';
import {pageLink, rich} from '../rich-text.ts';
import {scanExamples} from '../scan-examples.ts';

/** A reset in answer to a segment for no connection: RFC 9293, section 3.5.2. Linux reports ICMP "port unreachable" as ECONNREFUSED, as it does a RST (icmp_err_convert in net/ipv4/icmp.c). */
export const scanningPage = ({scan}: GuideFacts): readonly Block[] => [
	paragraph(rich`A TCP scan asks each port for a connection, and what comes back decides:`),
	item(rich`open: the answer is SYN, ACK. Something accepts connections.`),
	item(rich`closed: the answer is RST (RFC 9293, section 3.5.2). Nothing listens.`),
	item(rich`filtered: no answer, or ICMP says unreachable or prohibited. A firewall, a host that is off, or no way to it.`),
	item(rich`unknown: this machine could not ask, for want of descriptors, ports or a route. It says nothing of the other.`),
	...examples(scanExamples(scan)),
	paragraph(rich`What it cannot know:`),
	item(rich`who refused: a firewall can, with a RST in the host's name or with ICMP "port unreachable", which looks the same to a program`),
	item(rich`who accepted: a proxy or a tarpit may say yes on every port`),
	item(rich`how it looks from elsewhere: a firewall may let others in`),
	item(rich`whether silence was loss, though portui asks more than once`),
	item(rich`what the program is: the number only suggests it (${pageLink('names')})`),
];
