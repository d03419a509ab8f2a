import http, {type IncomingMessage} from 'node:http';
import https from 'node:https';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {SourceBytes} from '../registry/import-iana.ts';
import {chooseProxy, type Proxy} from './choose-proxy.ts';
import {mostSourceBytes, readBounded} from './read-source.ts';

export type Fetched = SourceBytes & {
	/** The day of the server's Last-Modified, as ISO 8601; undefined where it told none. */
	readonly lastModified: string | undefined;
};

export type FetchLimits = {
	/** The whole of it, redirects too. Default: two minutes; the 1.2 MB then need 10 kB a second. */
	readonly totalMs?: number;
	/** Without a byte. Default: 20 seconds, as long as a TCP handshake tries three times. */
	readonly silenceMs?: number;
	readonly mostBytes?: number;
};

const mostRedirects = 5;

const redirecting: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

const networkWords: Readonly<Record<string, string>> = {
	ENOTFOUND: 'there is no address of that name',
	EAI_AGAIN: 'no name server answers',
	ECONNREFUSED: 'nothing listens there',
	ECONNRESET: 'the connection was cut before all had come',
	EPIPE: 'the connection was cut',
	ETIMEDOUT: 'nothing answers',
	EHOSTUNREACH: 'there is no way to that host',
	ENETUNREACH: 'there is no way to that network',
};

const certificateCodes = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH)/;

const networkReason = (error: unknown): string => {
	const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
	if (typeof code !== 'string') {
		// What speaks HTTP wrongly has no code everywhere.
		return error instanceof Error ? error.message : String(error);
	}

	if (certificateCodes.test(code)) {
		return `its certificate is not trusted (${code}); where a network signs anew, NODE_EXTRA_CA_CERTS=file names its own`;
	}

	return code.startsWith('HPE_') ? `it does not speak HTTP as it should (${code})` : `${networkWords[code] ?? 'the connection failed'} (${code})`;
};

/** An address as it is told and kept: without a password that may be in it. */
export const nameOf = (url: URL): string => {
	const bare = new URL(url);
	bare.username = '';
	bare.password = '';
	return bare.href;
};

/** Settles with the promise, or rejects as soon as the signal aborts. */
const unlessAborted = async <Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> => new Promise((resolve, reject) => {
	const onAbort = (): void => {
		reject(signal.reason as Error);
	};

	signal.addEventListener('abort', onAbort, {once: true});
	promise.then(resolve, reject).finally(() => {
		signal.removeEventListener('abort', onAbort);
	});
	if (signal.aborted) {
		onAbort();
	}
});

type Exchange = {readonly response: IncomingMessage; readonly end: () => void};

const ask = async (url: URL, proxy: Proxy | undefined): Promise<{readonly answered: Promise<Exchange>; readonly end: () => void}> => {
	const request = (url.protocol === 'https:' ? https : http).request(url, {
		agent: proxy?.agent ?? false,
		headers: {accept: 'text/csv, text/plain;q=0.9, */*;q=0.1', 'accept-encoding': 'identity', 'user-agent': 'portui', connection: 'close'},
	});
	const end = (): void => {
		request.destroy();
	};

	const answered = new Promise<Exchange>((resolve, reject) => {
		request.on('response', response => {
			resolve({response, end});
		});
		// It may come after the answer too; whoever reads that hears of it.
		request.on('error', reject);
	});
	request.end();
	return {answered, end};
};

const dayOf = (header: string | undefined): string | undefined => {
	const time = Date.parse(header ?? '');
	return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10);
};

/** What is wrong with an answer before its body is read, as the end of a sentence; undefined for nothing. */
const problemOf = ({statusCode, statusMessage, headers}: IncomingMessage, mostBytes: number): string | undefined => {
	const type = headers['content-type'] ?? '';
	const encoding = headers['content-encoding'] ?? 'identity';
	if (statusCode !== 200) {
		return `answered ${statusCode}${statusMessage ? ` ${statusMessage.slice(0, 60)}` : ''}`;
	}

	if (/^\s*(text\/html|application\/xhtml)/i.test(type)) {
		return 'answered with a web page, not with CSV; does this network ask to sign in?';
	}

	if (encoding.toLowerCase() !== 'identity') {
		return `answered in an encoding that was not asked for (${encoding.slice(0, 30)})`;
	}

	return Number(headers['content-length'] ?? 0) > mostBytes ? `would send more than ${mostBytes / 1e6} MB, and IANA's registry has about 1` : undefined;
};

