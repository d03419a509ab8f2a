import type {Transport} from '../../port/port.ts';
import type {Registry} from '../../registry/registry.ts';
import {formatCount} from '../../report/quantity.ts';
import type {GuideFacts} from '../guide-facts.ts';
import {transportExamples} from '../listener-examples.ts';
import {examples, paragraph, type Block} from '../page.ts';
import {fromRegistry, assignmentExample} from '../registry-examples.ts';
import {pageLink, portLink, rich} from '../rich-text.ts';

/** How many ports IANA assigned over a transport. What the search finds beside them, it has from software. */
const countOver = (registry: Registry, transport: Transport): string => {
	const ports = registry.search(`transport:${transport}`);
	return formatCount(ports.filter(port => registry.lookup(port).entries.some(({status, transports}) => status === 'assigned' && transports.includes(transport))).length);
};

/** UDP: RFC 768; the answer of a port where nothing is: RFC 1122, section 4.1.3.1. SCTP: RFC 9260. DCCP: RFC 4340. HTTP/3: RFC 9114. */
export const transportsPage = ({registry, local}: GuideFacts): readonly Block[] => [
	paragraph(rich`A port belongs to a transport. ${portLink(53)} over TCP and 53 over UDP are two ports, and two programs may have them.`),
	...fromRegistry(registry, known => [assignmentExample(known, 53), assignmentExample(known, 514), assignmentExample(known, 6379)]),
	paragraph(rich`IANA used to assign a number for TCP and UDP together; now for the transports that are asked for alone, the others reserved (RFC 6335).`),
	paragraph(rich`UDP (RFC 768) has no handshake: a datagram is sent, and nobody need answer. A closed port should answer with ICMP "port unreachable" (RFC 1122, section 4.1.3.1), but firewalls drop that and systems limit it. Silence may be an open port, a firewall or loss.`),
	paragraph(rich`So a scan of UDP guesses, and portui scans TCP alone (${pageLink('scanning')}).`),
	paragraph(rich`HTTP/3 runs over QUIC, which is UDP, as a rule to ${portLink(443)} (RFC 9114). Who minds TCP alone does not see it.`),
	...examples(transportExamples(local)),
	paragraph(rich`SCTP (RFC 9260) and DCCP (RFC 4340) have ports too, and are rare.`),
	...fromRegistry(registry, known => [rich`${countOver(known, 'sctp')} ports are assigned over SCTP, ${countOver(known, 'dccp')} over DCCP.`]),
];
