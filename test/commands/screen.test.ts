import test from 'ava';
import type {ScreenOptions} from '../../source/commands/arguments.ts';
import {commandNamed, formatHelp} from '../../source/commands/command-table.ts';
import {runScreenCommand, type ScreenSurroundings} from '../../source/commands/screen.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {keepOutput} from '../helpers/outputs.ts';

const noRequest: ScreenOptions = {request: undefined, allowsColor: true};

const run = async (options: ScreenOptions, changes: Partial<ScreenSurroundings> = {}): Promise<{code: number; stderr: string; shown: unknown[]}> => {
	const stderr = keepOutput();
	const shown: unknown[] = [];
	const code = await runScreenCommand(options, {
		stdin: {isTTY: true},
		stdout: {isTTY: true},
		stderr,
		environment: {TERM: 'xterm-256color'},
		loadRegistry,
		async show(given) {
			shown.push(given);
			return 7;
		},
		...changes,
	});
	return {code, stderr: stderr.text(), shown};
};

for (const changes of [{stdin: {}}, {stdout: {}}]) {
	test(`without a terminal for ${Object.keys(changes)[0]} the help is shown`, async t => {
		const {code, stderr, shown} = await run(noRequest, changes);
		t.is(code, 2);
		t.is(stderr, `${formatHelp(commandNamed('screen'))}\nThe screen needs a terminal.\n`);
		t.deepEqual(shown, []);
	});
}

test('the exit code is that of the screen', async t => {
	t.deepEqual(await run(noRequest), {code: 7, stderr: '', shown: [{request: undefined, hasColor: true}]});
});

test('colours are as the command line, the environment and the config have it', async t => {
	t.deepEqual((await run({request: undefined, allowsColor: false})).shown, [{request: undefined, hasColor: false}]);
});

test('a slip on the command line is told before the screen is shown', async t => {
	t.deepEqual(await run({request: {targets: ['localhost'], ports: '90-80'}, allowsColor: true}), {code: 2, stderr: '"90-80" runs backwards: write 80-90.\n', shown: []});
	t.like(await run({request: {targets: ['http://x'], ports: '80'}, allowsColor: true}), {code: 2, shown: []});
});

test('a name is not resolved before the screen is shown', async t => {
	const request = {targets: ['nope.invalid'], ports: 'top1000'};
	t.deepEqual((await run({request, allowsColor: true})).shown, [{request, hasColor: true}]);
});

/** What the terminal is told of its keys, in order: true is raw. */
const keepModes = (): {readonly modes: boolean[]; readonly stdin: ScreenSurroundings['stdin']} => {
	const modes: boolean[] = [];
	return {modes, stdin: {isTTY: true, setRawMode: isRaw => modes.push(isRaw)}};
};

test('keys are held before anything is loaded, and left to the screen', async t => {
	const {modes, stdin} = keepModes();
	let modesAtLoad: readonly boolean[] | undefined;
	await run({request: {targets: ['127.0.0.1'], ports: '22'}, allowsColor: true}, {stdin, async loadRegistry() {
		modesAtLoad = [...modes];
		return loadRegistry();
	}});
	t.deepEqual(modesAtLoad, [true]);
	t.deepEqual(modes, [true]);
});

test('a slip on the command line gives the keys back', async t => {
	const {modes, stdin} = keepModes();
	const {code} = await run({request: {targets: ['127.0.0.1'], ports: 'no-such-port-name'}, allowsColor: true}, {stdin});
	t.is(code, 2);
	t.deepEqual(modes, [true, false]);
});

test('what breaks before the screen is up gives the keys back', async t => {
	const {modes, stdin} = keepModes();
	await t.throwsAsync(run(noRequest, {stdin, async show() {
		throw new Error('on purpose');
	}}), {message: 'on purpose'});
	t.deepEqual(modes, [true, false]);
});

test('where no screen is shown the keys are left alone', async t => {
	const {modes, stdin} = keepModes();
	await run(noRequest, {stdin, environment: {TERM: 'dumb'}});
	await run(noRequest, {stdin, stdout: {}});
	t.deepEqual(modes, []);
});
