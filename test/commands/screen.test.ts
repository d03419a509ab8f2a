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
