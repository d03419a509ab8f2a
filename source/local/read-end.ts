import {isPort} from '../port/port.ts';
import type {SocketEnd} from './local-socket.ts';

const unspecified = {4: '0.0.0.0', 6: '::'} as const;

/**
Reads an end as `lsof` and `netstat` write it: `127.0.0.1:22`, `[::1]:22`, `*:22`, `*:*`.

@param family - What `*` stands for.
@returns Undefined when it is none. A port written `*` is 0.
*/
export const readEnd = (text: string, family: 4 | 6): SocketEnd | undefined => {
	const [, bracketed, plain, digits] = /^(?:\[([\da-f:.]+(?:%[^\]\s]+)?)]|([\d.]+|\*)):(\d{1,5}|\*)$/i.exec(text) ?? [];
	const port = Number(digits === '*' ? 0 : digits);
	const address = bracketed ?? plain;
	return address === undefined || !isPort(port) ? undefined : {address: address === '*' ? unspecified[family] : address, port};
};
