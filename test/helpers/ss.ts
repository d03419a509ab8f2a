import {runProgram} from './run-cli.ts';

/** Waiting sockets as `ss` tells them: `tcp 127.0.0.1:22` → the PIDs that hold a socket there. */
export type SsSockets = ReadonlyMap<string, ReadonlySet<number>>;

/** Writes an end as this project does: without the interface a socket is bound to, brackets for IPv6 alone, `*` as `::`. */
const normalise = (end: string): string => {
	const at = end.lastIndexOf(':');
	const address = end.slice(0, at).replace(/%[^\]]*/, '').replaceAll(/[[\]]/g, '');
	const text = address === '*' ? '::' : address;
	return `${text.includes(':') ? `[${text}]` : text}:${end.slice(at + 1)}`;
};

export const readSs = async (): Promise<SsSockets> => {
	const {code, stdout, stderr} = await runProgram('ss', ['-ltunpH']);
	if (code !== 0) {
		throw new Error(`ss ended with ${code}: ${stderr}`);
	}

	const sockets = new Map<string, Set<number>>();
	for (const line of stdout.split('\n').filter(each => each.trim() !== '')) {
		const [transport = '', , , , end = ''] = line.split(/\s+/);
		const key = `${transport} ${normalise(end)}`;
		const pids = sockets.get(key) ?? new Set();
		for (const [, pid] of line.matchAll(/,pid=(\d+),fd=/g)) {
			pids.add(Number(pid));
		}

		sockets.set(key, pids);
	}

	return sockets;
};
