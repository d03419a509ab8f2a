import type {RequestProblem, RequestScan, ScanRequest, ScanStart} from '../scan/scan-request.ts';
import {confirm} from './confirm.ts';
import {exitCodes, type ExitCode, type Surroundings} from './surroundings.ts';

/** Settles when the signal aborts. */
const aborted = async (signal: AbortSignal): Promise<'aborted'> => new Promise(resolve => {
	if (signal.aborted) {
		resolve('aborted');
	} else {
		signal.addEventListener('abort', () => {
			resolve('aborted');
		}, {once: true});
	}
});

/** How a command ends whose scan did not begin. */
export const exitCodeOf = ({kind}: RequestProblem): ExitCode => (kind === 'resolve' || kind === 'engine' ? exitCodes.failed : exitCodes.wrongUsage);

type Asking = Pick<Surroundings, 'ask' | 'signal' | 'stderr'>;

/** Starts a scan; asks first where a public address needs the user's word and there is somebody to ask. */
const startAsking = async (request: ScanRequest, requestScan: RequestScan, {ask, signal, stderr}: Asking): Promise<ScanStart> => {
	const start = await requestScan(request);
	const question = start.ok ? undefined : start.problem.question;
	// What came from standard input cannot be read again, and nobody answers there.
	if (question === undefined || ask === undefined || request.inputs?.includes('-') === true) {
		return start;
	}

	return await confirm(`${question}. May you scan it?`, ask, signal, stderr.columns) ? requestScan({...request, publicScan: 'confirmed'}) : {ok: false, problem: {kind: 'public', message: 'Nothing was scanned.'}};
};

/** Starts a scan; asks first where a public address needs the user's word and there is somebody to ask. A name server may take long to answer, and a look-up cannot be taken back: an abort does not wait for it. */
export const startScan = async (request: ScanRequest, requestScan: RequestScan, asking: Asking): Promise<ScanStart | 'aborted'> =>
	Promise.race([startAsking(request, requestScan, asking), aborted(asking.signal)]);
