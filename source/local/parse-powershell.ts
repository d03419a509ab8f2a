import {isPort} from '../port/port.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {FoundSocket} from './assemble-snapshot.ts';
import type {LocalProcess, SocketState} from './local-socket.ts';

export type WindowsFacts = {readonly sockets: readonly FoundSocket[]; readonly processes: ReadonlyMap<number, LocalProcess>};

/** What PowerShell is asked for, so that `parsePowerShell` reads it. Dates are written out here, because versions of PowerShell write them as JSON in different ways. */
export const powerShellScript = `
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
@{
  tcp = @(Get-NetTCPConnection | Select-Object LocalAddress, LocalPort, RemoteAddress, RemotePort, @{n='State'; e={[int]$_.State}}, OwningProcess)
  udp = @(Get-NetUDPEndpoint | Select-Object LocalAddress, LocalPort, OwningProcess)
  processes = @(Get-CimInstance Win32_Process | Select-Object ProcessId, ParentProcessId, Name, CommandLine, ExecutablePath, @{n='Started'; e={if ($_.CreationDate) {$_.CreationDate.ToUniversalTime().ToString('o')}}})
} | ConvertTo-Json -Depth 3 -Compress
`;

/** The numbers of MSFT_NetTCPConnection, and their names, which are written where the number is not asked for. */
const states: ReadonlyArray<readonly [number: number, name: string, state: SocketState]> = [
	[1, 'Closed', 'closed'],
	[2, 'Listen', 'listening'],
	[3, 'SynSent', 'syn-sent'],
	[4, 'SynReceived', 'syn-received'],
	[5, 'Established', 'established'],
	[6, 'FinWait1', 'fin-wait-1'],
	[7, 'FinWait2', 'fin-wait-2'],
	[8, 'CloseWait', 'close-wait'],
	[9, 'Closing', 'closing'],
	[10, 'LastAck', 'last-ack'],
	[11, 'TimeWait', 'time-wait'],
	[12, 'DeleteTCB', 'closed'],
];

const stateOf = (value: unknown): SocketState => states.find(([number, name]) => value === number || value === name)?.[2] ?? 'unknown';

type Row = Readonly<Record<string, unknown>>;

/** A list of one is sometimes written as the one. */
const rowsOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? value : [value]).filter((row): row is Row => typeof row === 'object' && row !== null);

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const pidOf = (value: unknown): number | undefined => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined);

const readProcess = ({ProcessId: id, ParentProcessId: parent, Name: name, CommandLine: command, ExecutablePath: executable, Started: started}: Row): LocalProcess | undefined => {
	const pid = pidOf(id);
	if (pid === undefined) {
		return undefined;
	}

	const commandText = textOf(command);
	const startedText = textOf(started);
	const startedMs = startedText === null ? Number.NaN : Date.parse(startedText);
	return {
		pid,
		parentPid: pidOf(parent) ?? null,
		name: textOf(name) ?? '',
		commandLine: commandText === null ? null : [commandText],
		user: null,
		startedAt: Number.isNaN(startedMs) ? null : new Date(startedMs).toISOString(),
		birth: startedText,
		executable: textOf(executable),
		isExecutableDeleted: false,
		unit: null,
		container: null,
	};
};

const readSocket = (transport: 'tcp' | 'udp', row: Row): FoundSocket | undefined => {
	const {LocalAddress: address, LocalPort: port, RemoteAddress: peerAddress, RemotePort: peerPort, State: stateValue, OwningProcess: owner} = row;
	const state = transport === 'udp' ? 'bound' : stateOf(stateValue);
	if (typeof address !== 'string' || typeof port !== 'number' || !isPort(port) || (transport === 'tcp' && state === 'unknown')) {
		return undefined;
	}

	const pid = pidOf(owner) ?? 0;
	const isConnection = state !== 'bound' && state !== 'listening';
	return {
		transport,
		family: address.includes(':') ? 6 : 4,
		state,
		address,
		port,
		peer: isConnection && typeof peerAddress === 'string' && typeof peerPort === 'number' && isPort(peerPort) ? {address: peerAddress, port: peerPort} : null,
		handle: String(pid),
		user: null,
		// Process 0 stands for none: a connection that waits out its time.
		ownerPids: pid === 0 ? [] : [pid],
		isOrphan: pid === 0,
	};
};

/**
Parses what PowerShell writes for `powerShellScript`.

A port that is bound but neither listens nor is connected (state 100, Bound) is left out: nobody can reach it.
*/
export const parsePowerShell = (text: string): Parsed<WindowsFacts> => {
	let document: unknown;
	try {
		document = JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {}

	if (typeof document !== 'object' || document === null || !('tcp' in document) || !('processes' in document)) {
		return rejected('PowerShell did not answer with the list of sockets it was asked for.');
	}

	const {tcp, udp, processes} = document as {readonly tcp: unknown; readonly udp?: unknown; readonly processes: unknown};
	const sockets = [...rowsOf(tcp).map(row => readSocket('tcp', row)), ...rowsOf(udp).map(row => readSocket('udp', row))].filter(socket => socket !== undefined);
	const known = rowsOf(processes).map(row => readProcess(row)).filter(found => found !== undefined);
	return parsed({sockets, processes: new Map(known.map(found => [found.pid, found]))});
};
