import fc from 'fast-check';
import test from 'ava';
import {classifyFailure, type FailureClass} from '../../source/scan/classify-failure.ts';

const closed: FailureClass = {kind: 'closed'};
const silent: FailureClass = {kind: 'silent'};
const exhausted: FailureClass = {kind: 'local', isExhaustion: true};
const refused: FailureClass = {kind: 'local', isExhaustion: false};
const filtered = (reason: 'host-unreachable' | 'net-unreachable' | 'admin-prohibited'): FailureClass => ({kind: 'filtered', reason});

/** Each code, what it says after a while, and what it says when the call itself failed. */
const table: ReadonlyArray<readonly [code: string, later: FailureClass, atOnce: FailureClass]> = [
	['ECONNREFUSED', closed, closed],
	['ECONNRESET', {kind: 'open'}, {kind: 'local', isExhaustion: false}],
	['EPIPE', {kind: 'open'}, {kind: 'local', isExhaustion: false}],
	['ETIMEDOUT', silent, silent],
	['EHOSTUNREACH', filtered('host-unreachable'), refused],
	['EHOSTDOWN', filtered('host-unreachable'), refused],
	['ENETUNREACH', filtered('net-unreachable'), refused],
	['EACCES', filtered('admin-prohibited'), refused],
	['EMFILE', exhausted, exhausted],
	['ENFILE', exhausted, exhausted],
	['EADDRNOTAVAIL', exhausted, exhausted],
	['ENOBUFS', exhausted, exhausted],
	['ENOMEM', exhausted, exhausted],
	['EAGAIN', exhausted, exhausted],
	['EPERM', refused, refused],
	['EINVAL', refused, refused],
	['ENETDOWN', refused, refused],
	['EAFNOSUPPORT', refused, refused],
	['', refused, refused],
	['EWHATEVER', refused, refused],
	['econnrefused', refused, refused],
	['constructor', refused, refused],
	['__proto__', refused, refused],
	['toString', refused, refused],
	['hasOwnProperty', refused, refused],
];

for (const [code, later, atOnce] of table) {
	test(`${JSON.stringify(code)} is ${JSON.stringify(later)}, and ${JSON.stringify(atOnce)} in the call itself`, t => {
		t.deepEqual(classifyFailure(code, false), later);
		t.deepEqual(classifyFailure(code, true), atOnce);
	});
}

test('a code that is not known is a failure of this machine, never the state of a port', t => {
	const known = new Set(table.map(([code]) => code));
	fc.assert(fc.property(fc.string().filter(code => !known.has(code)), fc.boolean(), (code, isImmediate) => {
		t.deepEqual(classifyFailure(code, isImmediate), refused);
	}));
});
