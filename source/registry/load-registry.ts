import {createRegistry} from './create-registry.ts';
import {decodeRegistry} from './decode.ts';
import type {Registry} from './registry.ts';

let loading: Promise<Registry> | undefined;

/**
Loads the registry: once, on the first call, as a chunk of its own, so that a program that never asks pays nothing.

@throws When the data was not built: `scripts/build-registry.ts` writes it.
*/
export const loadRegistry = async (): Promise<Registry> => {
	loading ??= import('../../generated/registry-data.js').then(text => createRegistry(decodeRegistry(text)));
	return loading;
};
