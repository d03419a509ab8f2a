import type {Parsed} from '../port/parsed.ts';
import type {Port} from '../port/port.ts';

/** The transports whose sockets are listed. */
export const socketTransports = ['tcp', 'udp'] as const;
export type SocketTransport = (typeof socketTransports)[number];

/**
A socket's state: TCP's own (RFC 9293, section 3.3.2), and for UDP, which has none, `bound` (takes datagrams of anyone) or `established` (connected to one peer).

`unknown` is a state this version has no word for.
*/
export type SocketState =
	| 'listening' | 'bound'
	| 'established' | 'syn-sent' | 'syn-received' | 'fin-wait-1' | 'fin-wait-2' | 'time-wait' | 'close-wait' | 'last-ack' | 'closing' | 'closed'
	| 'unknown';

/** Who can reach a socket, as far as the address it is bound to tells: firewalls and routers are not seen from here. */
export const socketScopes = ['loopback', 'private', 'public', 'every-interface'] as const;
export type SocketScope = (typeof socketScopes)[number];

/** A systemd unit, and whose systemd runs it: the machine's or a user's. */
export type ServiceUnit = {readonly name: string; readonly manager: 'system' | 'user'};

export type ContainerRuntime = 'docker' | 'podman' | 'containerd' | 'cri-o' | 'kubernetes';

/** A container by its runtime's id. `pod` is the pod's UID where Kubernetes runs it. */
export type Container = {readonly runtime: ContainerRuntime; readonly id: string; readonly pod: string | null};

/** A process, as much of it as this user may see. */
export type LocalProcess = {
	readonly pid: number;
	/** Null where it is not known; 0 where the kernel started it. */
	readonly parentPid: number | null;
	/** The name without its folder. Any characters: it is outside text. */
	readonly name: string;
	/** The arguments, the program first; null where it has none or they may not be seen. */
	readonly commandLine: readonly string[] | null;
	/** The user whose rights it has: a name, or the number of one without a name. */
	readonly user: string | null;
	/** ISO 8601, UTC. */
	readonly startedAt: string | null;
	/**
	What tells this process from another that has the same PID later: the start in the system's own units, as text.

	Null where the system does not tell; then nothing is sent to it.
	*/
	readonly birth: string | null;
	/** The file it runs; null where that may not be seen. */
	readonly executable: string | null;
	/** Whether that file was deleted or replaced since: an upgrade it has not been restarted for. */
	readonly isExecutableDeleted: boolean;
	readonly unit: ServiceUnit | null;
	readonly container: Container | null;
};

/** A process that holds a socket. */
export type SocketOwner = LocalProcess;

/**
What is known of who holds a socket.

`hidden`: a process of another user, which this one may not see. `none`: no process has it, such as a connection that waits out its time, or one of the kernel's own.
*/
export type Ownership = 'known' | 'hidden' | 'none';

export type SocketEnd = {readonly address: string; readonly port: Port};

export type LocalSocket = SocketEnd & {
	/** The same as long as the socket lives, and no other's meanwhile. */
	readonly id: string;
	readonly transport: SocketTransport;
	readonly family: 4 | 6;
	readonly state: SocketState;
	readonly scope: SocketScope;
	/** The other end; null for one that listens or takes datagrams of anyone. */
	readonly peer: SocketEnd | null;
	readonly ownership: Ownership;
	/** Several may hold one socket: a parent and the workers it forked. Parents before their children, else by PID. */
	readonly owners: readonly SocketOwner[];
	/** The user the socket was made by, known where the owner is hidden too; null where the system does not tell. */
	readonly user: string | null;
};

/** How the sockets were read. */
export type SocketSource = 'proc' | 'lsof' | 'powershell' | 'netstat';

/** The sockets of this machine at one moment. */
export type LocalSnapshot = {
	/** ISO 8601, UTC. */
	readonly takenAt: string;
	readonly source: SocketSource;
	/** By port, then transport, address and peer. */
	readonly sockets: readonly LocalSocket[];
	/** The owners and their ancestors, by PID: enough to draw the tree above each owner. */
	readonly processes: readonly LocalProcess[];
	/** How many listening or bound sockets have a hidden owner. */
	readonly hiddenCount: number;
	/** Whether the source leaves out what belongs to others: `lsof` does, unless root runs it. */
	readonly leavesOutOthers: boolean;
	/** Whether root read them: what is hidden then, sudo would not show either. */
	readonly isReadByRoot: boolean;
};

/** What reads the sockets of this machine. The screen and the commands are handed one of these; they know neither `/proc` nor `lsof`. */
export type LocalSockets = {
	/**
	Takes a snapshot.

	@returns The snapshot, or one sentence that says why there is none.
	@throws The signal's reason when it aborts.
	*/
	readonly read: (signal?: AbortSignal) => Promise<Parsed<LocalSnapshot>>;
	/** Frees what was kept between readings. */
	readonly close: () => Promise<void>;
};

/** Whether a socket waits for others, rather than being one end of a connection. */
export const isWaiting = ({state}: Pick<LocalSocket, 'state'>): boolean => state === 'listening' || state === 'bound';

/** A socket's own end as it is written: `127.0.0.1:22`, `[::1]:22`. */
export const formatEnd = ({address, port}: SocketEnd): string => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);
