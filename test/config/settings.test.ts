import {readFile} from 'node:fs/promises';
import test from 'ava';
import {describeAccepts} from '../../source/config/check-value.ts';
import {noConfig} from '../../source/config/config.ts';
import {parseConfig} from '../../source/config/parse-config.ts';
import {oppositeOf, settableSwitches, settings, variableOf, type Setting} from '../../source/config/settings.ts';
import {commandNamed} from '../../source/commands/command-table.ts';
import {retention} from '../../source/history/retention.ts';
import {parseSize} from '../../source/config/check-value.ts';
import {settings as scanSettings} from '../../source/scan/parse-request.ts';
import {portStates} from '../../source/scan/verdict.ts';
import {views} from '../../source/store/state.ts';

const document = await readFile(new URL('../../docs/config.md', import.meta.url), 'utf8');
const table: readonly Setting[] = settings;
const settingNamed = (name: string): Setting => table.find(setting => setting.name === name)!;

test('the document tells every setting, and no other', t => {
	const rows = document.split('\n').filter(line => /^\| `[a-z-]+\.[a-z-]+` \|/.test(line));
	t.deepEqual(rows, table.map(setting => `| \`${setting.name}\` | \`${variableOf(setting)}\` | ${describeAccepts(setting.accepts)} | ${setting.unless} | ${setting.description} |`));
});

test('the example of the document holds every setting, and is right', t => {
	const config = parseConfig(/```toml\n([^]*?)```/.exec(document)![1]!, 'config.toml');
	t.deepEqual(config.ok ? [...config.value.keys()] : config.message, settings.map(({name}) => name));
});

test('what is said to hold by itself is what holds', t => {
	t.deepEqual([Number(settingNamed('history.scans').unless), parseSize(settingNamed('history.bytes').unless)], [retention.scans, retention.bytes]);
	t.is(noConfig.size, 0);
});

test('words and bounds are those of the program', t => {
	const wordsOf = (name: string): readonly string[] => (settingNamed(name).accepts as {readonly words: readonly string[]}).words;
	t.deepEqual(wordsOf('screen.view'), views);
	t.deepEqual(wordsOf('scan.show'), portStates);
	for (const [name, {least, most}] of Object.entries({'scan.concurrency': scanSettings.concurrency, 'scan.rate': scanSettings.rate, 'scan.tries': scanSettings.tries, 'scan.timeout': scanSettings.timeoutMs})) {
		t.like(settingNamed(name).accepts, {least, most}, name);
	}
});

test('every setting with a flag has that flag, and no opposite of a switch is a flag already', t => {
	const names = commandNamed('scan').flags.map(({name}) => name);
	for (const {flag, accepts} of table) {
		const typed = flag?.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
		t.true(typed === undefined || names.includes(accepts.kind === 'switch' && !names.includes(typed) ? `no-${typed}` : typed), flag);
	}

	t.true([...settableSwitches].every(name => names.includes(name) && !names.includes(oppositeOf(name))));
});
