import test from 'ava';
import {createPresence, type Presence} from '../../../source/scan/pace/presence.ts';

const timeoutMs = 100;

const silenced = (presence: Presence, count: number): Presence => {
	for (let each = 0; each < count; each++) {
		presence.canarySilent();
	}

	return presence;
};

test('a host that never answered is not missed', t => {
	const presence = silenced(createPresence(true), 100);
	t.false(presence.look(60_000, timeoutMs));
	t.false(presence.isQuiet(60_000));
	t.is(presence.state, 'present');
});

test('canaries silent for a second are a blackout, which an answer ends', t => {
	const presence = createPresence(true);
	presence.answered(0);
	silenced(presence, 5);
	t.false(presence.look(2000, timeoutMs), 'five canaries may be lost by chance');
	silenced(presence, 1);
	t.false(presence.look(999, timeoutMs));
	t.true(presence.look(1000, timeoutMs));
	t.false(presence.look(1001, timeoutMs), 'it begins once');
	t.is(presence.state, 'blackout');
	t.is(presence.wakeAtMs(), 11_000);
	presence.answered(3000);
	t.is(presence.state, 'present');
});

test('on a long path it takes four time-outs', t => {
	const presence = createPresence(true);
	presence.answered(0);
	silenced(presence, 6);
	t.false(presence.look(3999, 1000));
	t.true(presence.look(4000, 1000));
});

test('after ten seconds and twenty canaries the host is gone; where it may not be, the scan goes on', t => {
	for (const [mayVanish, state] of [[true, 'vanished'], [false, 'present']] as const) {
		const presence = createPresence(mayVanish);
		presence.answered(0);
		silenced(presence, 6);
		presence.look(1000, timeoutMs);
		presence.look(60_000, timeoutMs);
		t.is(presence.state, 'blackout', 'a pause is no absence');
		silenced(presence, 20);
		t.false(presence.look(60_001, timeoutMs));
		t.is(presence.state, state);
		silenced(presence, 20);
		t.false(presence.look(90_000, timeoutMs), 'it is not waited for again');
	}
});

test('a host that comes and goes is waited for five times', t => {
	const presence = createPresence(true);
	let count = 0;
	for (let nowMs = 0; nowMs < 100_000; nowMs += 2000) {
		presence.answered(nowMs);
		silenced(presence, 6);
		count += presence.look(nowMs + 1500, timeoutMs) ? 1 : 0;
	}

	t.is(count, 5);
});
