// Compiled by test/library/types.test.ts against the built declarations; never run.
import {readFileSync} from 'node:fs';
import {
	listeningSockets, lookup, parsePorts, PortuiError, scan,
	type HistoryDocument, type LocalDocument, type LocalEventDocument, type LookupDocument, type LookupPort, type Ports, type PortuiErrorCode, type Scan, type ScanDocument, type ScanEventDocument, type ScanOptions, type SocketDocument, type UpdateDocument,
} from 'portui';

type Same<One, Other> = (<Type>() => Type extends One ? 1 : 2) extends (<Type>() => Type extends Other ? 1 : 2) ? true : false;
const same = <One, Other>(_holds: Same<One, Other>): void => {};

const options: ScanOptions = {ports: '22,80-90', signal: AbortSignal.timeout(1000), show: ['open', 'closed'], family: 4, mayScanPublic: true};
const running: Scan = scan(['localhost', '10.0.0.0/24'], options);
scan('localhost');
scan('localhost', {ports: [22, 80], excludePorts: new Set([80])});
scan('localhost', {ports: await parsePorts('http')});

same<Awaited<ReturnType<Scan['result']>>, ScanDocument>(true);
same<Awaited<ReturnType<typeof lookup>>, readonly LookupPort[]>(true);
same<Awaited<ReturnType<typeof listeningSockets>>, readonly SocketDocument[]>(true);
same<Awaited<ReturnType<typeof parsePorts>>, Ports>(true);
same<LookupDocument['ports'][number], LookupPort>(true);
same<LocalDocument['sockets'][number], SocketDocument>(true);
same<HistoryDocument['scans'][number]['pinned'], boolean>(true);
same<Extract<UpdateDocument, {removed: boolean}>['kind'], 'update'>(true);
same<LocalEventDocument['event'], 'present' | 'opened' | 'closed'>(true);

for await (const event of running) {
	same<typeof event, ScanEventDocument>(true);
	// The kind tells what else there is.
	if (event.kind === 'probed') {
		same<typeof event.state, 'open' | 'closed' | 'filtered' | 'unknown'>(true);
		same<typeof event.rttMs, number | null>(true);
	} else if (event.kind === 'finished') {
		same<typeof event.status, 'complete' | 'interrupted' | 'failed'>(true);
	} else if (event.kind === 'host') {
		same<typeof event.counts.open, number>(true);
	} else if (event.kind === 'observed') {
		same<typeof event.observed.product, string | null>(true);
	} else {
		same<typeof event.kind, 'started'>(true);
	}
}

const ports = await parsePorts('22');
const numbers: number[] = [...ports];
const isIn: boolean = ports.has(numbers[0]!);
const text: string = `${String(ports)} ${isIn}`;
const found = await lookup(22);
same<(typeof found)[number], LookupPort>(true);
console.log(found[0]?.entries[0]?.name);
await lookup(text);
await listeningSockets({signal: AbortSignal.timeout(1)});

try {
	await running.result();
} catch (error) {
	if (error instanceof PortuiError) {
		same<typeof error.code, PortuiErrorCode>(true);
		if (error.code === 'ERR_UNRESOLVED') {
			console.error(error.message);
		}

		// @ts-expect-error There is no such code.
		console.error(error.code === 'ERR_OTHER');
	}
}

// A file that `portui scan --json` has written.
const document = JSON.parse(readFileSync('scan.json', 'utf8')) as ScanDocument;
console.log(document.hosts[0]?.ports[0]?.exposure?.severity);

// @ts-expect-error A target is needed.
scan();
// @ts-expect-error Targets are texts.
scan(22);
// @ts-expect-error It is called `ports`.
scan('localhost', {port: 22});
// @ts-expect-error Ports are a list or numbers.
scan('localhost', {ports: true});
// @ts-expect-error There is no such state.
scan('localhost', {show: ['opened']});
// @ts-expect-error There are two families.
scan('localhost', {family: 5});
// @ts-expect-error A scan is no promise: its result() is.
await scan('localhost').then(() => {});
// @ts-expect-error What is told is not changed.
document.status = 'complete';
// @ts-expect-error A list is not looked up.
await lookup(['22']);
// @ts-expect-error It is a text.
await parsePorts(22);
