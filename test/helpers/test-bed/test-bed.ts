import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {runProgram, type CliResult} from '../run-cli.ts';
import {createNetworkNamespace, type NetworkNamespace} from '../network-namespace.ts';
import {compilePrograms} from './compile.ts';
import {formatFirewall, type Firewall} from './firewall.ts';

/** How two hosts are joined: by a pair of virtual Ethernet devices, or by a userspace link with a delay, jitter and loss. */
export type BedLink =
	| {readonly kind: 'veth'}
	| {
		readonly kind: 'tun';
		/** Milliseconds there and back. */
		readonly rttMs: number;
		/** Up to so many milliseconds more, there and back. */
		readonly jitterMs?: number;
		/** Odds that a packet is lost, each way. */
		readonly loss?: number;
		readonly seed?: number;
	};

export type BedOptions = {
	readonly link: BedLink;
	/** What listens on the target. */
	readonly openPorts: readonly number[];
	readonly firewall?: Firewall;
};

/** Two hosts in network namespaces of their own, the second of which is to be scanned. */
export type TestBed = {
	readonly address: string;
	readonly address6: string;
	/** The address and the device of the scanning host. */
	readonly ownAddress: string;
	readonly device: string;
	/** An address of the same network that nobody has. */
	readonly deadAddress: string;
	/** The words before a command that run it on the scanning host. */
	readonly command: readonly [program: string, ...args: string[]];
	/** Runs a command on the scanning host. */
	readonly run: (...command: readonly string[]) => Promise<CliResult>;
	readonly setFirewall: (firewall: Firewall) => Promise<void>;
	/** Ends what runs there and takes both hosts away. */
	readonly close: () => Promise<void>;
};

/** Addresses set aside for measuring networks (RFC 2544, appendix C.2.2). */
const scannerAddress = '198.18.0.1';
const targetAddress = '198.18.0.2';
const deadAddress = '198.18.0.3';

/** And RFC 5180, section 8. */
const scannerAddress6 = '2001:2::1';
const targetAddress6 = '2001:2::2';

const device = 'bed0';

/** Where Debian puts it. By name it might be found among the programs of npm's packages, one of which is called the same. */
const nft = '/usr/sbin/nft';

/** Settings of the target under which the bed itself loses nothing and limits no ICMP (ip-sysctl: icmp_ratelimit is 1 a second to a peer by default). */
const targetSettings = ['net.core.somaxconn=65535', 'net.ipv4.tcp_max_syn_backlog=65535', 'net.ipv4.icmp_ratelimit=0', 'net.ipv4.icmp_msgs_per_sec=1000000', 'net.ipv4.icmp_msgs_burst=1000000', 'net.ipv6.icmp.ratelimit=0'];

/** Packets a device may queue: more than any window. */
const queueLength = '100000';

/** `ip netns exec` becomes the command itself, so ending the one ends the other. */
const longestRunMs = 180_000;

const must = async (program: string, args: readonly string[]): Promise<void> => {
	const {code, stderr} = await runProgram(program, args);
	if (code !== 0) {
		throw new Error(`${program} ${args.join(' ')}: ${stderr.trim()}`);
	}
};

/** Resolves when a program has said that it is ready; rejects when it ends first. */
const startReady = async (program: string, args: readonly string[]): Promise<ChildProcess> => {
	const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'inherit']});
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`${program} ${args.join(' ')} ended with code ${String(code)}.`);
	});
	await Promise.race([once(child.stdout, 'data'), ended]);
	ended.catch(() => {});
	return child;
};

const end = async (child: ChildProcess): Promise<void> => {
	if (child.exitCode === null && child.signalCode === null) {
		const ended = once(child, 'exit');
		child.kill('SIGKILL');
		await ended;
	}
};

const nameOf = ({command}: NetworkNamespace): string => command.at(-1)!;

