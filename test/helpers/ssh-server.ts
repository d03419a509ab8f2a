import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {createServer, type AddressInfo} from 'node:net';
import {tmpdir, userInfo} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {cliPath, runProgram} from './run-cli.ts';
import {isInstalled} from './is-installed.ts';
import {startProgram} from './start-program.ts';

export type SshServer = {
	/** As `--via` takes it. */
	readonly destination: string;
	/** The environment in which `ssh` knows the server and has a key for it, and nothing of this user's. */
	readonly env: NodeJS.ProcessEnv;
	/** Where the programs are that are found there. */
	readonly programs: string;
	readonly end: () => Promise<void>;
};

const findFreePort = async (): Promise<number> => new Promise((resolve, reject) => {
	const server = createServer().once('error', reject).listen({host: '127.0.0.1', port: 0}, () => {
		const {port} = server.address() as AddressInfo;
		server.close(() => {
			resolve(port);
		});
	});
});

/** Whether a server can be started here: without it a test has nothing to scan from. */
export const hasSsh = async (): Promise<boolean> => await isInstalled('sshd') && await isInstalled('ssh') && await isInstalled('ssh-keygen');

const sshd = '/usr/sbin/sshd';

/**
Starts an ssh server on loopback with keys of its own. Whoever comes finds the given programs there and the basic ones, and nothing else.

@param programs - `portui` is this one, built; others are those of this machine.
*/
export const startSshServer = async (programs: readonly string[]): Promise<SshServer> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-ssh-'));
	const inFolder = (name: string): string => path.join(folder, name);
	const [there, here] = [inFolder('there'), inFolder('here')];
	await mkdir(there);
	await mkdir(here);
	for (const key of ['host', 'user']) {
		await runProgram('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', inFolder(key)]);
	}

	for (const program of programs) {
		await (program === 'portui'
			? writeFile(path.join(there, program), `#!/bin/sh\nexport PORTUI_NO_HISTORY=1\nexec '${process.execPath}' '${cliPath}' "$@"\n`, {mode: 0o755})
			: symlink(`/usr/bin/${program}`, path.join(there, program)));
	}

	await symlink('/bin/sh', path.join(there, 'sh'));
	const port = await findFreePort();
	const {username} = userInfo();
	await writeFile(inFolder('sshd_config'), [
		`ListenAddress 127.0.0.1`, `Port ${port}`, `HostKey ${inFolder('host')}`, `AuthorizedKeysFile ${inFolder('user.pub')}`, 'PidFile none', 'StrictModes no', 'UsePAM no', 'PermitRootLogin yes', 'PasswordAuthentication no', 'KbdInteractiveAuthentication no', 'PrintMotd no', 'PrintLastLog no', `SetEnv PATH=${there}`, '',
	].join('\n'));
	await writeFile(inFolder('ssh_config'), [
		'Host there', 'HostName 127.0.0.1', `Port ${port}`, `User ${username}`, `IdentityFile ${inFolder('user')}`, 'IdentitiesOnly yes', `UserKnownHostsFile ${inFolder('known_hosts')}`, 'GlobalKnownHostsFile /dev/null', 'StrictHostKeyChecking accept-new', 'LogLevel ERROR', '',
	].join('\n'));
	await writeFile(path.join(here, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F '${inFolder('ssh_config')}' "$@"\n`, {mode: 0o755});
	if (process.getuid?.() === 0) {
		await mkdir('/run/sshd', {recursive: true, mode: 0o755});
	}

	const server = await startProgram('/bin/sh', ['-c', `exec ${sshd} -D -e -f '${inFolder('sshd_config')}' 2>&1`]);
	return {
		destination: `${username}@there`,
		env: {...process.env, PORTUI_NO_HISTORY: '1', PATH: `${here}:${process.env['PATH'] ?? ''}`, SSH_AUTH_SOCK: ''},
		programs: there,
		async end() {
			await server.end();
			await rm(folder, {recursive: true, force: true});
		},
	};
};
