import test from 'ava';
import {confirm} from '../../source/commands/confirm.ts';

const {signal} = new AbortController();

/** What is written on the terminal before the answer. */
const asked = async (question: string, columns?: number): Promise<string> => {
	let written = '';
	await confirm(question, async text => {
		written = text;
		return 'n';
	}, signal, columns);
	return written;
};

test('a question breaks between words, with room for the answer', async t => {
	t.is(await asked('Stop node, which listens on 3000?', 20), 'Stop node, which\nlistens on 3000?\n[y/N] ');
	t.is(await asked('Stop it?', 16), 'Stop it? [y/N] ');
	t.is(await asked('Stop it?', 15), 'Stop it?\n[y/N] ');
});

for (const columns of [undefined, 0]) {
	test(`a question stays whole on ${String(columns)} columns`, async t => {
		t.is(await asked('Stop node, which listens on 3000?', columns), 'Stop node, which listens on 3000? [y/N] ');
	});
}

for (const [answer, isYes] of [['y', true], [' YES ', true], ['', false], ['n', false], ['yesterday', false], [undefined, false]] as const) {
	test(`${String(answer)} is ${isYes ? 'a' : 'no'} yes`, async t => {
		t.is(await confirm('Stop it?', async () => answer, signal, 80), isYes);
	});
}
