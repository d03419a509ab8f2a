import type {RequestListener} from 'node:http';
import type {Socket} from 'node:net';
import process from 'node:process';
import {gzipSync} from 'node:zlib';
import test from 'ava';
import {fetchSource, type FetchLimits} from '../../source/io/fetch-source.ts';
import {makeCertificate} from '../helpers/certificate.ts';
import {serveHttp, serveHttps, serveProxy, serveRaw, type Served} from '../helpers/web-server.ts';

const variables = ['https_proxy', 'http_proxy', 'all_proxy', 'no_proxy'].flatMap(name => [name, name.toUpperCase()]);

/** Sets the proxy variables to these and no others. */
const setEnvironment = (values: Readonly<Record<string, string>>): void => {
	for (const name of variables) {
		delete process.env[name];
	}

	Object.assign(process.env, values);
};

test.before(() => {
	setEnvironment({});
});

const forever = new AbortController().signal;

/** Longer than any test lasts, so that a limit that was not meant never decides. */
const patient: FetchLimits = {totalMs: 60_000, silenceMs: 60_000};

const csv: RequestListener = (_, response) => {
	response.writeHead(200, {'content-type': 'text/csv; charset=utf-8', 'last-modified': 'Mon, 17 Aug 2026 10:00:00 GMT'}).end('a,b\n1,2\n');
};

const fetchFrom = async (server: Served, path = '/ports.csv', limits = patient) => fetchSource(new URL(path, server.url), forever, limits);

test.serial('a file comes as it is, with the day it was modified', async t => {
	const server = await serveHttp(csv);
	const fetched = await fetchFrom(server);
	await server.close();
	t.true(fetched.ok);
	if (fetched.ok) {
		t.is(new TextDecoder().decode(fetched.value.bytes), 'a,b\n1,2\n');
		t.is(fetched.value.lastModified, '2026-08-17');
		t.is(fetched.value.name, `${server.url}/ports.csv`);
	}
});

test.serial('a password in the address is neither told nor kept', async t => {
	const server = await serveHttp(csv);
	const fetched = await fetchFrom(server, `http://user:secret@127.0.0.1:${server.port}/x`);
	const failed = await fetchFrom(server, `http://user:secret@127.0.0.1:${server.port}/x`, {...patient, mostBytes: 3});
	await server.close();
	t.is(fetched.ok && fetched.value.name, `${server.url}/x`);
	t.notRegex(failed.ok ? '' : failed.message, /secret/);
});

test.serial('redirects are followed', async t => {
	const server = await serveHttp((request, response) => {
		if (request.url === '/ports.csv') {
			csv(request, response);
		} else {
			response.writeHead(307, {location: '/ports.csv'}).end();
		}
	});
	const fetched = await fetchFrom(server, '/old');
	await server.close();
	t.is(fetched.ok && fetched.value.name, `${server.url}/ports.csv`);
});

/** Writes a whole answer of its own and ends the connection. */
const raw = (answer: string) => (socket: Socket): void => {
	socket.once('data', () => {
		socket.end(answer);
	});
};

const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n';

