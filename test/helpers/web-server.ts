import {once} from 'node:events';
import http, {type RequestListener, type Server} from 'node:http';
import https from 'node:https';
import net, {type AddressInfo, type Socket} from 'node:net';
import type {Duplex} from 'node:stream';

/** A server on loopback that ends with everybody connected to it. */
export type Served = {readonly url: string; readonly port: number; readonly close: () => Promise<void>};

const start = async (server: Server | net.Server, scheme: string): Promise<Served> => {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => {
			sockets.delete(socket);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	return {
		url: `${scheme}://127.0.0.1:${port}`,
		port,
		async close() {
			for (const socket of sockets) {
				socket.destroy();
			}

			server.close();
			await once(server, 'close');
		},
	};
};

export const serveHttp = async (listener: RequestListener): Promise<Served> => start(http.createServer(listener), 'http');

export const serveHttps = async (identity: {readonly key: string; readonly cert: string}, listener: RequestListener): Promise<Served> => start(https.createServer(identity, listener), 'https');

/** Whatever is not HTTP as it should be. */
export const serveRaw = async (onConnection: (socket: Socket) => void): Promise<Served> => start(net.createServer(onConnection), 'http');

export type ServedProxy = Served & {
	/** What was asked to be connected to, with the credentials given. */
	readonly asked: ReadonlyArray<{readonly target: string; readonly authorization: string | undefined}>;
};

/** A proxy that connects through (CONNECT, RFC 9110, section 9.3.6), or answers as told. */
export const serveProxy = async (answer?: (socket: Duplex) => void): Promise<ServedProxy> => {
	const asked: Array<{target: string; authorization: string | undefined}> = [];
	const server = http.createServer((_, response) => {
		response.writeHead(501).end();
	});
	server.on('connect', (request, socket) => {
		asked.push({target: request.url ?? '', authorization: request.headers['proxy-authorization']});
		socket.on('error', () => {});
		if (answer) {
			answer(socket);
			return;
		}

		const [host = '', port = ''] = (request.url ?? '').split(':');
		const onward = net.connect(Number(port), host, () => {
			socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			onward.pipe(socket).pipe(onward);
		});
		onward.on('error', () => {
			socket.destroy();
		});
		socket.on('close', () => {
			onward.destroy();
		});
	});
	return {...await start(server, 'http'), asked};
};