/** Why no test bed can be made here, as half a sentence; undefined where it can. */
export const findBedProblem = async (): Promise<string | undefined> => {
	for (const [program, argument, what] of [['gcc', '--version', 'gcc'], [nft, '--version', 'nftables'], ['ip', '-V', 'iproute2']] as const) {
		const result = await runProgram(program, [argument]).catch(() => undefined);
		if (result?.code !== 0) {
			return `${what} is not installed`;
		}
	}

	try {
		const bed = await createTestBed({link: {kind: 'tun', rttMs: 0}, openPorts: [], firewall: {kind: 'drop'}});
		await bed.close();
		return undefined;
	} catch (error) {
		return `no test bed can be made here: ${(error as Error).message}`;
	}
};

/**
Makes a test bed.

@throws Error when the system does not let it: ask `findBedProblem` first.
*/
export const createTestBed = async ({link, openPorts, firewall = {kind: 'none'}}: BedOptions): Promise<TestBed> => {
	const undo: Array<() => Promise<void>> = [];
	const close = async (): Promise<void> => {
		for (const step of undo.splice(0).reverse()) {
			await step();
		}
	};

	const makeNamespace = async (): Promise<NetworkNamespace> => {
		const namespace = await createNetworkNamespace();
		if (typeof namespace === 'string') {
			throw new TypeError(namespace);
		}

		undo.push(namespace.remove);
		return namespace;
	};

	const start = async (program: string, args: readonly string[]): Promise<void> => {
		const child = await startReady(program, args);
		undo.push(async () => end(child));
	};

	try {
		const programs = await compilePrograms('link', 'listen');
		undo.push(programs.remove);
		const scanner = await makeNamespace();
		const target = await makeNamespace();
		const inTarget = async (...command: readonly string[]): Promise<void> => must(target.command[0], [...target.command.slice(1), ...command]);
		if (link.kind === 'veth') {
			await must('ip', ['-n', nameOf(scanner), 'link', 'add', device, 'type', 'veth', 'peer', 'name', device, 'netns', nameOf(target)]);
		} else {
			const {rttMs, jitterMs = 0, loss = 0, seed = 1} = link;
			const oneWay = (ms: number): string => String(Math.round(ms * 1000 / 2));
			await start(path.join(programs.folder, 'link'), [nameOf(scanner), nameOf(target), device, oneWay(rttMs), oneWay(jitterMs), String(Math.round(loss * 1e6)), String(seed)]);
		}

		for (const [namespace, address, address6] of [[scanner, scannerAddress, scannerAddress6], [target, targetAddress, targetAddress6]] as const) {
			const name = nameOf(namespace);
			await must('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
			await must('ip', ['-n', name, 'addr', 'add', `${address}/24`, 'dev', device]);
			// Nobody else is there who could have the same address, and looking for one takes a second.
			await must('ip', ['-n', name, 'addr', 'add', `${address6}/64`, 'dev', device, 'nodad']);
			await must('ip', ['-n', name, 'link', 'set', device, 'txqueuelen', queueLength, 'up']);
		}

		await inTarget('sysctl', '-q', '-w', ...targetSettings);
		const setFirewall = async (next: Firewall): Promise<void> => {
			const script = formatFirewall(next, openPorts);
			const child = spawn(target.command[0], [...target.command.slice(1), nft, '-f', '-'], {stdio: ['pipe', 'inherit', 'inherit']});
			child.stdin.end(script);
			const [code] = await once(child, 'exit') as [number | null];
			if (code !== 0) {
				throw new Error(`nft took no ${next.kind} rules (code ${String(code)}).`);
			}
		};

		await setFirewall(firewall);
		await start(target.command[0], [...target.command.slice(1), path.join(programs.folder, 'listen'), ...openPorts.map(String)]);
		const [program, ...args] = scanner.command;
		return {
			address: targetAddress,
			address6: targetAddress6,
			ownAddress: scannerAddress,
			device,
			deadAddress,
			command: scanner.command,
			run: async (...command) => runProgram(program, [...args, ...command], {timeoutMs: longestRunMs}),
			setFirewall,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
};
