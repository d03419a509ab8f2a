/** What is known of a document from elsewhere. */
export type ReadingOptions = {
	/** When its file was last written to, milliseconds since 1970: for a document that does not say when its scan began. */
	readonly modifiedAtMs?: number | undefined;
};
