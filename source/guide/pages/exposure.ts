import type {GuideFacts} from '../guide-facts.ts';
import {reachExamples} from '../listener-examples.ts';
import {examples, item, paragraph, type Block} from '../page.ts';
import {exposureExample, fromRegistry} from '../registry-examples.ts';
import {pageLink, rich} from '../rich-text.ts';
import {riskExamples} from '../scan-examples.ts';

/** Private addresses: RFC 1918 and RFC 4193; loopback: RFC 1122, section 3.2.1.3, and RFC 4291. */
export const exposurePage = ({registry, scan, local}: GuideFacts): readonly Block[] => [
	paragraph(rich`An open port is a program that listens to strangers. Which strangers depends on its address (${pageLink('listening')}):`),
	item(rich`loopback (127.0.0.1, ::1): the programs and users of this machine, nobody else`),
	item(rich`private (10.…, 172.16–31.…, 192.168.…, fd…): the local network, every device in it`),
	item(rich`every interface (0.0.0.0, ::): all of these, and the internet where the machine has a public address and no firewall`),
	...examples(reachExamples(local)),
	...fromRegistry(registry, known => riskExamples(scan, known)),
	paragraph(rich`What goes wrong: no password, or one that can be guessed; traffic that others can read; a flaw that was not mended.`),
	...fromRegistry(registry, known => exposureExample(known, 6379)),
	paragraph(rich`What to do, best first:`),
	item(rich`stop what nobody needs`, '1'),
	item(rich`bind to 127.0.0.1 what only this machine needs. Containers too: docker -p 5432:5432 is every interface, -p 127.0.0.1:5432:5432 is not.`, '2'),
	item(rich`let a firewall pass only those who should come`, '3'),
	item(rich`ask for a login, and encrypt with TLS`, '4'),
	item(rich`keep up to date what stays reachable`, '5'),
];
