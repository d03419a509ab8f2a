import {portStates, type PortState} from '../scan/verdict.ts';
import {PortuiError} from './portui-error.ts';
import type {ScanOptions} from './scan-options.ts';

// Imported with the library itself, so it loads next to nothing.

const optionNames: ReadonlySet<string> = new Set<keyof ScanOptions>([
	'ports', 'excludePorts', 'exclude', 'family', 'show', 'seed', 'concurrency', 'rate', 'timeoutMs', 'tries', 'thorough', 'keepGoing', 'assumeUp', 'mayScanPublic', 'keepInHistory', 'signal',
]);

/** A value of a wrong kind, which TypeScript would have found; a name that is mistyped would scan what nobody asked for. @throws PortuiError */
export const checkKinds = (targets: string | readonly string[], options: ScanOptions): void => {
	const list: readonly unknown[] = Array.isArray(targets) ? targets : [targets];
	if (list.some(target => typeof target !== 'string')) {
		throw new PortuiError('ERR_INVALID_TARGET', 'Targets are texts: give a host name or an IP address, or an array of them.');
	}

	const unknown = Object.keys(options).find(name => !optionNames.has(name));
	if (unknown !== undefined) {
		throw new PortuiError('ERR_INVALID_OPTION', `${JSON.stringify(unknown)} is not an option of scan: it takes ${[...optionNames].join(', ')}.`);
	}

	const {family, show} = options;
	if (family !== undefined && ![4, 6].includes(family)) {
		throw new PortuiError('ERR_INVALID_OPTION', `family takes 4 or 6, not ${JSON.stringify(family)}.`);
	}

	if (show !== undefined && !(Array.isArray(show) && show.every(state => portStates.includes(state as PortState)))) {
		throw new PortuiError('ERR_INVALID_OPTION', `show takes an array of ${portStates.join(', ')}, not ${JSON.stringify(show)}.`);
	}
};