const brokenAnswers: ReadonlyArray<readonly [what: string, onConnection: (socket: Socket) => void, sentence: RegExp]> = [
	['less than was announced', raw(`${head}Content-Length: 1000\r\n\r\nshort`), /cannot be fetched: the connection was cut before all had come \(ECONNRESET\)\.$/],
	['chunks that do not end', raw(`${head}Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n`), /cannot be fetched: the connection was cut before all had come \(ECONNRESET\)\.$/],
	['chunks of nonsense', raw(`${head}Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\nzz\r\n`), /cannot be fetched: (it does not speak HTTP as it should \(HPE_|the connection was cut)/],
	['no HTTP at all', raw('SSH-2.0-OpenSSH_9.2\r\n'), /cannot be fetched: it does not speak HTTP as it should \(HPE_/],
	['nothing', socket => socket.destroy(), /cannot be fetched: the connection was cut before all had come \(ECONNRESET\)\.$/],
];

for (const [what, onConnection, sentence] of brokenAnswers) {
	test.serial(`a server that sends ${what}`, async t => {
		const server = await serveRaw(onConnection);
		const fetched = await fetchFrom(server);
		await server.close();
		t.false(fetched.ok);
		t.regex(fetched.ok ? '' : fetched.message, sentence);
	});
}

const drip: RequestListener = (_, response) => {
	response.writeHead(200, {'content-type': 'text/csv'});
	const timer = setInterval(() => {
		response.write('a');
	}, 5);
	response.on('close', () => {
		clearInterval(timer);
	});
};

const flood: RequestListener = (_, response) => {
	response.writeHead(200, {'content-type': 'text/csv'});
	const pour = (): void => {
		while (!response.destroyed && response.write('x'.repeat(10_000))) {
			// Until the buffer is full.
		}
	};
	response.on('drain', pour);
	pour();
};

const answers: ReadonlyArray<readonly [what: string, listener: RequestListener, sentence: RegExp, limits?: FetchLimits]> = [
	['404', (_, response) => response.writeHead(404).end('gone'), /\/ports\.csv answered 404 Not Found\.$/],
	['500', (_, response) => response.writeHead(500).end(), /answered 500 Internal Server Error\.$/],
	['206', (_, response) => response.writeHead(206, {'content-type': 'text/csv'}).end('a'), /answered 206 Partial Content\.$/],
	['a web page', (_, response) => response.writeHead(200, {'content-type': 'text/html'}).end('<html>'), /answered with a web page, not with CSV; does this network ask to sign in\?$/],
	['gzip that was not asked for', (_, response) => response.writeHead(200, {'content-encoding': 'gzip'}).end(gzipSync('a,b')), /in an encoding that was not asked for \(gzip\)\.$/],
	['the announcement of too much', (_, response) => response.writeHead(200, {'content-length': '2000001'}).end('a'), /would send more than 2 MB, and IANA's registry has about 1\.$/, {...patient, mostBytes: 2_000_000}],
	['without end', flood, /sends more than 1 MB, and IANA's registry has about 1\.$/, {...patient, mostBytes: 1_000_000}],
	['a letter now and then', drip, /cannot be fetched: it was not there after 0\.15 s\.$/, {...patient, totalMs: 150}],
	['no answer', () => {}, /cannot be fetched: nothing came for 0\.05 s\.$/, {...patient, silenceMs: 50}],
	['half an answer and then nothing', (_, response) => response.writeHead(200).write('a'), /cannot be fetched: nothing came for 0\.05 s\.$/, {...patient, silenceMs: 50}],
	['a circle', (_, response) => response.writeHead(302, {location: '/ports.csv'}).end(), /leads on and on: 5 redirects were followed\.$/],
	['a redirect to nowhere', (_, response) => response.writeHead(302).end(), /leads elsewhere without saying where\.$/],
	['a redirect to another scheme', (_, response) => response.writeHead(302, {location: 'file:///etc/passwd'}).end(), /leads to file:\/\/\/etc\/passwd, which is not https: anybody on the way could change it\.$/],
];

for (const [what, listener, sentence, limits] of answers) {
	test.serial(`a server that answers ${what}`, async t => {
		const server = await serveHttp(listener);
		const fetched = await fetchFrom(server, '/ports.csv', limits);
		await server.close();
		t.false(fetched.ok);
		t.regex(fetched.ok ? '' : fetched.message, sentence);
	});
}

test.serial('a server that is not there', async t => {
	const server = await serveHttp(csv);
	await server.close();
	const fetched = await fetchFrom(server);
	t.is(fetched.ok ? '' : fetched.message, `${server.url}/ports.csv cannot be fetched: nothing listens there (ECONNREFUSED).`);
});

test.serial('whoever interrupts is not kept waiting, and the connection ends', async t => {
	const controller = new AbortController();
	let whenClosed: Promise<void> | undefined;
	const server = await serveHttp((request, response) => {
		whenClosed = new Promise(resolve => {
			request.socket.on('close', () => {
				resolve();
			});
		});
		response.writeHead(200).write('a');
		controller.abort(new Error('enough'));
	});
	await t.throwsAsync(fetchSource(new URL(server.url), controller.signal, patient), {message: 'enough'});
	await whenClosed;
	await server.close();
});

test.serial('the proxy of the environment is asked, with its password, and NO_PROXY leaves it out', async t => {
	const [server, proxy] = [await serveHttp(csv), await serveProxy()];
	const target = `127.0.0.1:${server.port}`;
	for (const values of [{HTTP_PROXY: proxy.url}, {http_proxy: `127.0.0.1:${proxy.port}`}, {ALL_PROXY: `http://us%40er:secret@127.0.0.1:${proxy.port}`}]) {
		setEnvironment(values);
		t.true((await fetchFrom(server)).ok);
	}

	t.deepEqual(proxy.asked.map(each => each.target), [target, target, target]);
	t.is(proxy.asked[2]!.authorization, `Basic ${Buffer.from('us@er:secret').toString('base64')}`);
	for (const values of [{NO_PROXY: '127.0.0.1'}, {no_proxy: '*'}]) {
		setEnvironment({HTTP_PROXY: proxy.url, ...values});
		t.true((await fetchFrom(server)).ok);
	}

	t.is(proxy.asked.length, 3);
	setEnvironment({});
	await server.close();
	await proxy.close();
});

const brokenProxies: ReadonlyArray<readonly [what: string, answer: Parameters<typeof serveProxy>[0], sentence: RegExp]> = [
	['asks for a password', socket => socket?.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n'), /answered 407 Proxy Authentication Required\.$/],
	['cannot connect', socket => socket?.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'), /answered 502 Bad Gateway\.$/],
	['hangs up', socket => socket?.destroy(), /cannot be fetched through the proxy http:\/\/127\.0\.0\.1:\d+: /],
	['says nothing', () => {}, /cannot be fetched through the proxy http:\/\/127\.0\.0\.1:\d+: nothing came for 0\.05 s\.$/],
];

for (const [what, answer, sentence] of brokenProxies) {
	test.serial(`a proxy that ${what}`, async t => {
		const [server, proxy] = [await serveHttp(csv), await serveProxy(answer)];
		setEnvironment({HTTP_PROXY: `http://user:secret@127.0.0.1:${proxy.port}`});
		const fetched = await fetchFrom(server, '/ports.csv', {...patient, silenceMs: 50});
		setEnvironment({});
		await server.close();
		await proxy.close();
		t.regex(fetched.ok ? '' : fetched.message, sentence);
		t.notRegex(fetched.ok ? '' : fetched.message, /secret/);
	});
}

test.serial('a proxy that is none of HTTP', async t => {
	for (const proxy of ['socks5://127.0.0.1:1080', 'http://', 'http://[::1']) {
		setEnvironment({HTTP_PROXY: proxy});
		const fetched = await fetchSource(new URL('http://127.0.0.1/'), forever, patient);
		t.regex(fetched.ok ? '' : fetched.message, /^The proxy of this environment is not one of HTTP, such as http:\/\/proxy\.example:3128: .*NO_PROXY=127\.0\.0\.1 to go without\.$/);
	}

	setEnvironment({});
});

const identity = makeCertificate();
const withCertificate = identity === undefined ? test.serial.skip : test.serial;

withCertificate(`a certificate that nobody vouches for is not trusted${identity === undefined ? ' (there is no openssl to make one)' : ''}`, async t => {
	const server = await serveHttps(identity!, csv);
	const fetched = await fetchFrom(server);
	await server.close();
	t.regex(fetched.ok ? '' : fetched.message, /cannot be fetched: its certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\); .*NODE_EXTRA_CA_CERTS/);
});
