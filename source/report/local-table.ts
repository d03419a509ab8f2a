import {formatEnd, isWaiting} from '../local/local-socket.ts';
import {formatCsv} from './csv.ts';
import {commandOf, describeContainer, ownerWords, scopeWords} from './local-words.ts';
import type {SocketView} from './local-view.ts';
import {formatMarkdownTable} from './markdown.ts';

const csvColumns = [
	'transport', 'state', 'address', 'port', 'peer_address', 'peer_port', 'ephemeral_side', 'scope', 'ownership', 'pid', 'other_pids', 'process', 'command', 'user', 'started_at',
	'unit', 'container', 'registry_name', 'severity', 'concern',
] as const;

/** Sockets as CSV (RFC 4180), a heading and a record a socket. What is null in the JSON document is empty here. */
export const formatLocalCsv = (views: readonly SocketView[]): string => formatCsv(
	csvColumns,
	views.map(({socket, facts, ephemeralSide}) => {
		const [owner, ...others] = socket.owners;
		return [
			socket.transport, socket.state, socket.address, socket.port, socket.peer?.address ?? null, socket.peer?.port ?? null, ephemeralSide, socket.scope, socket.ownership,
			owner?.pid ?? null, others.map(({pid}) => pid).join(' '), owner?.name ?? null, owner === undefined ? null : commandOf(owner), owner?.user ?? socket.user, owner?.startedAt ?? null,
			owner?.unit?.name ?? null, owner?.container ? describeContainer(owner.container) : null, facts?.registry?.name ?? null, facts?.exposure?.severity ?? null, facts?.exposure?.concern ?? null,
		];
	}),
);

const ownerCell = ({socket, isReadByRoot}: Pick<SocketView, 'socket' | 'isReadByRoot'>): string => {
	const [owner, ...others] = socket.owners;
	return owner === undefined ? ownerWords(socket, isReadByRoot) : `${owner.name} (PID ${owner.pid}${others.length === 0 ? '' : `, ${others.length} more`})`;
};

/** Sockets as a Markdown table. */
export const formatLocalMarkdown = (views: readonly SocketView[]): string => formatMarkdownTable(
	['Port', 'Over', 'State', 'Address', 'Peer', 'Can be reached from', 'Process', 'User', 'Usual service (guess)', 'Risk of it (guess)'],
	views.map(({socket, facts, isReadByRoot}) => {
		const {port, transport, state, address, peer, scope, owners, user} = socket;
		return [
			String(port), transport, state, address, peer === null ? '' : formatEnd(peer), isWaiting(socket) ? scopeWords[scope] : '', ownerCell({socket, isReadByRoot}),
			owners[0]?.user ?? user ?? '', facts?.registry?.name ?? '', facts?.exposure ? `${facts.exposure.severity}: ${facts.exposure.concern}` : '',
		];
	}),
);

/** The local ends, `address:port` a line, each once, IPv6 in brackets. */
export const formatLocalList = (views: readonly SocketView[]): string => [...new Set(views.map(({socket}) => `${formatEnd(socket)}\n`))].join('');
