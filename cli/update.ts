export {runUpdate} from '../source/commands/update.ts';
export {fetchSource} from '../source/io/fetch-source.ts';
export {readSource} from '../source/io/read-source.ts';
