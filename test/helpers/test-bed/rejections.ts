import type {Icmp6Kind, IcmpKind} from './firewall.ts';

const closed = 'closed refused';

/** What a rejection arrives as on Linux (icmp_err_convert), where it is not as an unreachable host. */
const byKind: Partial<Readonly<Record<'tcp-reset' | IcmpKind, string>>> = {
	'tcp-reset': closed,
	'port-unreachable': closed,
	'prot-unreachable': 'filtered protocol-unreachable',
	'net-unreachable': 'filtered net-unreachable',
	'net-prohibited': 'filtered net-unreachable',
};

/** The same of ICMPv6 (icmpv6_err_convert). */
const byKind6: Readonly<Record<Icmp6Kind, string>> = {
	'no-route': 'filtered net-unreachable',
	'admin-prohibited': 'filtered admin-prohibited',
	'addr-unreachable': 'filtered host-unreachable',
	'port-unreachable': closed,
	'policy-fail': 'filtered admin-prohibited',
	'reject-route': 'filtered admin-prohibited',
};

/** The state and reason that are true of a port which a firewall rejects so. */
export const verdictOfRejection = (how: 'tcp-reset' | IcmpKind): string => byKind[how] ?? 'filtered host-unreachable';
export const verdictOfRejection6 = (how: Icmp6Kind): string => byKind6[how];
