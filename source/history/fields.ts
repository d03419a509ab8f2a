/** An object of a document, as it was parsed. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parses a text that is one object of JSON. @returns Undefined when it is none. Never throws. */
export const parseFields = (text: string): Fields | undefined => {
	try {
		const value: unknown = JSON.parse(text);
		return isFields(value) ? value : undefined;
	} catch {
		return undefined;
	}
};
