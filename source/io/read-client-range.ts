import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import process from 'node:process';
import {promisify} from 'node:util';
import type {PortInterval} from '../port/port-range.ts';
import {parseDynamicPort, parsePortPair, parseReservedPorts, type OwnClientRange} from '../local/client-range.ts';

/** What is read of the system: files and what commands print. */
export type SystemReader = {
	readonly readText: (path: string) => Promise<string>;
	readonly run: (command: string, ...arguments_: readonly string[]) => Promise<string>;
};

/** A command that hangs is not worth waiting for: what it would say is an aside. */
const longestRunMs = 2000;

const execute = promisify(execFile);

const system: SystemReader = {
	readText: async path => readFile(path, 'utf8'),
	async run(command, ...arguments_) {
		const {stdout} = await execute(command, arguments_, {timeout: longestRunMs, windowsHide: true});
		return stdout;
	},
};

const found = (range: PortInterval | undefined, readFrom: string, reserved: readonly PortInterval[] = []): OwnClientRange | undefined =>
	range && {...range, reserved, readFrom};

const folder = '/proc/sys/net/ipv4';

const readLinux = async ({readText}: SystemReader): Promise<OwnClientRange | undefined> => {
	const path = `${folder}/ip_local_port_range`;
	// Old kernels have no list of reserved ports.
	const [range, reserved] = await Promise.all([readText(path), readText(`${folder}/ip_local_reserved_ports`).catch(() => '')]);
	return found(parsePortPair(range), path, parseReservedPorts(reserved));
};

const readSysctl = async ({run}: SystemReader, first: string, last: string): Promise<OwnClientRange | undefined> =>
	found(parsePortPair(await run('sysctl', '-n', first, last)), `sysctl ${first} ${last}`);

const readWindows = async ({run}: SystemReader): Promise<OwnClientRange | undefined> => {
	const words = ['int', 'ipv4', 'show', 'dynamicport', 'tcp'] as const;
	return found(parseDynamicPort(await run('netsh', ...words)), `netsh ${words.join(' ')}`);
};

const readers: Partial<Readonly<Record<NodeJS.Platform, (reader: SystemReader) => Promise<OwnClientRange | undefined>>>> = {
	linux: readLinux,
	android: readLinux,
	darwin: async reader => readSysctl(reader, 'net.inet.ip.portrange.first', 'net.inet.ip.portrange.last'),
	freebsd: async reader => readSysctl(reader, 'net.inet.ip.portrange.first', 'net.inet.ip.portrange.last'),
	openbsd: async reader => readSysctl(reader, 'net.inet.ip.portfirst', 'net.inet.ip.portlast'),
	win32: readWindows,
};

/**
Reads which ports this machine hands to clients of TCP.

@returns Undefined where the system does not tell: another system, no permission, an answer that cannot be read. Never rejects.
*/
export const readClientRange = async (platform: NodeJS.Platform = process.platform, reader: SystemReader = system): Promise<OwnClientRange | undefined> => {
	try {
		return await readers[platform]?.(reader);
	} catch {
		return undefined;
	}
};
