export {runLookup} from '../source/commands/lookup.ts';
export {readClientRange} from '../source/io/read-client-range.ts';
