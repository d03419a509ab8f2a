import {formatCount} from '../../report/quantity.ts';
import type {GuideFacts} from '../guide-facts.ts';
import {nameExamples} from '../listener-examples.ts';
import {paragraph, type Block} from '../page.ts';
import {fromRegistry, mismatchExample, namesExample} from '../registry-examples.ts';
import {pageLink, rich} from '../rich-text.ts';

/** Names: RFC 6335, section 5.1. The services file: services(5). */
export const namesPage = ({registry, local}: GuideFacts): readonly Block[] => [
	paragraph(rich`IANA keeps the list of which service has which port. A service name has at most 15 characters, a letter among them (RFC 6335, section 5.1).`),
	...fromRegistry(registry, known => [rich`portui has ${formatCount(known.nameCount)} names, for ${formatCount(known.search('status:assigned').length)} ports.`, namesExample(known, 80)]),
	paragraph(rich`Systems have a shorter list of their own: /etc/services on Unix, drivers\\etc\\services on Windows. It turns names into numbers. It opens no port, and it closes none.`),
	paragraph(rich`Nobody enforces the list. Any program may listen on any port, and many are at home on one that was assigned to another:`),
	...fromRegistry(registry, known => [3000, 8000, 6443].map(port => mismatchExample(known, port))),
	...fromRegistry(registry, known => nameExamples(local, known)),
	paragraph(rich`So a name beside an open port is a guess. What answers there can be known only by talking to it (${pageLink('scanning')}).`),
];
