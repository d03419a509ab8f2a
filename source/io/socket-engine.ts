import {Socket} from 'node:net';
import type {Attempt, EngineFactory} from '../scan/engine.ts';

type Probe = Socket & {
	attemptId: number;
	startedMs: number;
	targetPort: number;
	/** Whether another probe has connected to this one. */
	isMet: boolean;
	/** Whether an outcome was reported, or none is wanted any more. */
	isSettled: boolean;
};

/** Node formats a stack for the error of every refused port, which is half the cost of a scan. */
const withoutStacks = (): (() => void) => {
	const before = Error.stackTraceLimit;
	Error.stackTraceLimit = 0;
	return () => {
		Error.stackTraceLimit = before;
	};
};

/** One tick to the call, one to its error event, one in hand. */
const ticksToFailure = 3;

/**
Probes with `net.Socket`: works wherever Node does, without privileges.

One set of handlers serves all sockets, no socket has a timer or a promise, and literal addresses are dialled without a look-up: each of these is measurable with 65,536 sockets. While an engine is open, errors of this thread have no stack.
*/
export const createSocketEngine: EngineFactory = ({onOutcome, onRoom}) => {
	const probes = new Map<number, Probe>();
	let openCount = 0;
	let onEmpty: (() => void) | undefined;
	const restoreStacks = withoutStacks();

	/** The system took all attempts up to this number: what fails among them later failed on the network. */
	let acceptedThrough = -1;
	let lastOpened = -1;
	let isWatchingTicks = false;

	/**
	Notices when the calls of this turn have been made and their immediate failures reported.

	Node calls `connect()` one tick after `Socket#connect`, and reports its failure one tick later; ticks run in the order they were asked for.
	*/
	const watchTicks = (hopsLeft: number): void => {
		process.nextTick(() => {
			if (hopsLeft > 0) {
				watchTicks(hopsLeft - 1);
			} else {
				acceptedThrough = lastOpened;
				isWatchingTicks = false;
			}
		});
	};

	/**
	Whether a socket that connected within this machine met a probe of ours, itself or another, instead of a listener.

	Two probes meet when each dials the port the other dials from, and their SYNs cross (RFC 9293, section 3.5). The other one is marked, for it will report the same.
	*/
	const hasMetProbe = ({localAddress, localPort, remoteAddress, remotePort}: Probe): boolean => {
		if (localAddress !== remoteAddress) {
			return false;
		}

		if (localPort === remotePort) {
			return true;
		}

		for (const other of probes.values()) {
			if (other.targetPort === localPort && other.localPort === remotePort) {
				other.isMet = true;
				return true;
			}
		}

		return false;
	};

	function onConnect(this: Probe): void {
		if (this.isSettled) {
			return;
		}

		this.isSettled = true;
		const elapsedMs = performance.now() - this.startedMs;
		probes.delete(this.attemptId);
		const isSelf = this.isMet || hasMetProbe(this);
		// A RST instead of a FIN: it leaves no TIME_WAIT here, and so no local port taken.
		this.resetAndDestroy();
		onOutcome({kind: 'connected', id: this.attemptId, elapsedMs, isSelf});
	}

	function onError(this: Probe, error: NodeJS.ErrnoException): void {
		if (this.isSettled) {
			return;
		}

		this.isSettled = true;
		probes.delete(this.attemptId);
		onOutcome({
			kind: 'failed',
			id: this.attemptId,
			elapsedMs: performance.now() - this.startedMs,
			code: error.code ?? 'UNKNOWN',
			isImmediate: this.attemptId > acceptedThrough,
		});
	}

	// A probe is over when its descriptor is free, which is at `close`.
	function onClose(): void {
		openCount--;
		onRoom();
		if (openCount === 0) {
			onEmpty?.();
		}
	}

	const abandon = (id: number): void => {
		const probe = probes.get(id);
		if (probe !== undefined) {
			probes.delete(id);
			probe.isSettled = true;
			probe.destroy();
		}
	};

	return {
		name: 'socket',
		get openCount() {
			return openCount;
		},
		open({id, address, port}: Attempt) {
			const probe = new Socket() as Probe;
			probe.attemptId = id;
			probe.targetPort = port;
			probe.isMet = false;
			probe.isSettled = false;
			probe.on('connect', onConnect);
			probe.on('error', onError);
			probe.on('close', onClose);
			openCount++;
			lastOpened = id;
			if (!isWatchingTicks) {
				isWatchingTicks = true;
				watchTicks(ticksToFailure);
			}

			probes.set(id, probe);
			probe.startedMs = performance.now();
			probe.connect({host: address.text, port, family: address.family, autoSelectFamily: false});
		},
		abandon,
		async close() {
			for (const id of probes.keys()) {
				abandon(id);
			}

			if (openCount > 0) {
				await new Promise<void>(resolve => {
					onEmpty = resolve;
				});
			}

			restoreStacks();
		},
	};
};
