import {rollup} from 'rollup';
import {dts} from 'rollup-plugin-dts';

/** Rolls the types of the library up into one declaration file: what it exports, and what that is made of. */
export const rollUpDeclarations = async (entry: string): Promise<string> => {
	const bundle = await rollup({input: entry, plugins: [dts()], external: /^node:/});
	const {output: [{code}]} = await bundle.generate({format: 'es'});
	await bundle.close();
	return code;
};
