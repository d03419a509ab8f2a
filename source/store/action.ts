import type {Port} from '../port/port.ts';
import type {OwnClientRange} from '../local/client-range.ts';
import type {Registry} from '../registry/registry.ts';
import type {Unkept} from '../scan/scan-plan.ts';
import type {ScanRecord} from '../scan/scan-record.ts';
import type {RequestProblem, ScanRequest} from '../scan/scan-request.ts';
import type {HistoryAction} from './history-state.ts';
import type {LocalAction} from './local-action.ts';
import type {ScansAction} from './scans-state.ts';
import type {Message, Pane, View} from './state.ts';
import type {TextEdit} from './text-field.ts';

/** Everything that can change the state. */
export type Action =
	| {readonly type: 'resized'; readonly columns: number; readonly rows: number}
	| {readonly type: 'registryLoaded'; readonly registry: Registry}
	| {readonly type: 'clientRangeRead'; readonly range: OwnClientRange | null}
	/** A key was pressed: what was said about the one before has been read. */
	| {readonly type: 'keyPressed'}
	| {readonly type: 'messageShown'; readonly message: Message}
	| {readonly type: 'showView'; readonly view: View}
	/** Shows the next view (1) or the one before (-1). */
	| {readonly type: 'cycleView'; readonly step: 1 | -1}
	| {readonly type: 'focusPane'; readonly pane: Pane}
	/** Moves the focus to the next pane (1) or the one before (-1). */
	| {readonly type: 'cycleFocus'; readonly step: 1 | -1}
	/** Moves the selection of the pane in hand, or scrolls what it shows; infinite to go to an end. `lastTop`: the last line that a text may begin with, where its length is known. */
	| {readonly type: 'move'; readonly by: number; readonly lastTop?: number | undefined}
	/** Takes a link of the guide's page in hand, scrolled to where it is in sight. */
	| {readonly type: 'guideLinkChosen'; readonly linkId: string; readonly top: number}
	| {readonly type: 'fold'}
	| {readonly type: 'unfold'}
	| {readonly type: 'selectPort'; readonly port: Port}
	/** Shows the next colouring of the map (1) or the one before (-1). */
	| {readonly type: 'cycleColoring'; readonly step: 1 | -1}
	| {readonly type: 'open'}
	| {readonly type: 'back'}
	| {readonly type: 'toggleZoom'}
	| {readonly type: 'toggleHelp'}
	/** The text of a pane turned out this much longer than its pane, in lines. */
	| {readonly type: 'overflowMeasured'; readonly of: 'detail' | 'help' | 'socket' | 'past'; readonly lines: number}
	| {readonly type: 'startFind'}
	| {readonly type: 'editFind'; readonly edit: TextEdit}
	| {readonly type: 'acceptFind'}
	| {readonly type: 'moveMatch'; readonly step: 1 | -1}
	| {readonly type: 'typeDigit'; readonly digit: string}
	| {readonly type: 'deleteDigit'}
	| {readonly type: 'jump'}
	| {readonly type: 'openForm'}
	/** Shows the form with a request that could not be started, and why. */
	| {readonly type: 'requestRejected'; readonly request: ScanRequest; readonly problem: RequestProblem}
	| {readonly type: 'editForm'; readonly edit: TextEdit}
	| {readonly type: 'switchField'}
	| {readonly type: 'offerPorts'; readonly step: 1 | -1}
	| {readonly type: 'formSent'}
	| {readonly type: 'formRejected'; readonly problem: RequestProblem}
	| {readonly type: 'scanStarted'; readonly request: ScanRequest; readonly record: ScanRecord}
	/** The record of the scan has changed, in place. */
	| {readonly type: 'scanAdvanced'; readonly unkept?: Unkept | undefined}
	/** Goes to the port of the socket in hand, among all ports. */
	| {readonly type: 'exploreSocket'}
	| {readonly type: 'editNote'; readonly edit: TextEdit}
	| ScansAction
	| HistoryAction
	| LocalAction;
