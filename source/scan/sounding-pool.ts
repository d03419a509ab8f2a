import type {Port} from '../port/port.ts';
import {createSounding, listeningMsFor, type Conclusion, type Sounding} from './sounding.ts';

export type Concluded<InHand> = {readonly host: InHand; readonly sounding: Sounding; readonly conclusion: Conclusion};

/** Many hosts that are sounded at the same time. */
export type SoundingPool<InHand> = {
	readonly size: number;
	/** Opens the next attempt of a sounding, of the next host when none has a port to ask. @returns Whether there was one. */
	readonly openNext: (nowMs: number) => boolean;
	/** Takes notice that an attempt of this owner has ended; who is no sounding of the pool is ignored. */
	readonly touch: (owner: object) => void;
	/** Takes the soundings that have come to a conclusion out of the pool. */
	readonly conclude: (nowMs: number) => ReadonlyArray<Concluded<InHand>>;
	/** When `conclude` is worth calling though nothing more is answered; infinite when it is not. */
	readonly dueAtMs: number;
	/** What is under way, for a scan that ends early. */
	readonly underWay: () => Iterable<readonly [Sounding, InHand]>;
};

export type SoundingPoolOptions<InHand> = {
	/** The most soundings at the same time. */
	readonly most: number;
	readonly timeoutMs: number | undefined;
	/** The next host, with the ports to ask; undefined when there is none, or none is wanted now. */
	readonly takeHost: () => {readonly host: InHand; readonly ports: readonly Port[]} | undefined;
	/** Opens the attempt that a sounding wants next. @returns Whether it had one. */
	readonly openAttempt: (sounding: Sounding, host: InHand, nowMs: number) => boolean;
};

export const createSoundingPool = <InHand>({most, timeoutMs, takeHost, openAttempt}: SoundingPoolOptions<InHand>): SoundingPool<InHand> => {
	/** Oldest first: they come due in that order, but for those that were answered. */
	const hosts = new Map<Sounding, InHand>();
	const touched = new Set<Sounding>();
	const answered = new Set<Sounding>();
	/** Those with ports to ask. */
	const asking = new Set<Sounding>();
	let slowestAnswerMs: number | undefined;
	const listeningMs = (): number => listeningMsFor(slowestAnswerMs);

	const admit = (): boolean => {
		const next = hosts.size < most ? takeHost() : undefined;
		if (next === undefined) {
			return false;
		}

		const sounding = createSounding(next.ports, timeoutMs, listeningMs);
		hosts.set(sounding, next.host);
		asking.add(sounding);
		return true;
	};

	const concludeOne = (sounding: Sounding, nowMs: number): Array<Concluded<InHand>> => {
		const host = hosts.get(sounding);
		const conclusion = host === undefined ? undefined : sounding.conclude(nowMs);
		if (host === undefined || conclusion === undefined) {
			return [];
		}

		hosts.delete(sounding);
		answered.delete(sounding);
		asking.delete(sounding);
		return [{host, sounding, conclusion}];
	};

	return {
		get size() {
			return hosts.size;
		},
		openNext(nowMs) {
			while (asking.size > 0 || admit()) {
				for (const sounding of asking) {
					if (openAttempt(sounding, hosts.get(sounding)!, nowMs)) {
						return true;
					}

					asking.delete(sounding);
				}
			}

			return false;
		},
		touch(owner) {
			const sounding = owner as Sounding;
			if (!hosts.has(sounding)) {
				return;
			}

			touched.add(sounding);
			if (sounding.isAsking) {
				asking.add(sounding);
			}

			for (const {verdict} of sounding.findings) {
				slowestAnswerMs = 'rttMs' in verdict ? Math.max(slowestAnswerMs ?? 0, verdict.rttMs) : slowestAnswerMs;
			}

			if (sounding.isAnswered) {
				answered.add(sounding);
			}
		},
		conclude(nowMs) {
			const concluded = [...touched, ...answered].flatMap(sounding => concludeOne(sounding, nowMs));
			touched.clear();
			for (const sounding of hosts.keys()) {
				if (sounding.dueAtMs > nowMs && !sounding.isAnswered) {
					break;
				}

				concluded.push(...concludeOne(sounding, nowMs));
			}

			return concluded;
		},
		get dueAtMs() {
			const [oldest] = hosts.keys();
			return Math.min(oldest?.dueAtMs ?? Infinity, ...Array.from(answered, sounding => sounding.dueAtMs));
		},
		underWay: () => hosts,
	};
};
