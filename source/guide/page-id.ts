/** The pages of the guide, in the order they are best read; at most 21 characters fit the list. */
export const pageTitles = {
	port: 'What a port is',
	ranges: 'The three ranges',
	names: 'Names and numbers',
	listening: 'Listening',
	connections: 'Connections',
	ephemeral: 'Ephemeral ports',
	scanning: 'What a scan can know',
	exposure: 'Why open ports matter',
	transports: 'TCP, UDP and others',
	special: 'Special ports',
} as const;

export type PageId = keyof typeof pageTitles;

export const pageIds = Object.keys(pageTitles) as readonly PageId[];
