import test from 'ava';
import {parseArguments, type Invocation} from '../../source/commands/arguments.ts';
import type {Config} from '../../source/config/config.ts';
import {parseConfig} from '../../source/config/parse-config.ts';

const configOf = (text: string): Config => {
	const config = parseConfig(text, 'f');
	if (!config.ok) {
		throw new Error(config.message);
	}

	return config.value;
};

const full = configOf(`
scan = {ports = "22", exclude-ports = "25", exclude = ["192.0.2.1"], concurrency = 9, rate = 8, timeout = "2s", tries = 7, thorough = true, keep-going = true, assume-up = true, show = ["closed"]}
history.keep = false
screen.color = false
`);

const parse = (argv: readonly string[], config = full): Invocation => {
	const invocation = parseArguments(argv, config);
	if (!invocation.ok) {
		throw new Error(invocation.message);
	}

	return invocation.value;
};

const set = {ports: '22', excludePorts: '25', exclude: ['192.0.2.1'], concurrency: 9, rate: 8, timeoutMs: 2000, tries: 7, isThorough: true, keepsGoing: true, assumesUp: true};

test('what is not typed comes from the config', t => {
	t.like(parse(['scan', 'localhost']), {kind: 'scan', options: {request: set, show: ['closed'], isUnkept: true}});
});

/** A flag that is typed, and what comes of it in place of what is set. */
const typed: ReadonlyArray<readonly [argv: readonly string[], request: Readonly<Record<string, unknown>>]> = [
	[['-p', '80'], {ports: '80'}],
	[['--exclude-ports', '1'], {excludePorts: '1'}],
	[['--concurrency', '1'], {concurrency: 1}],
	[['--rate', '1'], {rate: 1}],
	[['--timeout', '1'], {timeoutMs: 1}],
	[['--tries', '1'], {tries: 1}],
	[['--no-thorough'], {isThorough: undefined}],
	[['--no-keep-going'], {keepsGoing: undefined}],
	[['--no-assume-up'], {assumesUp: undefined}],
	[['--exclude', '192.0.2.9'], {exclude: ['192.0.2.9', '192.0.2.1']}],
];

for (const [argv, request] of typed) {
	test(`${argv.join(' ')} wins`, t => {
		t.like(parse(['scan', 'localhost', ...argv]), {options: {request: {...set, ...request}}});
	});
}

test('--show and --history win', t => {
	const {options} = parse(['scan', 'localhost', '--show', 'open', '--history']) as Extract<Invocation, {kind: 'scan'}>;
	t.deepEqual([options.show, options.isUnkept], [['open'], undefined]);
});

test('the screen takes what is set for its form, and needs no target for it', t => {
	t.deepEqual(parse([]), {kind: 'screen', options: {request: undefined, allowsColor: false, isUnkept: true, scanDefaults: set}});
	t.like(parse(['--color', '--rate', '3', '--history']), {options: {allowsColor: true, isUnkept: undefined, scanDefaults: {...set, rate: 3}}});
	t.like(parse(['localhost']), {options: {request: {targets: ['localhost'], ...set}, scanDefaults: set}});
});

test('scans that are started beside opened ones follow the config too', t => {
	t.like(parse(['open', 'scan.xml']), {kind: 'open', options: {scanDefaults: set}});
	t.is((parse(['open', 'scan.xml'], new Map()) as Extract<Invocation, {kind: 'open'}>).options.scanDefaults, undefined);
});

test('the leave to scan public addresses and the seed stay with the scan they were typed for', t => {
	t.deepEqual((parse(['localhost', '--yes', '--seed', '3', '-p', '1'], new Map()) as Extract<Invocation, {kind: 'screen'}>).options.scanDefaults, {ports: '1'});
});

test('other commands know nothing of it', t => {
	t.like(parse(['local']), {kind: 'local'});
	t.deepEqual(parse(['local']), parse(['local'], new Map()));
	t.deepEqual(parse(['history', 'show', 'last']), parse(['history', 'show', 'last'], new Map()));
});

test('an empty --exclude is told, whatever the config leaves out', t => {
	t.false(parseArguments(['scan', 'localhost', '--exclude', ''], full).ok);
});

test('only what a config can set has an opposite', t => {
	t.false(parseArguments(['scan', 'localhost', '--no-quiet']).ok);
	t.true(parseArguments(['scan', 'localhost', '--no-thorough', '--history']).ok);
});

test('portui config takes no words', t => {
	t.deepEqual(parse(['config', '--path']), {kind: 'config', options: {format: 'text', isPathOnly: true}});
	t.false(parseArguments(['config', 'scan.rate']).ok);
});
