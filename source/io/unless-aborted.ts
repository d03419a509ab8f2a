/** Settles with the promise, or rejects as soon as the signal aborts. */
export const unlessAborted = async <Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> => new Promise((resolve, reject) => {
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
