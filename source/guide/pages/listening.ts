import type {GuideFacts} from '../guide-facts.ts';
import {listenerExamples} from '../listener-examples.ts';
import {examples, item, paragraph, type Block} from '../page.ts';
import {pageLink, rich} from '../rich-text.ts';

/** bind(2), listen(2), accept(2); that `::` takes IPv4 too on Linux: ipv6(7). */
export const listeningPage = ({local}: GuideFacts): readonly Block[] => [
	paragraph(rich`A server asks its system for an address and a port (bind), says that it takes connections (listen), and takes them one by one (accept). While it listens the port is open.`),
	paragraph(rich`The address decides who can come:`),
	item(rich`127.0.0.1 or ::1, loopback, which localhost means (RFC 6761): this machine alone`),
	item(rich`an address of this machine: whoever can send to that address`),
	item(rich`0.0.0.0 or ::, every interface: whoever can send to any of its addresses. On Linux :: takes IPv4 too, unless a program says otherwise.`),
	...examples(listenerExamples(local)),
	paragraph(rich`A second program that asks for the same address and port is refused: "address already in use" (EADDRINUSE). Both can agree to share it (SO_REUSEPORT).`),
	paragraph(rich`The system itself completes the handshake and lets the connection wait for accept. So an open port says that something listens; it does not say that it works (${pageLink('connections')}).`),
];
