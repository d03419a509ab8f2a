import {connectionExamples} from '../connection-examples.ts';
import {handshake, twoConnections} from '../diagrams.ts';
import type {GuideFacts} from '../guide-facts.ts';
import {diagram, examples, paragraph, type Block} from '../page.ts';
import {pageLink, portLink, rich} from '../rich-text.ts';

/** RFC 9293: the handshake, section 3.5; a connection is a pair of sockets, 3.4.1; 2 MSL in TIME-WAIT, 3.6.1, with an MSL of two minutes, 3.4.2. Linux: TCP_TIMEWAIT_LEN. */
export const connectionsPage = ({registry, local}: GuideFacts): readonly Block[] => [
	paragraph(rich`TCP opens a connection with three segments (RFC 9293, section 3.5):`),
	diagram(handshake),
	paragraph(rich`The server keeps its listening port for every connection it accepts; none moves to another port. Thousands share ${portLink(443)}, because a connection is known by four numbers: address and port of both ends.`),
	diagram(twoConnections),
	paragraph(rich`Two connections differ when one number does: here the port that the client's system chose (${pageLink('ephemeral')}).`),
	...examples(connectionExamples(local, registry)),
	paragraph(rich`The end that closes first keeps the four numbers for a while (TIME-WAIT), so that a late segment is not taken for one of a new connection: four minutes by RFC 9293, one on Linux.`),
	paragraph(rich`So a server that is started again may find its port in use, unless it asks for it all the same (SO_REUSEADDR).`),
];
