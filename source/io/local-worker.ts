import {parentPort} from 'node:worker_threads';
import {createProcReader} from './read-proc.ts';

if (parentPort === null) {
	throw new Error('local-worker is a worker thread: start it with createLocalSockets.');
}

const port = parentPort;
const read = createProcReader();

// Whatever is posted asks for one reading; answers come in order.
port.on('message', () => {
	port.postMessage(read());
});
