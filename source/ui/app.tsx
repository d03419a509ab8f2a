import {Box, Text, useInput, usePaste} from 'ink';
import {useCallback, useMemo, useSyncExternalStore, type ReactNode} from 'react';
import {guideFactsOf} from '../store/guide.ts';
import {coloringOf} from '../store/map-coloring.ts';
import {lineInHand, listeningPortsOf, localLinesOf, selectedLineIndex} from '../store/local-selectors.ts';
import {findingsOf, scanBefore, scanIndex, selectedFindingIndex, selectedHost} from '../store/scans-selectors.ts';
import {portListOf, selectedOpeningIndex} from '../store/selectors.ts';
import type {Session} from '../store/session.ts';
import {Footer} from './components/footer.tsx';
import {Header} from './components/header.tsx';
import {handleKey, insertText} from './handle-key.ts';
import {hereParagraphs} from './here-paragraphs.ts';
import {keyNamesOf} from './key-names.ts';
import {computeLayout, smallestScreen} from './layout.ts';
import {mapFactsOf} from './map/kinds-of-ports.ts';
import {DetailPane} from './panes/detail-pane.tsx';
import {FindingsPane} from './panes/findings-pane.tsx';
import {HostsPane} from './panes/hosts-pane.tsx';
import {PacePane} from './panes/pace-pane.tsx';
import {HelpPane} from './panes/help-pane.tsx';
import {KeptPane} from './panes/kept-pane.tsx';
import {PastPane} from './panes/past-pane.tsx';
import {PagePane} from './panes/page-pane.tsx';
import {MapPane} from './panes/map-pane.tsx';
import {PortsPane} from './panes/ports-pane.tsx';
import {RangesPane} from './panes/ranges-pane.tsx';
import {ScanPane} from './panes/scan-pane.tsx';
import {TopicsPane} from './panes/topics-pane.tsx';
import {SocketPane} from './panes/socket-pane.tsx';
import {SocketsPane} from './panes/sockets-pane.tsx';
import {StopPane} from './panes/stop-pane.tsx';

