import {Socket} from 'node:net';
import type {Attempt, EngineFactory} from '../scan/engine.ts';

type Probe = Socket & {
	attemptId: number;
	startedMs: number;
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

	function onConnect(this: Probe): void {
		if (this.isSettled) {
			return;
		}

		this.isSettled = true;
		const elapsedMs = performance.now() - this.startedMs;
		const isSelf = this.localPort === this.remotePort && this.localAddress === this.remoteAddress;
		probes.delete(this.attemptId);
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

	return {
		name: 'socket',
		get openCount() {
			return openCount;
		},
		open({id, address, port}: Attempt) {
			const probe = new Socket() as Probe;
			probe.attemptId = id;
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
		abandon(id) {
			const probe = probes.get(id);
			if (probe !== undefined) {
				probes.delete(id);
				probe.isSettled = true;
				probe.destroy();
			}
		},
		async close() {
			for (const id of probes.keys()) {
				this.abandon(id);
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
