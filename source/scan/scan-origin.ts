/** Where a scan comes from that was not made by this run of the program. */
export type ScanOrigin =
	/** A document; `name` is that of its file, `-` is standard input. */
	| {readonly kind: 'file'; readonly name: string; readonly format: string}
	/** The history, by its id. */
	| {readonly kind: 'history'; readonly id: string};
