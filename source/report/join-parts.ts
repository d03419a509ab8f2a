/** Joins the parts of a line that there are. */
export const joinParts = (parts: ReadonlyArray<string | undefined>, separator: string): string =>
	parts.filter(part => part !== undefined && part !== '').join(separator);
