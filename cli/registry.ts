// Loaded where the registry is asked.
export {createRegistryStore} from '../source/io/registry-store.ts';
export {loadRegistry, loadShownRegistry} from '../source/registry/load-registry.ts';