/** Where an answer leads on to. Away from https only goes who began without it. */
const followTo = (url: URL, location: string | undefined, mayGoPlain: boolean): Parsed<URL> => {
	if (location === undefined || !URL.canParse(location, url.href)) {
		return rejected(`${nameOf(url)} leads elsewhere without saying where.`);
	}

	const next = new URL(location, url);
	if (next.protocol === 'https:' || (next.protocol === 'http:' && mayGoPlain)) {
		return parsed(next);
	}

	return rejected(`${nameOf(url)} leads to ${nameOf(next).slice(0, 200)}, which is not https: anybody on the way could change it.`);
};

type Step = {readonly kind: 'done'; readonly fetched: Fetched} | {readonly kind: 'moved'; readonly location: string | undefined};

const takeStep = async (url: URL, proxy: Proxy | undefined, signal: AbortSignal, onNews: () => void, mostBytes: number): Promise<Parsed<Step>> => {
	const {answered, end} = await ask(url, proxy);
	try {
		const {response} = await unlessAborted(answered, signal);
		onNews();
		if (redirecting.has(response.statusCode ?? 0)) {
			return parsed({kind: 'moved', location: response.headers.location});
		}

		const problem = problemOf(response, mostBytes);
		if (problem !== undefined) {
			return rejected(`${nameOf(url)} ${problem}${problem.endsWith('?') ? '' : '.'}`);
		}

		const bytes = await unlessAborted(readBounded(response, mostBytes, onNews), signal);
		return bytes === undefined
			? rejected(`${nameOf(url)} sends more than ${mostBytes / 1e6} MB, and IANA's registry has about 1.`)
			: parsed({kind: 'done', fetched: {name: nameOf(url), bytes, lastModified: dayOf(response.headers['last-modified'])}});
	} finally {
		end();
	}
};

/**
Fetches a file over HTTPS, through the proxy that the environment names.

Bounded in time, size and redirects, and whole: an answer that ends before its announced end is none. Plain http is used only where the address itself is so.

@returns The file, or one sentence that says what went wrong. Rejects with the signal's reason, which ends the connection.
*/
export const fetchSource = async (address: URL, signal: AbortSignal, {totalMs = 120_000, silenceMs = 20_000, mostBytes = mostSourceBytes}: FetchLimits = {}): Promise<Parsed<Fetched>> => {
	const overdue = new AbortController();
	const giveUp = (why: string) => () => {
		overdue.abort(why);
	};
	const silence = setTimeout(giveUp(`nothing came for ${silenceMs / 1000} s`), silenceMs);
	const total = setTimeout(giveUp(`it was not there after ${totalMs / 1000} s`), totalMs);
	const either = AbortSignal.any([signal, overdue.signal]);
	let url = address;
	let through = '';
	try {
		for (let redirects = 0; redirects <= mostRedirects; redirects++) {
			const proxy = chooseProxy(url);
			if (!proxy.ok) {
				return proxy;
			}

			through = proxy.value === undefined ? '' : ` through the proxy ${proxy.value.name}`;
			const step = await takeStep(url, proxy.value, either, () => silence.refresh(), mostBytes);
			if (!step.ok) {
				return step;
			}

			if (step.value.kind === 'done') {
				return parsed(step.value.fetched);
			}

			const next = followTo(url, step.value.location, address.protocol === 'http:');
			if (!next.ok) {
				return next;
			}

			url = next.value;
		}

		return rejected(`${nameOf(address)} leads on and on: ${mostRedirects} redirects were followed.`);
	} catch (error) {
		signal.throwIfAborted();
		return rejected(`${nameOf(url)} cannot be fetched${through}: ${overdue.signal.aborted ? String(overdue.signal.reason) : networkReason(error)}.`);
	} finally {
		clearTimeout(silence);
		clearTimeout(total);
	}
};
