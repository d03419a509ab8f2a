import process from 'node:process';
import {createRegistryStore} from '../../source/io/registry-store.ts';
import {toPort} from '../../source/port/port.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';

/** What loading a registry took. */
export type RegistryTimes = {
	/** Until any port can be looked up, in milliseconds. */
	readonly loadMs: number;
	/** The first look at IANA's own records of a port, in milliseconds. */
	readonly firstRecordMs: number;
	/** What stays allocated, in MB (10⁶ bytes): heap and buffers. */
	readonly heldMb: number;
	/** The same once all has been used that is built on demand: names, search, records. */
	readonly usedMb: number;
	/** By how much the resident set grew until then, in MB. */
	readonly residentMb: number;
};

const held = (): number => {
	globalThis.gc!();
	const {heapUsed, external} = process.memoryUsage();
	return (heapUsed + external) / 1e6;
};

const time = async <Value>(act: () => Value | Promise<Value>): Promise<readonly [Value, number]> => {
	const startedAt = performance.now();
	return [await act(), performance.now() - startedAt];
};

const before = held();
const residentBefore = process.memoryUsage().rss / 1e6;
const [registry, loadMs] = await time(async () => loadRegistry(createRegistryStore().read));
const heldMb = held() - before;
const [, firstRecordMs] = await time(() => registry.lookup(toPort(80)).records?.length);
registry.search('http');
registry.portsNamed('http');
const usedMb = held() - before;
const residentMb = process.memoryUsage().rss / 1e6 - residentBefore;
process.stdout.write(JSON.stringify({loadMs, firstRecordMs, heldMb, usedMb, residentMb} satisfies RegistryTimes));
