// Loaded where something is scanned, or a kept scan is read.
export {runScanCommand} from '../source/commands/scan.ts';
export {retention} from '../source/history/retention.ts';
export {isProcessRunning} from '../source/io/process-running.ts';
export {createRequestScan, nameScan} from '../source/io/request-scan.ts';
export {createScanHistory, keepingScans} from '../source/io/scan-history.ts';
export {scanInWorker} from '../source/io/scan-in-worker.ts';
