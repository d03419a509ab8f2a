import type {Count, DocumentVersion, Family, PortNumber, Registration, Risk, Timestamp} from './values.ts';

/**
The id of a process.

@asType integer
@minimum 0
*/
export type ProcessId = number;

/** A systemd unit, and whose systemd runs it: the machine's or a user's. */
export type UnitDocument = {
	/** As `ssh.service`. */
	readonly name: string;
	/** Whose systemd. */
	readonly manager: 'system' | 'user';
};

/** A container by its runtime's id. */
export type ContainerDocument = {
	/** What runs it; `kubernetes` where no more is known. */
	readonly runtime: 'docker' | 'podman' | 'containerd' | 'cri-o' | 'kubernetes';
	/** As the runtime calls it. */
	readonly id: string;
	/** The UID of the pod where Kubernetes runs it; null elsewhere. */
	readonly pod: string | null;
};

/** A process that holds a socket, as much of it as this user may see. */
export type OwnerDocument = {
	readonly pid: ProcessId;
	/** Null where it is not known; 0 where the kernel started it. */
	readonly parentPid: ProcessId | null;
	/** Its name without the folder. */
	readonly process: string;
	/** Its arguments as one line; null where they may not be seen. */
	readonly command: string | null;
	/** Its arguments, the program first; null where they may not be seen. */
	readonly arguments: readonly string[] | null;
	/** The user whose rights it has: a name, or the number of one without a name. */
	readonly user: string | null;
	/** When the process began; null where that may not be seen. */
	readonly startedAt: Timestamp | null;
	/** The file it runs; null where that may not be seen. */
	readonly executable: string | null;
	/** Whether that file was deleted or replaced since. */
	readonly executableDeleted: boolean;
	/** Null where it runs in none. */
	readonly unit: UnitDocument | null;
	/** Null where it runs in none. */
	readonly container: ContainerDocument | null;
};

/** What a connect from this machine to one of its own addresses found. */
export type ReachDocument = {
	/** An address of this machine. */
	readonly address: string;
	/** As of a scan. */
	readonly state: 'open' | 'closed' | 'filtered' | 'unknown';
	/** A word, as of a scan. */
	readonly reason: string;
};

/** A judgement of the risk of a socket's usual service at its scope. */
export type SocketRisk = Risk & {
	/** What it goes by: the number of the port, which is a guess, or the name of a process that holds the socket. */
	readonly basis: 'port-number' | 'process-name';
};

/** A socket of this machine. */
export type SocketDocument = {
	/** The transports whose sockets are listed. */
	readonly transport: 'tcp' | 'udp';
	readonly family: Family;
	/** TCP's own states (RFC 9293, section 3.3.2). UDP has `bound` (takes datagrams of anyone) and `established` (connected to one peer). */
	readonly state: 'listening' | 'bound' | 'established' | 'syn-sent' | 'syn-received' | 'fin-wait-1' | 'fin-wait-2' | 'time-wait' | 'close-wait' | 'last-ack' | 'closing' | 'closed' | 'unknown';
	/** The literal address it is bound to. */
	readonly address: string;
	readonly port: PortNumber;
	/** Who can reach it, as far as the address tells: firewalls are not seen from here. */
	readonly scope: 'loopback' | 'private' | 'public' | 'every-interface';
	/** Of the first owner, like the five that follow; null where none is known. */
	readonly pid: ProcessId | null;
	/** The name of the process without its folder. */
	readonly process: string | null;
	/** The arguments of the process as one line. */
	readonly command: string | null;
	/** The user of the process; where that is hidden, the one whom the kernel names for the socket. */
	readonly user: string | null;
	/** When the process began. */
	readonly startedAt: Timestamp | null;
	/** The unit it runs in. */
	readonly unit: UnitDocument | null;
	/** The container it runs in. */
	readonly container: ContainerDocument | null;
	/** What is known of who holds it. `hidden`: a process that this user may not see. `none`: no process, such as a connection that waits out its time. */
	readonly ownership: 'known' | 'hidden' | 'none';
	/** Several may hold one socket: parents before their children, else by PID. */
	readonly owners: readonly OwnerDocument[];
	/** The other end; null for a socket that listens or takes datagrams of anyone. */
	readonly peer: {
		/** A literal address. */
		readonly address: string;
		readonly port: PortNumber;
	} | null;
	/** Which end of a connection has the ephemeral port; null where there is no connection, or nothing tells. */
	readonly ephemeralSide: 'local' | 'peer' | null;
	/** Where it answered. Absent where that was not tried. */
	readonly reach?: readonly ReachDocument[];
	/** The registration of the number for the transport; null where it has none, and for connections. */
	readonly registry: Registration | null;
	/** Software that commonly uses the port; empty for connections. */
	readonly commonly: readonly string[];
	/** The gravest judgement at the socket's scope; null where there is none, and for connections. */
	readonly exposure: SocketRisk | null;
};

/** Sockets of this machine at one moment. */
export type LocalDocument = {
	readonly portui: DocumentVersion;
	readonly kind: 'local';
	readonly takenAt: Timestamp;
	/** How they were read. */
	readonly source: 'proc' | 'lsof' | 'powershell' | 'netstat';
	/** How many sockets that wait have an owner whom this user may not see. */
	readonly hiddenOwners: Count;
	/** Whether the source leaves out sockets of other users: `lsof` does, unless root runs it. */
	readonly leavesOutOthers: boolean;
	/** By port, then transport, address and peer. */
	readonly sockets: readonly SocketDocument[];
};

/** What happened to a socket: a line of NDJSON. What is there at first, or is listed once, is `present`. */
export type LocalEventDocument = {
	readonly portui: DocumentVersion;
	/** `present`: it was there at the first look. */
	readonly event: 'present' | 'opened' | 'closed';
	/** When it was seen. */
	readonly at: Timestamp;
} & SocketDocument;
