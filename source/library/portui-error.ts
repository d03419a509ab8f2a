/**
What went wrong, for a program to tell apart.

- `ERR_INVALID_TARGET`, `ERR_INVALID_PORTS`, `ERR_INVALID_OPTION`: what was given is wrong; the message says how to write it.
- `ERR_UNRESOLVED`: a name has no address, or no name server answers.
- `ERR_PUBLIC_ADDRESS`: a target is a public address, and nobody has said that it may be scanned (`mayScanPublic`).
- `ERR_SCAN_FAILED`: the scan broke off before it began.
- `ERR_SOCKETS_UNREADABLE`: the sockets of this machine could not be read.
*/
export type PortuiErrorCode =
	| 'ERR_INVALID_TARGET'
	| 'ERR_INVALID_PORTS'
	| 'ERR_INVALID_OPTION'
	| 'ERR_UNRESOLVED'
	| 'ERR_PUBLIC_ADDRESS'
	| 'ERR_SCAN_FAILED'
	| 'ERR_SOCKETS_UNREADABLE';

/** An error that is to be expected. Its message is one sentence for a person: what was wrong, where, and what to do. */
export class PortuiError extends Error {
	readonly code: PortuiErrorCode;

	static {
		// The bundle gives classes short names, and an uncaught error shows the one of its class.
		Object.defineProperty(this, 'name', {value: 'PortuiError'});
	}

	constructor(code: PortuiErrorCode, message: string) {
		super(message);
		this.name = 'PortuiError';
		this.code = code;
	}
}