/** The whole screen: a function of the store, exactly as large as the terminal. */
export const App = ({session}: {readonly session: Session}): ReactNode => {
	const {store} = session;
	const state = useSyncExternalStore(store.subscribe, store.getState);
	const {size: {columns, rows}, view, focus, isZoomed, registry, port, find, scan, form, local, ownClientRange} = state;

	useInput((input, key) => {
		for (const name of keyNamesOf(input, key)) {
			handleKey(session, name);
		}
	});
	usePaste(text => {
		insertText(session, text);
	});

	const onDetailOverflow = useCallback((lines: number) => {
		if (store.getState().detailTop > lines) {
			store.dispatch({type: 'overflowMeasured', of: 'detail', lines});
		}
	}, [store]);
	const onHelpOverflow = useCallback((lines: number) => {
		if (store.getState().helpTop > lines) {
			store.dispatch({type: 'overflowMeasured', of: 'help', lines});
		}
	}, [store]);

	const onSocketOverflow = useCallback((lines: number) => {
		if (store.getState().local.top > lines) {
			store.dispatch({type: 'overflowMeasured', of: 'socket', lines});
		}
	}, [store]);

	const onPastOverflow = useCallback((lines: number) => {
		if (store.getState().history.top > lines) {
			store.dispatch({type: 'overflowMeasured', of: 'past', lines});
		}
	}, [store]);

	// A form is shown whatever pane has the screen: it was asked for.
	const zoomed = isZoomed ? (form === undefined ? local.stop === undefined ? (state.history.note === undefined ? focus : 'past') : 'socket' : 'scan') : undefined;
	const isScanShown = scan !== undefined;
	const layout = useMemo(() => computeLayout(columns, rows, zoomed, isScanShown, view), [columns, rows, zoomed, isScanShown, view]);
	const list = useMemo(() => portListOf(state), [find.results]);
	const facts = useMemo(() => mapFactsOf(state), [registry, scan?.record, find.results, listeningPortsOf(state)]);
	const here = useMemo(() => hereParagraphs(local, port), [local.rows, local.takenAt, port]);
	const revision = scan?.record.revision ?? 0;
	const guideFacts = useMemo(() => guideFactsOf(state), [registry, scan, local.rows, local.reading, ownClientRange]);

	if (layout.isTooSmall) {
		return (
			<Box width={columns} height={rows}>
				<Text wrap='truncate'>{`q quits. portui needs ${smallestScreen.columns}×${smallestScreen.rows}; this is ${columns}×${rows}.`.slice(0, columns)}</Text>
			</Box>
		);
	}

	const {ranges, ports, map, detail, sockets, socket, hosts, findings, pace, kept, past} = layout.panes;
	// The view of scans has no pane for the question that starts one: it takes the place of what was found.
	const scanRectangle = layout.panes.scan ?? (form === undefined ? undefined : findings);
	const isBehindForm = form !== undefined || local.stop !== undefined || state.history.note !== undefined;
	return (
		<Box width={columns} height={rows} overflow='hidden' flexDirection='column'>
			<Header width={columns} view={view} record={scan?.record} isUnkept={scan?.unkept !== undefined} revision={revision}/>
			{state.isHelpShown
				? <HelpPane rectangle={{column: 0, row: 1, width: columns, height: rows - 2}} top={state.helpTop} onOverflow={onHelpOverflow}/>
				: <>
					{layout.panes.topics && <TopicsPane rectangle={layout.panes.topics} isInHand={focus === 'topics'} pageId={state.guide.pageId}/>}
					{layout.panes.page && <PagePane rectangle={layout.panes.page} isInHand={focus === 'page'} guide={state.guide} facts={guideFacts} revision={revision}/>}
					{ranges && <RangesPane rectangle={ranges} isInHand={focus === 'ranges' && !isBehindForm} unfolded={state.unfolded} rowId={state.rangeRowId}/>}
					{ports && <PortsPane rectangle={ports} isInHand={focus === 'ports' && !isBehindForm} registry={registry} list={list} port={port} find={find} record={scan?.record} revision={revision} listening={listeningPortsOf(state)}/>}
					{map && <MapPane rectangle={map} isInHand={focus === 'map' && !isBehindForm} port={port} coloring={coloringOf(state)} facts={facts} revision={revision}/>}
					{detail && <DetailPane rectangle={detail} isInHand={focus === 'detail' && !isBehindForm} registry={registry} ownClientRange={ownClientRange ?? undefined} port={port} top={state.detailTop} record={scan?.record} isOfFile={scan?.opened?.origin.kind === 'file'} here={here} revision={revision} onOverflow={onDetailOverflow}/>}
					{scanRectangle && <ScanPane rectangle={scanRectangle} isInHand={focus === 'scan' && !isBehindForm} registry={registry} form={form} scan={scan} selected={selectedOpeningIndex(state)}/>}
					{hosts && <HostsPane rectangle={hosts} isInHand={focus === 'hosts' && !isBehindForm} record={scan?.record} selected={selectedHost(state)}/>}
					{findings && form === undefined && (
						<FindingsPane
							rectangle={findings} isInHand={focus === 'findings' && !isBehindForm} registry={registry} scan={scan} before={scanBefore(state)} place={scanIndex(state)} keptCount={state.scans.kept.length}
							findings={findingsOf(state)} selected={selectedFindingIndex(state)} {...state.scans}
						/>
					)}
					{pace && <PacePane rectangle={pace} isInHand={focus === 'pace' && !isBehindForm} scan={scan}/>}
					{kept && <KeptPane rectangle={kept} isInHand={focus === 'kept' && !isBehindForm} state={state}/>}
					{past && <PastPane rectangle={past} isInHand={focus === 'past' || state.history.note !== undefined} state={state} onOverflow={onPastOverflow}/>}
					{sockets && (
						<SocketsPane
							rectangle={sockets} isInHand={focus === 'sockets' && !isBehindForm} registry={registry} rows={local.rows} lines={localLinesOf(state)} selected={selectedLineIndex(state)}
							reading={local.reading} takenAt={local.takenAt} hiddenCount={local.hiddenCount} leavesOutOthers={local.leavesOutOthers}
							filter={local.filter} sort={local.sort} isReversed={local.isReversed} grouping={local.grouping} isWithConnections={local.isWithConnections} isReadByRoot={local.isReadByRoot} reach={local.reach}
						/>
					)}
					{socket && (local.stop === undefined
						? <SocketPane rectangle={socket} isInHand={focus === 'socket'} registry={registry} line={lineInHand(state)} rows={local.rows} processes={local.processes} isReadByRoot={local.isReadByRoot} reach={local.reach} top={local.top} onOverflow={onSocketOverflow}/>
						: <StopPane rectangle={socket} dialog={local.stop} processes={local.processes}/>)}
				</>}
			<Box position='absolute' marginTop={rows - 1} width={columns} height={1}><Footer state={state} width={columns}/></Box>
		</Box>
	);
};
