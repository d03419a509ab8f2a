import type {Port} from '../port/port.ts';
import type {Address} from './address.ts';

/** One connect attempt. The pacer gives each a number of its own, so an answer is never taken for another's. */
export type Attempt = {readonly id: number; readonly address: Address; readonly port: Port};

/**
How an attempt ended. `elapsedMs` is the time from `connect()` to the answer.

`connected`: the handshake completed. `isSelf` says that it met a probe of ours, itself or another (a TCP simultaneous open, RFC 9293, section 3.5), so nothing listens there.
`failed`: the connect failed with that error code. `isImmediate` says that the system refused in the call itself, before any packet could have come back: then the error is this machine's own decision.
*/
export type Outcome =
	| {readonly kind: 'connected'; readonly id: number; readonly elapsedMs: number; readonly isSelf: boolean}
	| {readonly kind: 'failed'; readonly id: number; readonly elapsedMs: number; readonly code: string; readonly isImmediate: boolean};

/**
Opens connect attempts and reports how they end. Knows nothing of pace, retries or verdicts.

An attempt that was opened reports one outcome, unless it was abandoned first. `openCount` counts until the descriptor is free again, which is later than the outcome.
*/
export type Engine = {
	readonly name: string;
	readonly openCount: number;
	readonly open: (attempt: Attempt) => void;
	/** Gives an attempt up; no outcome will come of it. An unknown or ended attempt is ignored. */
	readonly abandon: (id: number) => void;
	/** Abandons everything and resolves when the last descriptor is free. */
	readonly close: () => Promise<void>;
};

/** Called by an engine for each outcome, synchronously, in the order of the answers. */
export type OutcomeListener = (outcome: Outcome) => void;

/** Makes an engine that reports to `onOutcome`; `onRoom` is called whenever a descriptor has become free. */
export type EngineFactory = (listeners: {readonly onOutcome: OutcomeListener; readonly onRoom: () => void}) => Engine;
