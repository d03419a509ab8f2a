/** What the host of a test bed does with the SYNs it gets, beside those for its listeners. */
export type Firewall =
	| {readonly kind: 'none'}
	/** All but the open ports are silent. */
	| {readonly kind: 'drop'}
	/** All but the open ports are rejected: with a RST, or with ICMP of this type (nft(8), reject statement). */
	| {readonly kind: 'reject'; readonly how: 'tcp-reset' | IcmpKind}
	/** The same for IPv6. */
	| {readonly kind: 'reject6'; readonly how: Icmp6Kind}
	/** Every port is refused, those that are listened on as well. */
	| {readonly kind: 'reset-all'}
	/** No more RSTs than this a second. */
	| {readonly kind: 'rst-limit'; readonly rate: number}
	/** No more SYNs than this a second. */
	| {readonly kind: 'syn-limit'; readonly rate: number}
	/** Every port is accepted, all by one listener. */
	| {readonly kind: 'accept-all'; readonly listener: number}
	/** Nothing gets in at all. */
	| {readonly kind: 'silence'};

export const icmpKinds = ['net-unreachable', 'host-unreachable', 'prot-unreachable', 'port-unreachable', 'net-prohibited', 'host-prohibited', 'admin-prohibited'] as const;
export type IcmpKind = (typeof icmpKinds)[number];

export const icmp6Kinds = ['no-route', 'admin-prohibited', 'addr-unreachable', 'port-unreachable', 'policy-fail', 'reject-route'] as const;
export type Icmp6Kind = (typeof icmp6Kinds)[number];

const isSyn = 'tcp flags & (syn | ack) == syn';

/** Packets of a limit's burst: a tenth of a second's worth, so that the limit holds from the start. */
const burstOf = (rate: number): number => Math.max(5, Math.round(rate / 10));

const rulesOf = (firewall: Firewall, openPorts: readonly number[]): {readonly input?: string; readonly output?: string; readonly nat?: string} => {
	const elsewhere = openPorts.length === 0 ? '' : `tcp dport != { ${openPorts.join(', ')} } `;
	switch (firewall.kind) {
		case 'none': {
			return {};
		}

		case 'drop': {
			return {input: `${elsewhere}${isSyn} drop`};
		}

		case 'reject': {
			return {input: `${elsewhere}${isSyn} reject with ${firewall.how === 'tcp-reset' ? 'tcp reset' : `icmp type ${firewall.how}`}`};
		}

		case 'reject6': {
			return {input: `${elsewhere}${isSyn} reject with icmpv6 type ${firewall.how}`};
		}

		case 'reset-all': {
			return {input: `${isSyn} reject with tcp reset`};
		}

		case 'rst-limit': {
			return {output: `tcp flags & rst == rst limit rate over ${firewall.rate}/second burst ${burstOf(firewall.rate)} packets drop`};
		}

		case 'syn-limit': {
			return {input: `${isSyn} limit rate over ${firewall.rate}/second burst ${burstOf(firewall.rate)} packets drop`};
		}

		case 'accept-all': {
			return {nat: `meta l4proto tcp redirect to :${firewall.listener}`};
		}

		case 'silence': {
			return {input: 'drop'};
		}
	}
};

const chain = (name: string, hook: string, rule: string | undefined): string =>
	rule === undefined ? '' : `chain ${name} { ${hook}; policy accept; ${rule}; }\n`;

/** The firewall as a file for `nft -f`, in place of whatever rules there were. */
export const formatFirewall = (firewall: Firewall, openPorts: readonly number[]): string => {
	const {input, output, nat} = rulesOf(firewall, openPorts);
	return `flush ruleset
table inet bed {
${chain('input', 'type filter hook input priority 0', input)}${chain('output', 'type filter hook output priority 0', output)}${chain('nat', 'type nat hook prerouting priority -100', nat)}}
`;
};
