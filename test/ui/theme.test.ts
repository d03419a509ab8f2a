import test from 'ava';
import {severities} from '../../source/registry/registry.ts';
import {portStates} from '../../source/scan/verdict.ts';
import {createTheme} from '../../source/ui/theme.ts';

const colored = createTheme(true);
const plain = createTheme(false);

test('without colour no role has one', t => {
	for (const [role, looks] of Object.entries(plain)) {
		t.false('color' in looks, role);
	}
});

test('without colour the same roles are there, and all that is not colour stays', t => {
	t.deepEqual(Object.keys(plain), Object.keys(colored));
	for (const [role, looks] of Object.entries(colored)) {
		t.deepEqual(plain[role as keyof typeof plain], Object.fromEntries(Object.entries(looks).filter(([name]) => name !== 'color')));
	}
});

test('with colour, states and severities have looks', t => {
	for (const state of portStates) {
		t.true(Object.keys(colored[state]).length > 0, state);
	}

	for (const severity of severities) {
		t.true(`severity-${severity}` in colored);
	}
});

test('colours are the sixteen of the terminal’s own palette', t => {
	const palette = new Set(['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'].flatMap(name => [name, `${name}Bright`]));
	for (const [role, {color}] of Object.entries(colored)) {
		t.true(color === undefined || palette.has(color), role);
	}
});

test('what is selected shows without colour', t => {
	t.true(plain.selected.inverse);
	t.true(plain.selectedElsewhere.bold);
});
