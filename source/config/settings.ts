/** What a setting may be. Times are in milliseconds once they are read, sizes in bytes. */
export type Accepts =
	| {readonly kind: 'switch'}
	| {readonly kind: 'number'; readonly least: number; readonly most: number}
	| {readonly kind: 'time'; readonly least: number; readonly most: number}
	| {readonly kind: 'size'; readonly least: number; readonly most: number}
	| {readonly kind: 'choice'; readonly words: readonly string[]}
	| {readonly kind: 'states'; readonly words: readonly string[]}
	| {readonly kind: 'ports'}
	| {readonly kind: 'hosts'};

export type Setting = {
	/** As it is named in sentences and, behind its table, in the file: `scan.rate`. */
	readonly name: string;
	/** The flag that wins over it, by the name meow gives it; undefined where there is none. */
	readonly flag: string | undefined;
	/** A variable of longer standing that turns it off when it is set to anything but nothing. */
	readonly offVariable?: string;
	readonly accepts: Accepts;
	/** What holds where nobody sets it, in words for a document. */
	readonly unless: string;
	readonly description: string;
	/** An example for the document, as it is written in the file. */
	readonly example: string;
};

/**
Every setting. The reader of the file, the environment, the command line and the document about it all go by this table.

The bounds of numbers are those of the flags.
*/
export const settings = [
	{name: 'scan.ports', flag: 'ports', accepts: {kind: 'ports'}, unless: 'top1000', description: 'ports to probe', example: '"top100,8000-8100"'},
	{name: 'scan.exclude-ports', flag: 'excludePorts', accepts: {kind: 'ports'}, unless: 'none', description: 'ports to leave out', example: '"9100"'},
	{name: 'scan.exclude', flag: 'exclude', accepts: {kind: 'hosts'}, unless: 'none', description: 'hosts never to scan; what --exclude names is left out too', example: '["192.0.2.1", "198.51.100.0/24"]'},
	{name: 'scan.concurrency', flag: 'concurrency', accepts: {kind: 'number', least: 1, most: 65_536}, unless: 'as many as the host answers well', description: 'most probes in flight to one address', example: '500'},
	{name: 'scan.rate', flag: 'rate', accepts: {kind: 'number', least: 1, most: 1_000_000}, unless: 'no bound', description: 'most probes a second, over all hosts', example: '1000'},
	{name: 'scan.timeout', flag: 'timeout', accepts: {kind: 'time', least: 1, most: 600_000}, unless: 'follows the round-trip time', description: 'how long to wait for an answer', example: '"2s"'},
	{name: 'scan.tries', flag: 'tries', accepts: {kind: 'number', least: 1, most: 20}, unless: 'follows the loss seen', description: 'tries for a silent port', example: '3'},
	{name: 'scan.thorough', flag: 'thorough', accepts: {kind: 'switch'}, unless: 'false', description: 'more tries for silent ports', example: 'true'},
	{name: 'scan.keep-going', flag: 'keepGoing', accepts: {kind: 'switch'}, unless: 'false', description: 'ask every port, even of a host that accepts everything or is gone', example: 'true'},
	{name: 'scan.assume-up', flag: 'assumeUp', accepts: {kind: 'switch'}, unless: 'false', description: 'scan hosts of a block or a list even if none of the first probes is answered', example: 'true'},
	{name: 'scan.show', flag: 'show', accepts: {kind: 'states', words: ['open', 'closed', 'filtered', 'unknown']}, unless: 'open,unknown', description: 'states that portui scan lists', example: '["open", "filtered"]'},
	{name: 'history.keep', flag: 'history', offVariable: 'PORTUI_NO_HISTORY', accepts: {kind: 'switch'}, unless: 'true', description: 'keep a record of every scan', example: 'false'},
	{name: 'history.scans', flag: undefined, accepts: {kind: 'number', least: 1, most: 100_000}, unless: '100', description: 'most scans to keep; pinned ones do not count and stay', example: '500'},
	{name: 'history.bytes', flag: undefined, accepts: {kind: 'size', least: 1_000_000, most: 1_000_000_000_000}, unless: '200MB', description: 'most room for them; pinned ones do not count and stay', example: '"1GB"'},
	{name: 'screen.color', flag: 'color', offVariable: 'NO_COLOR', accepts: {kind: 'switch'}, unless: 'true', description: 'colours', example: 'false'},
	{name: 'screen.view', flag: undefined, accepts: {kind: 'choice', words: ['explore', 'map', 'scans', 'local', 'history', 'guide']}, unless: 'explore', description: 'the view to begin with', example: '"local"'},
] as const satisfies readonly Setting[];

export type SettingName = (typeof settings)[number]['name'];

/** What a setting is set to: a time in milliseconds, a size in bytes, a list as its items. */
export type SettingValue = boolean | number | string | readonly string[];

/** The variable of a setting: `PORTUI_SCAN_KEEP_GOING` for `scan.keep-going`. */
export const variableOf = ({name}: Pick<Setting, 'name'>): string => `PORTUI_${name.toUpperCase().replaceAll(/[.-]/g, '_')}`;

/** The switches among the flags that a setting may turn on or off, as they are typed: each has its opposite, `--no-thorough` or `--history`. */
export const settableSwitches: ReadonlySet<string> = new Set(['thorough', 'keep-going', 'assume-up', 'no-history', 'no-color']);

/** The flag that undoes a switch: `no-thorough` for `thorough`, `color` for `no-color`. */
export const oppositeOf = (flag: string): string => (flag.startsWith('no-') ? flag.slice(3) : `no-${flag}`);
