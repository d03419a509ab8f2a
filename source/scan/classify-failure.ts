import type {FilteredReason} from './verdict.ts';

/**
What the error of a failed connect says.

`local` failures are ours: `isExhaustion` tells those that pass when something is freed (descriptors, local ports, memory) from those that do not pass by waiting.
*/
export type FailureClass =
	| {readonly kind: 'open'}
	| {readonly kind: 'closed'}
	| {readonly kind: 'silent'}
	| {readonly kind: 'filtered'; readonly reason: FilteredReason}
	| {readonly kind: 'local'; readonly isExhaustion: boolean};

/** Errors that pass when something is freed. */
export const exhaustionErrors: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM', 'EAGAIN']);

const answered: Readonly<Record<string, FilteredReason>> = {
	EHOSTUNREACH: 'host-unreachable',
	EHOSTDOWN: 'host-unreachable',
	ENETUNREACH: 'net-unreachable',
	// ICMP protocol unreachable: Linux maps it so (icmp_err_convert), and a firewall may send it.
	ENOPROTOOPT: 'protocol-unreachable',
	EACCES: 'admin-prohibited',
};

/**
Classifies the error of a failed TCP connect.

`ECONNREFUSED` is `closed`: the SYN was answered with a RST (RFC 9293, 3.5.2), or by a firewall with ICMP port-unreachable, which a connect cannot tell apart. `ECONNRESET` and `EPIPE` are `open`: the handshake was complete, and the peer hung up before the connect was noticed; a RST to the SYN itself is a refusal. `ETIMEDOUT` is silence. Host and network unreachable are what ICMP said (RFC 1122, 4.2.3.9), unless the system refused in the call itself: then no packet was sent, and the failure is ours, like every other code.

@param code - Node's `error.code`; a code not in the table is ours, never `closed`.
@param isImmediate - Whether `connect()` itself failed.
@returns The class. Never throws.
*/
export const classifyFailure = (code: string, isImmediate: boolean): FailureClass => {
	if (code === 'ECONNREFUSED') {
		return {kind: 'closed'};
	}

	if ((code === 'ECONNRESET' || code === 'EPIPE') && !isImmediate) {
		return {kind: 'open'};
	}

	if (code === 'ETIMEDOUT') {
		return {kind: 'silent'};
	}

	const reason = Object.hasOwn(answered, code) ? answered[code] : undefined;
	return reason !== undefined && !isImmediate ? {kind: 'filtered', reason} : {kind: 'local', isExhaustion: exhaustionErrors.has(code)};
};
