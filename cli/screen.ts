// Loaded for the screen alone.
export {readClientRange} from '../source/io/read-client-range.ts';
export {createScreenHistory} from '../source/io/screen-history.ts';
export {systemClock} from '../source/io/system-clock.ts';
export {runScreen} from '../source/ui/run-screen.tsx';
