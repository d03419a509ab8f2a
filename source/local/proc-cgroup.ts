import type {Container, ContainerRuntime, ServiceUnit} from './local-socket.ts';

export type CgroupFacts = {readonly unit: ServiceUnit | null; readonly container: Container | null};

/** Unit types that hold processes (systemd.unit(5)); a slice only groups them. */
const unitSuffix = /\.(?:service|scope|socket|mount|swap)$/;

/** systemd writes `_` before a name that would mean something else to the kernel. */
const unescape = (segment: string): string => (segment.startsWith('_') ? segment.slice(1) : segment);

/** The unit a path of control groups leads through: the first below the slices, or the user's own below `user@1000.service`. */
const unitOf = (path: string): ServiceUnit | null => {
	const segments = path.split('/').filter(segment => segment !== '').map(segment => unescape(segment));
	const isUnit = (segment: string): boolean => unitSuffix.test(segment);
	const first = segments.findIndex(segment => !segment.endsWith('.slice'));
	const name = segments[first];
	if (name === undefined || !isUnit(name)) {
		return null;
	}

	if (/^user@\d+\.service$/.test(name)) {
		const own = segments.slice(first + 1).find(segment => !segment.endsWith('.slice'));
		return own !== undefined && isUnit(own) ? {name: own, manager: 'user'} : {name, manager: 'system'};
	}

	return {name, manager: 'system'};
};

const containerId = '([\\da-f]{64})';

/** How runtimes name the control group of a container. The monitor of podman (`libpod-conmon-…`) is none. */
const containerPatterns: ReadonlyArray<readonly [pattern: RegExp, runtime: ContainerRuntime]> = [
	[new RegExp(`^docker-${containerId}\\.scope$`), 'docker'],
	[new RegExp(`^libpod-${containerId}(?:\\.scope)?$`), 'podman'],
	[new RegExp(`(?:^|[:-])cri-containerd[:-]${containerId}(?:\\.scope)?$`), 'containerd'],
	[new RegExp(`^nerdctl-${containerId}\\.scope$`), 'containerd'],
	[new RegExp(`^crio-${containerId}(?:\\.scope)?$`), 'cri-o'],
];

const bareId = new RegExp(`^${containerId}$`);

/** A pod's UID in a name such as `pod8f3c….`, or `kubepods-burstable-pod8f3c_….slice`, where dashes are written as underscores. */
const podName = /(?:^|-)pod([\da-f]{8}(?:[-_][\da-f]{4}){3}[-_][\da-f]{12})(?:\.slice|$|:)/;

const containerOf = (path: string): Container | null => {
	const segments = path.split('/').filter(segment => segment !== '');
	const pod = segments.map(segment => podName.exec(segment)?.[1]?.replaceAll('_', '-')).find(uid => uid !== undefined) ?? null;
	for (const [index, segment] of segments.entries()) {
		for (const [pattern, runtime] of containerPatterns) {
			const id = pattern.exec(segment)?.[1];
			if (id !== undefined) {
				return {runtime, id, pod};
			}
		}

		const id = bareId.exec(segment)?.[1];
		if (id === undefined) {
			continue;
		}

		if (pod !== null) {
			return {runtime: 'kubernetes', id, pod};
		}

		// containerd puts a container below its namespace; `default` is the one of ctr and nerdctl.
		const parent = segments[index - 1];
		if (parent === 'docker' || parent === 'default') {
			return {runtime: parent === 'docker' ? 'docker' : 'containerd', id, pod};
		}
	}

	return null;
};

/**
Tells from `/proc/<pid>/cgroup` which systemd unit or container a process belongs to.

Version 2 has one line, `0::/system.slice/nginx.service`; version 1 one a hierarchy, of which `name=systemd` is systemd's own, and others may alone know the container.
*/
export const parseCgroup = (text: string): CgroupFacts => {
	const lines = text.split('\n').map(line => /^\d+:([^:]*):(.*)$/.exec(line)).filter(match => match !== null);
	const rank = (controllers: string): number => (controllers === '' ? 0 : (controllers === 'name=systemd' ? 1 : 2));
	const paths = lines.map(([, controllers = '', path = '']) => ({order: rank(controllers), path})).sort((one, other) => one.order - other.order);
	const container = paths.map(({path}) => containerOf(path)).find(found => found !== null) ?? null;
	const unit = paths.filter(({order}) => order < 2).map(({path}) => unitOf(path)).find(found => found !== null) ?? null;
	return {unit, container};
};
