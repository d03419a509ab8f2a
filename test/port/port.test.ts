import fc from 'fast-check';
import test from 'ava';
import {isPort, lastPort, portCount, toPort} from '../../source/port/port.ts';

for (const value of [0, 1, 80, 65_535]) {
	test(`${value} is a port`, t => {
		t.true(isPort(value));
		t.is(toPort(value) as number, value);
	});
}

for (const value of [-1, 65_536, 1.5, Number.NaN, Infinity, -Infinity, 2 ** 53]) {
	test(`${value} is not a port, and taking it for one is a bug of the caller`, t => {
		t.false(isPort(value));
		t.throws(() => toPort(value), {instanceOf: RangeError, message: `${value} is not a port (0–65535)`});
	});
}

test('port 0 counts', t => {
	t.is(portCount, 65_536);
	t.is(portCount, lastPort + 1);
});

test('exactly the integers of sixteen bits are ports', t => {
	fc.assert(fc.property(fc.oneof(fc.integer({min: -70_000, max: 140_000}), fc.double()), value => {
		t.is(isPort(value), new Uint16Array([value])[0] === value);
	}));
});
