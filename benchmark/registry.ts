import {mkdtemp, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {build} from 'esbuild';
import {bundleOptions} from '../scripts/bundle-options.ts';
import {
	findProblem, formatReport, formatSpread, formatTable, interleave, isPresent, measureWall, ratios, type Benchmark,
} from './measure.ts';
import type {RegistryTimes} from './registry/time-registry.ts';

/** IANA's own file, which is no part of the project. */
const ianaFile = path.join(process.env['PORTUI_SHARED_DATA'] ?? path.join(import.meta.dirname, '..', '..', 'shared', 'data'), 'service-names-port-numbers.csv');

const runNode = async (args: readonly string[], dataFolder: string): Promise<string> => {
	// Through `env`, as the measured process alone is to have another data folder.
	const {stdout, stderr, code} = await measureWall({command: 'env', args: [`XDG_DATA_HOME=${dataFolder}`, process.execPath, ...args]});
	if (code !== 0) {
		throw new Error(`${args.join(' ')} ended with code ${code}: ${stderr}`);
	}

	return stdout;
};

/** How long the registry takes to load, and what it holds of memory: the built-in one and one that was fetched. */
export const run: Benchmark = async ({rounds = 10, cli, progress}) => {
	const problem = await findProblem(cli) ?? (await isPresent(ianaFile) ? undefined : 'This needs IANA\'s registry: name the folder of service-names-port-numbers.csv in PORTUI_SHARED_DATA.');
	if (problem !== undefined) {
		return {problem};
	}

	const folder = await mkdtemp(path.join(tmpdir(), 'portui-registry-'));
	try {
		const kept = path.join(folder, 'data');
		await build({...bundleOptions, entryPoints: [path.join(import.meta.dirname, 'registry', 'time-registry.ts')], outdir: folder});
		await runNode([cli, 'update', '--quiet', '--from', ianaFile], kept);
		const {size} = await stat(path.join(kept, 'portui', 'registry'));
		const measured = async (dataFolder: string): Promise<RegistryTimes> => JSON.parse(await runNode(['--expose-gc', path.join(folder, 'time-registry.js')], dataFolder)) as RegistryTimes;
		const [builtIn = [], fetched = []] = await interleave(rounds, [path.join(folder, 'none'), kept].map(dataFolder => async (round: number) => {
			const times = await measured(dataFolder);
			progress(`round ${round + 1}/${rounds}  ${dataFolder === kept ? 'fetched' : 'built in'}  ${times.loadMs.toFixed(1)} ms  ${times.usedMb.toFixed(1)} MB`);
			return times;
		}));
		const row = (name: string, of: keyof RegistryTimes): readonly string[] => {
			const [one, other] = [builtIn, fetched].map(all => all.map(times => times[of])) as [number[], number[]];
			return [name, formatSpread(one, 1), formatSpread(other, 1), formatSpread(ratios(other, one), 2)];
		};
		return {markdown: formatReport('Registry', {
			rounds,
			table: formatTable(['what', 'built in', 'fetched', 'fetched, times built in'], [
				row('until a port can be looked up, ms', 'loadMs'),
				row('held then, MB', 'heldMb'),
				row('the first of IANA\'s records, ms', 'firstRecordMs'),
				row('held once searched, named and with records, MB', 'usedMb'),
				row('growth of the resident set until then, MB', 'residentMb'),
			]),
			notes: [`Each in a process of its own, bundled as the program is. MB are 10⁶ bytes, after a collection; held is heap and buffers. What is kept of IANA's whole registry has ${(size / 1e6).toFixed(2)} MB. The built-in registry has no records of IANA.`],
		})};
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
};
