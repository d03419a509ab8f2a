import type {Host} from '../scan/event.ts';
import {blockOfAddress} from '../scan/address-block.ts';
import {createBlockLookup, subtractBlocks} from '../scan/block-set.ts';
import type {PortSet} from '../port/port-set.ts';
import {targetLines} from '../scan/nmap-plan.ts';
import type {ReadProgram} from '../scan/program-reader.ts';
import {findPublic} from '../scan/public-address.ts';
import type {ScanPlan} from '../scan/scan-plan.ts';
import type {RequestProblem, ScanStart} from '../scan/scan-request.ts';
import {literalBlocks, longestGreeting, parseVia, sshArguments, viaCommand, viaLines, viaMark, viaSkipsSilentHosts, type ViaOrder} from '../scan/via.ts';
import {startProgramScan} from './program-scan.ts';
import {startProgram, type RunningProgram} from './running-program.ts';
import {createTextSource, type TextSource} from './text-source.ts';
import {codeOf, systemReason} from './system-sentence.ts';

/** What reads the programs of another machine. */
export type ViaReaders = {
	readonly followPortui: ReadProgram;
	readonly readPortuiStart: (line: string) => {readonly hosts: readonly Host[]; readonly ports: PortSet; readonly seed: number} | undefined;
	readonly followNmap: ReadProgram;
	readonly readNmapHosts: (text: string) => readonly Host[];
};

export type ViaSurroundings = {
	readonly readers: ViaReaders;
	/** Whether ssh may ask on this terminal: nothing else is drawn there. */
	readonly mayAsk: boolean;
};

/** Starts a scan on another machine. @param id - The name of the scan. @param seed - Where the program there has none. */
export type StartVia = (order: ViaOrder, id: string, seed: number) => Promise<ScanStart>;

/** A million hosts in one line, or listed by nmap, are no longer. */
const longestStart = 256_000_000;

const unpausable = 'A scan on another machine cannot be paused: x stops it.';

const failed = (message: string, kind: RequestProblem['kind'] = 'engine', question?: string): ScanStart => ({ok: false, problem: {kind, message, ...(question === undefined ? {} : {question})}});

const sentenceOf = (words: string): string => (words === '' ? '.' : `: ${words}${/[.!?]$/.test(words) ? '' : '.'}`);

/** Why ssh did not come to run anything. */
const describeConnection = async (destination: string, program: RunningProgram, mayAsk: boolean): Promise<string> => {
	program.end();
	const {code, signal, error} = await program.ended;
	if (error !== undefined) {
		return codeOf(error) === 'ENOENT' ? '--via needs ssh, which is not installed here: the package openssh-client of your system has it.' : `ssh could not be started, ${systemReason(error)}.`;
	}

	const hint = mayAsk ? '' : ` ssh cannot ask for anything here: it needs a key without a question, and a host that it knows; ssh ${destination} in a terminal tells more.`;
	return `ssh to ${destination} failed (${code === null ? signal ?? 'no exit code' : `exit code ${code}`})${sentenceOf(program.lastWords())}${hint}`;
};

/** The line that tells which program is there: after the mark, to its end. */
const endOfMark = (text: string): number | undefined => {
	const mark = text.search(new RegExp(`^${viaMark} (?:portui|nmap|none)\r?$`, 'm'));
	const end = mark === -1 ? -1 : text.indexOf('\n', mark);
	return end === -1 ? undefined : end + 1;
};

const endOfLine = (text: string): number | undefined => (text.includes('\n') ? text.indexOf('\n') + 1 : undefined);

const documentEnd = '</nmaprun>';

const endOfDocument = (text: string): number | undefined => (text.includes(documentEnd) ? text.indexOf(documentEnd) + documentEnd.length : undefined);

/** Says of a scan there that it is refused for a public address; undefined where it was refused for something else. */
const questionOf = (words: string): string | undefined => /(\S.{0,300}? is public: scan it only if it is yours or you have leave); --yes/.exec(words)?.[1];

const publicQuestion = (target: string): string => `${target} is public: scan it only if it is yours or you have leave`;

const refusePublic = (question: string): ScanStart => failed(`${question}; --yes says that you may.`, 'public', question);

/** What of a plan was asked for here. */
const askedOf = (order: ViaOrder): Pick<ScanPlan, 'firstPorts' | 'skipsSilentHosts' | 'rate' | 'concurrency' | 'timeoutMs' | 'tries'> => {
	const {rate, concurrency, timeoutMs, tries} = order.request;
	return {firstPorts: [], skipsSilentHosts: viaSkipsSilentHosts(order), rate, concurrency, timeoutMs, tries};
};

