import test from 'ava';
import fc from 'fast-check';
import {parseCgroup} from '../../source/local/proc-cgroup.ts';

const id = '3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a';
const uid = '8f3c0a1e-1b2c-4d5e-8f90-a1b2c3d4e5f6';
const scored = uid.replaceAll('-', '_');

const units: ReadonlyArray<readonly [text: string, unit: string | null]> = [
	['0::/system.slice/nginx.service\n', 'nginx.service'],
	['0::/system.slice/system-getty.slice/getty@tty1.service\n', 'getty@tty1.service'],
	['0::/user.slice/user-1000.slice/session-3.scope\n', 'session-3.scope'],
	['0::/user.slice/user-1000.slice/user@1000.service/app.slice/web.service\n', 'web.service (user)'],
	['0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-org.gnome.Terminal.slice/vte-spawn-1.scope\n', 'vte-spawn-1.scope (user)'],
	['0::/user.slice/user-1000.slice/user@1000.service/init.scope\n', 'init.scope (user)'],
	['0::/init.scope\n', 'init.scope'],
	['0::/system.slice/nginx.service/worker\n', 'nginx.service'],
	['0::/\n', null],
	['0::/_dev.service\n', 'dev.service'],
	['12:cpu,cpuacct:/x.service\n1:name=systemd:/system.slice/ssh.service\n0::/\n', 'ssh.service'],
	['3:cpu:/process_api/96454640c52194f4\n1:name=systemd:/\n', null],
	['', null],
	['garbage\n0:x\n', null],
];

for (const [text, expected] of units) {
	test(`the unit of ${JSON.stringify(text)}`, t => {
		const {unit} = parseCgroup(text);
		t.is(unit === null ? null : `${unit.name}${unit.manager === 'user' ? ' (user)' : ''}`, expected);
	});
}

const containers: ReadonlyArray<readonly [text: string, container: string | null]> = [
	[`0::/system.slice/docker-${id}.scope`, 'docker'],
	[`12:memory:/docker/${id}\n1:name=systemd:/docker/${id}`, 'docker'],
	[`0::/docker/${id}/init.scope`, 'docker'],
	[`0::/machine.slice/libpod-${id}.scope/container`, 'podman'],
	[`0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope`, 'podman'],
	[`0::/machine.slice/libpod-conmon-${id}.scope`, null],
	[`11:pids:/libpod_parent/libpod-${id}`, 'podman'],
	[`0::/system.slice/nerdctl-${id}.scope`, 'containerd'],
	[`5:devices:/default/${id}`, 'containerd'],
	[`0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${scored}.slice/cri-containerd-${id}.scope`, `containerd in ${uid}`],
	[`0::/kubepods.slice/kubepods-pod${scored}.slice/crio-${id}.scope`, `cri-o in ${uid}`],
	[`0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${scored}.slice/docker-${id}.scope`, `docker in ${uid}`],
	[`9:cpu:/kubepods/burstable/pod${uid}/${id}`, `kubernetes in ${uid}`],
	[`0::/system.slice/kubepods-burstable-pod${scored}.slice:cri-containerd:${id}`, `containerd in ${uid}`],
	[`0::/user.slice/${id}`, null],
	['0::/docker/short', null],
	['0::/system.slice/docker.service', null],
];

for (const [text, expected] of containers) {
	test(`the container of ${text.replaceAll(id, '<id>').replaceAll('\n', ' ')}`, t => {
		const {container} = parseCgroup(`${text}\n`);
		t.is(container === null ? null : `${container.runtime}${container.pod === null ? '' : ` in ${container.pod}`}`, expected);
		t.true(container === null || container.id === id);
	});
}

test('no text breaks it', t => {
	const segment = fc.constantFrom('docker', 'user@1000.service', 'system.slice', id, `docker-${id}.scope`, 'a.service', '', '_', `pod${uid}`);
	fc.assert(fc.property(fc.oneof(fc.string({unit: 'binary'}), fc.array(segment).map(segments => `0::/${segments.join('/')}`)), text => {
		const {container} = parseCgroup(text);
		return container === null || container.id === id;
	}));
	t.pass();
});
