import type {KeyBinding} from './key-bindings.ts';

/** The keys of the Scan view. */
export const scansKeys: readonly KeyBinding[] = [
	{mode: 'browse', view: 'scans', keys: ['/'], label: '/', description: 'find as you type: a port, closed, filtered, unknown, a reason such as no-answer, an address, a name, risk:high; ! leaves out', footer: 'find', run: ({session}) => session.store.dispatch({type: 'startFind'})},
	{mode: 'browse', view: 'scans', keys: ['<', ','], label: '<', description: 'the scan before', footer: 'scan before', isOffered: ({scans}) => scans.kept.length > 1, run: ({session}) => session.store.dispatch({type: 'cycleScan', step: -1})},
	{mode: 'browse', view: 'scans', keys: ['>', '.'], label: '>', description: 'the next scan', footer: 'next scan', isOffered: ({scans}) => scans.kept.length > 1, run: ({session}) => session.store.dispatch({type: 'cycleScan', step: 1})},
	{mode: 'browse', view: 'scans', keys: ['o'], label: 'o', description: 'sort by the next: port, host, round-trip time, name, risk, when it was found', footer: 'sort', run: ({session}) => session.store.dispatch({type: 'sortFindings'})},
	{mode: 'browse', view: 'scans', keys: ['O'], label: 'O', description: 'reverse the order', run: ({session}) => session.store.dispatch({type: 'reverseFindings'})},
	{mode: 'find', view: 'scans', keys: ['escape'], label: 'Esc', description: 'drop the filter: open ports again', footer: 'open ports', run: ({session}) => session.store.dispatch({type: 'back'})},
];
