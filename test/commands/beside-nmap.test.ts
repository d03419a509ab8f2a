import test from 'ava';
import {checkOpenPorts, openListeners, quietAddress, watchListening} from '../helpers/listeners.ts';
import {runCli, runProgram} from '../helpers/run-cli.ts';

const host = quietAddress(62);

const isInstalled = await runProgram('nmap', ['--version']).then(({code}) => code === 0, () => false);

if (!isInstalled) {
	console.error('beside-nmap: skipped, because nmap is not installed (apt-get install nmap).');
}

const withNmap = isInstalled ? test : test.skip;

withNmap('portui and nmap find the same ports open', async t => {
	const listeners = await openListeners({hosts: [host], insideLocalRange: 5, outsideLocalRange: 5});
	t.teardown(listeners.close);
	const endWatch = await watchListening(host);
	const nmap = await runProgram('nmap', ['-sT', '-n', '-Pn', '-p0-65535', '-oX', '-', host]);
	const portui = await runCli(['scan', host, '-p', 'all', '--json']);
	const watched = await endWatch();
	const {hosts} = JSON.parse(portui.stdout) as {readonly hosts: ReadonlyArray<{readonly ports: ReadonlyArray<{readonly port: number; readonly state: string}>}>};
	const found = {
		nmap: Array.from(nmap.stdout.matchAll(/portid="(\d+)"><state state="open"/g), match => Number(match[1])),
		portui: hosts[0]!.ports.filter(({state}) => state === 'open').map(({port}) => port),
	};
	const nothing = {missed: [], invented: []};
	t.deepEqual(checkOpenPorts(found.nmap, watched), nothing);
	t.deepEqual(checkOpenPorts(found.portui, watched), nothing);
});
