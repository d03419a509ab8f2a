import {formatPortSet, type PortSet} from '../port/port-set.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import {blockOfAddress, type AddressBlock} from './address-block.ts';
import type {EngineName} from './engine-name.ts';
import {prefixesOf} from './block-prefixes.ts';
import {nmapSettings} from './nmap-plan.ts';
import type {ScanRequest} from './scan-request.ts';
import type {Target} from './target.ts';

/** What the machine at the other end says first, and then which program it has. */
export const viaMark = 'portui-via';

/** Its login may say something before. */
export const longestGreeting = 65_536;

/** Programs that can make the scan there. */
export type ViaProgram = 'portui' | 'nmap' | 'none';

/** No name of a machine is longer than some 250 characters. */
const longestDestination = 300;

/**
Parses the machine to scan from, as ssh takes it: `user@host`, a name of its configuration, `ssh://user@host:2222`.

It must not look like a flag, which could run a program here.
*/
export const parseVia = (text: string): Parsed<string> =>
	/^[\w[][\w.@:/[\]%+~-]*$/.test(text) && text.length <= longestDestination && !/[@/]-/.test(text)
		? parsed(text)
		: rejected(`--via takes a machine as ssh does, such as user@host, not ${quoteTyped(text, 60)}.`);

/** What is asked of the other machine. */
export type ViaOrder = {
	readonly targets: readonly Target[];
	readonly exclude: readonly Target[];
	readonly ports: PortSet;
	readonly request: ScanRequest;
	/** Whether public addresses may be scanned. */
	readonly mayScanPublic: boolean;
};

/** A word that means the same to every shell, whatever stands around it. */
const isPlain = (word: string): boolean => /^[\w.,:/%@=+-]+$/.test(word);

const textOfTarget = (target: Target): readonly string[] => {
	switch (target.kind) {
		case 'address': {
			return [target.address.text];
		}

		case 'block': {
			return prefixesOf(target.block);
		}

		case 'name': {
			return [target.hostName];
		}
	}
};

/** The targets, a line each, as every scanner reads them. Names stay names: they are looked up there. */
export const viaLines = (targets: readonly Target[]): string => targets.flatMap(target => textOfTarget(target)).map(line => `${line}\n`).join('');

/** The addresses among some targets, as blocks. */
export const literalBlocks = (targets: readonly Target[]): readonly AddressBlock[] => targets.flatMap(target => (target.kind === 'name' ? [] : target.kind === 'block' ? [target.block] : [blockOfAddress(target.text, target.address)]));

/** Whether hosts that do not answer are passed over: as for a scan from here. */
export const viaSkipsSilentHosts = ({targets, request}: ViaOrder): boolean => request.assumesUp !== true && (targets.length > 1 || targets.some(({kind}) => kind === 'block'));

const portuiWords = ({exclude, ports, request, mayScanPublic}: ViaOrder): readonly string[] => {
	const {family, concurrency, rate, timeoutMs, tries, seed, isThorough, keepsGoing, assumesUp} = request;
	return [
		'portui', 'scan', '--format=ndjson', '--show=open,closed,filtered,unknown', '--quiet', '--no-history',
		`--ports=${formatPortSet(ports)}`,
		...exclude.flatMap(target => textOfTarget(target)).map(text => `--exclude=${text}`),
		...(family === undefined ? [] : [`-${family}`]),
		...Object.entries({concurrency, rate, timeout: timeoutMs, tries, seed}).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`])),
		...(isThorough === true ? ['--thorough'] : []),
		...(keepsGoing === true ? ['--keep-going'] : []),
		...(assumesUp === true ? ['--assume-up'] : []),
		...(mayScanPublic ? ['--yes'] : []),
		'--input=-',
	];
};

/** nmap takes one family at a time. */
const isIpv6 = ({targets, request: {family}}: ViaOrder): boolean => family === 6 || (family === undefined && targets.length > 0 && literalBlocks(targets).length === targets.length && literalBlocks(targets).every(({first}) => first.family === 6));

const nmapWords = (order: ViaOrder): readonly string[] => ['nmap', ...nmapSettings({...order.request, ports: order.ports, skipsSilentHosts: viaSkipsSilentHosts(order)}), ...(isIpv6(order) ? ['-6'] : []), '-oX', '-', '-iL', '-'];

/** Has nmap list the addresses of names, without asking those. */
const nmapListWords = (order: ViaOrder): readonly string[] => ['nmap', '-sL', '-n', ...(isIpv6(order) ? ['-6'] : []), '-oX', '-', '--', ...order.targets.flatMap(target => (target.kind === 'name' ? [target.hostName] : []))];

/** What one argument of the system may hold, with room to spare. */
const longestCommand = 100_000;

/**
The command for the other machine: it says which program it has, and runs it.

ssh hands it to the user's shell there as one text. So every word is made of characters that mean nothing to a shell, and those go to `sh` in single quotes, which every shell reads alike.

@returns The command, or why there is none.
*/
export const viaCommand = (order: ViaOrder, engine: EngineName | undefined): Parsed<string> => {
	if (engine === 'masscan') {
		return rejected('--via scans with portui or nmap on the other machine, not with masscan: leave --engine out.');
	}

	const hasNames = order.targets.some(({kind}) => kind === 'name');
	const [portui, nmap, list] = [portuiWords(order), nmapWords(order), nmapListWords(order)];
	const strange = [...portui, ...nmap, ...list].find(word => !isPlain(word));
	if (strange !== undefined) {
		return rejected(`--via cannot hand on ${quoteTyped(strange, 60)}.`);
	}

	const command = [
		engine === 'nmap' ? '' : `if command -v portui >/dev/null 2>&1; then echo ${viaMark} portui; exec ${portui.join(' ')}; fi; `,
		engine === 'socket' ? '' : `if command -v nmap >/dev/null 2>&1; then echo ${viaMark} nmap; ${hasNames ? `${list.join(' ')} </dev/null; ` : ''}exec ${nmap.join(' ')}; fi; `,
		`echo ${viaMark} none`,
	].join('');
	return command.length > longestCommand ? rejected('The list of ports is too long to hand on with --via: ask for fewer ranges.') : parsed(`sh -c '${command}'`);
};

/** The arguments of ssh. @param mayAsk - Whether it may ask for a password, or whether a key is right, on the terminal. */
export const sshArguments = (destination: string, command: string, mayAsk: boolean): readonly string[] => ['-T', ...(mayAsk ? [] : ['-o', 'BatchMode=yes']), '--', destination, command];
