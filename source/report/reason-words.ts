const words: Readonly<Record<string, string>> = {
	connected: 'accepted a connection',
	refused: 'refused',
	'no-answer': 'no answer',
	'rst-limit': 'closed or filtered, the host limits its RSTs',
	'host-unreachable': 'unreachable, or prohibited by a firewall',
	'net-unreachable': 'network unreachable',
	'protocol-unreachable': 'TCP unreachable, or rejected by a firewall',
	'admin-prohibited': 'prohibited',
	'self-connect': 'the probe kept meeting a probe of our own',
	'open|filtered': 'open or filtered, the scan could not tell',
	'closed|filtered': 'closed or filtered, the scan could not tell',
	unfiltered: 'open or closed, the scan could not tell',
	unknown: 'the scan could not tell',
	EMFILE: 'this machine ran out of descriptors',
	ENFILE: 'this machine ran out of descriptors',
	EADDRNOTAVAIL: 'this machine ran out of local ports',
	ENOBUFS: 'this machine ran out of buffers',
	ENOMEM: 'this machine ran out of memory',
	EAGAIN: 'this machine ran out of something for a while',
	ENETUNREACH: 'this machine has no route',
	EHOSTUNREACH: 'this machine has no route',
	EINVAL: 'this machine has no way there',
	EPERM: 'this machine does not permit it',
	EACCES: 'this machine does not permit it',
};

/** A verdict's reason in words; an error code without words of its own is named as a failure of this machine. */
export const reasonWords = (reason: string): string => (Object.hasOwn(words, reason) ? words[reason]! : `this machine failed: ${reason}`);
