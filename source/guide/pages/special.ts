import {toPort} from '../../port/port.ts';
import type {Registry} from '../../registry/registry.ts';
import type {GuideFacts} from '../guide-facts.ts';
import {lowPortExamples} from '../listener-examples.ts';
import {examples, paragraph, type Block} from '../page.ts';
import {fromRegistry} from '../registry-examples.ts';
import {joinRich, pageLink, portLink, rich, type RichText} from '../rich-text.ts';

/** Of these, those that browsers refuse are named: services of old that a page could speak to, and one that developers meet. */
const candidates = [22, 25, 110, 143, 6000, 6667, 10_080];

const refusedPorts = (registry: Registry): RichText => {
	const refused = candidates.map(port => registry.lookup(toPort(port))).filter(({isBlockedByBrowsers}) => isBlockedByBrowsers);
	return rich`Among them ${joinRich(refused.map(({port, entries}) => rich`${portLink(port)} (${entries[0]!.name ?? entries[0]!.status})`), ', ', ' and ')}.`;
};

/** Port 0: ip(7) and RFC 768. Privileged ports: ip(7) and the kernel's ip-sysctl. Ports that browsers refuse: the Fetch standard, "bad port". */
export const specialPage = ({registry, local}: GuideFacts): readonly Block[] => [
	paragraph(rich`Port ${portLink(0)} is reserved. A program that asks its system for port 0 gets a free one, out of those for clients (${pageLink('ephemeral')}). In UDP a source port of 0 means that none is given (RFC 768).`),
	paragraph(rich`Below 1024 lie the privileged ports of Unix: on Linux only root, or a program with CAP_NET_BIND_SERVICE, may listen there. The sysctl ip_unprivileged_port_start moves the border. Windows has no such border. A low port proves nothing of a server.`),
	...examples(lowPortExamples(local)),
	paragraph(rich`Browsers refuse some ports (the "bad ports" of the Fetch standard), so that no web page makes them speak to a mail server or the like. A web server there is up, and no browser shows it.`),
	...fromRegistry(registry, known => [refusedPorts(known)]),
	paragraph(rich`Reserved ports are assigned to nobody: kept for the future, or because their number is assigned over another transport (${pageLink('transports')}).`),
	...fromRegistry(registry, known => [rich`${known.search('status:reserved').length} ports are reserved and have no service on any transport.`]),
];
