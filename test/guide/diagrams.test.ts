import test from 'ava';
import {rangesBar} from '../../source/guide/diagrams.ts';

test('the bar is as wide as it may be, and shows all three ranges', t => {
	for (let width = 20; width <= 120; width++) {
		const [bar] = rangesBar(width);
		t.is([...bar!].length, width);
		t.regex(bar!, /^█+▒+░+$/);
	}
});

test('each range is as wide as it is large', t => {
	t.is(rangesBar(64)[0], `█${'▒'.repeat(47)}${'░'.repeat(16)}`);
});