/** Runs scans on another machine over the user's own ssh: with portui there, else with nmap there. Names are looked up there, and it is that machine's view of the targets that is told. */
export const createStartVia = ({readers, mayAsk}: ViaSurroundings): StartVia => async (order, id, seed) => {
	const {targets, exclude, request} = order;
	const destination = parseVia(request.via ?? '');
	const command = viaCommand(order, request.engine);
	if (!destination.ok || !command.ok) {
		return failed(destination.ok ? (command as {message: string}).message : destination.message, 'setting');
	}

	const name = destination.value;
	if (exclude.some(({kind}) => kind === 'name')) {
		return failed('With --via, --exclude takes addresses and blocks: names may mean others there.', 'setting');
	}

	const literal = findPublic({hosts: [], blocks: literalBlocks(targets)});
	if (literal !== undefined && !order.mayScanPublic) {
		return refusePublic(publicQuestion(literal));
	}

	const program = startProgram('ssh', sshArguments(name, command.value, mayAsk), {usesTerminal: mayAsk});
	const source = createTextSource(program);
	const mark = await source.take(endOfMark, longestGreeting);
	if (mark === undefined) {
		return failed(await describeConnection(name, program, mayAsk));
	}

	const found = mark.trimEnd().split(' ').at(-1);
	const withPortui = async (): Promise<ScanStart> => {
		program.endInput(viaLines(targets));
		const line = await source.take(endOfLine, longestStart);
		const start = line === undefined ? undefined : readers.readPortuiStart(line);
		if (start === undefined) {
			program.end();
			await program.ended;
			const words = program.lastWords();
			const question = questionOf(words);
			return question === undefined ? failed(`portui on ${name} did not begin${sentenceOf(line === undefined ? words : 'what it writes is not known to this version')}`, 'resolve') : refusePublic(question);
		}

		const blocks = subtractBlocks(literalBlocks(targets), [...literalBlocks(exclude), ...start.hosts.map(({target, address}) => blockOfAddress(target, address))]);
		return scanWith(source, {id, hosts: start.hosts, blocks: blocksOfFamily(blocks, request.family), ports: start.ports, seed: start.seed, ...askedOf(order)}, 'portui', readers.followPortui);
	};

	const withNmap = async (): Promise<ScanStart> => {
		const refuse = (start: ScanStart): ScanStart => {
			program.end();
			return start;
		};

		const listing = targets.some(({kind}) => kind === 'name') ? await source.take(endOfDocument, longestStart) : '';
		if (listing === undefined) {
			return refuse(failed(`nmap on ${name} did not begin${sentenceOf(program.lastWords())}`, 'resolve'));
		}

		const isExcluded = createBlockLookup(literalBlocks(exclude));
		const named = readers.readNmapHosts(listing);
		const resolved = new Set(named.map(({target}) => target));
		const unresolved = targets.find(target => target.kind === 'name' && !resolved.has(target.hostName));
		if (unresolved !== undefined) {
			return refuse(failed(`nmap on ${name} finds no address of ${unresolved.text}${sentenceOf(program.lastWords())}`, 'resolve'));
		}

		const hosts = named.filter(({address}) => !isExcluded(address));
		const blocks = blocksOfFamily(subtractBlocks(literalBlocks(targets), [...literalBlocks(exclude), ...hosts.map(({target, address}) => blockOfAddress(target, address))]), request.family);
		const families = new Set([...hosts.map(({address}) => address.family), ...blocks.map(({first}) => first.family)]);
		const [family] = families;
		if (family === undefined || families.size > 1) {
			return refuse(failed(family === undefined ? 'Nothing is left to scan: every target is taken away.' : `nmap on ${name} takes IPv4 or IPv6 at a time: give -4 or -6, or one kind of addresses.`, 'target'));
		}

		const target = order.mayScanPublic ? undefined : findPublic({hosts, blocks});
		if (target !== undefined) {
			return refuse(refusePublic(publicQuestion(target)));
		}

		const plan: ScanPlan = {id, hosts, blocks, ports: order.ports, seed, ...askedOf(order)};
		return scanWith(source, plan, 'nmap', readers.followNmap, targetLines(plan, family));
	};

	const scanWith = ({rest}: TextSource, plan: ScanPlan, engine: 'portui' | 'nmap', read: ReadProgram, input?: string): ScanStart => ({
		ok: true,
		scan: startProgramScan(plan, {engine: `${engine} via ${name}`, name: `${engine} on ${name}`, runs: [async () => ({program: rest, input})], read, unpausable}),
	});

	switch (found) {
		case 'portui': {
			return withPortui();
		}

		case 'nmap': {
			return withNmap();
		}

		default: {
			program.end();
			const wanted = request.engine === 'nmap' ? 'no nmap' : request.engine === 'socket' ? 'no portui' : 'neither portui nor nmap';
			return failed(`${name} has ${wanted} where a program that is run over ssh is looked for (its PATH): install it there${request.engine === 'nmap' ? '' : ', such as by npm install --global portui'}.`);
		}
	}
};

const blocksOfFamily = (blocks: ReturnType<typeof subtractBlocks>, family: 4 | 6 | undefined): ReturnType<typeof subtractBlocks> => blocks.filter(({first}) => family === undefined || first.family === family);
