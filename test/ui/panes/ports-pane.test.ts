import test from 'ava';
import {shareColumns} from '../../../source/ui/panes/ports-pane.tsx';

test('a description that has no room leaves it to the name', t => {
	t.deepEqual(shareColumns(31), {name: 17, over: 0, description: 0});
	t.deepEqual(shareColumns(37), {name: 23, over: 0, description: 0});
	t.deepEqual(shareColumns(38), {name: 15, over: 0, description: 8});
});

test('the columns fill any pane', t => {
	for (let width = 20; width < 300; width++) {
		const {name, over, description} = shareColumns(width);
		t.is(14 + name + (over === 0 ? 0 : over + 1) + (description === 0 ? 0 : description + 1), width);
		t.true(description === 0 || description >= 8);
	}
});
