import test from 'ava';
import fc from 'fast-check';
import {describeObserved, type Observed} from '../../source/scan/observed.ts';

const nothing: Observed = {protocol: null, product: null, version: null, banner: null};
const long = `220 ${'mail '.repeat(100)}`;

const lines: ReadonlyArray<readonly [observed: Partial<Observed>, line: string]> = [
	[{}, ''],
	[{protocol: 'ssh'}, 'ssh'],
	[{protocol: 'ssh', product: 'OpenSSH', version: '9.2p1', banner: 'protocol 2.0'}, 'ssh, OpenSSH 9.2p1'],
	[{protocol: 'http', product: 'nginx', banner: 'Welcome'}, 'http, nginx'],
	[{product: 'nginx', version: '1.24.0'}, 'nginx 1.24.0'],
	// As masscan tells it, which makes out no product.
	[{protocol: 'ssh', banner: 'SSH-2.0-OpenSSH_9.2p1 Debian-2'}, 'ssh, SSH-2.0-OpenSSH_9.2p1 Debian-2'],
	[{protocol: 'ssh', version: '2.0', banner: 'SSH-2.0-x'}, 'ssh, 2.0, SSH-2.0-x'],
	[{banner: 'hello'}, 'hello'],
	[{protocol: '', product: '', version: '', banner: ''}, ''],
	[{protocol: 'smtp', banner: long}, `smtp, ${long.slice(0, 79).trimEnd()}…`],
	[{banner: '🦊'.repeat(100)}, `${'🦊'.repeat(79)}…`],
	[{banner: '🦊'.repeat(80)}, '🦊'.repeat(80)],
];

for (const [index, [observed, line]] of lines.entries()) {
	test(`${index + 1}: ${JSON.stringify(observed).slice(0, 100)}`, t => {
		t.is(describeObserved({...nothing, ...observed}), line);
	});
}

test('a banner of any length takes a bounded part of the line', t => {
	fc.assert(fc.property(fc.string({unit: 'binary', maxLength: 400}), banner => {
		const line = describeObserved({...nothing, protocol: 'x', banner});
		return [...line].length <= 3 + 80 && line.startsWith('x');
	}));
	t.pass();
});
