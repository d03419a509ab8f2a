import {parsed, rejected, type Parsed} from '../port/parsed.ts';

/** Where the date of a registry comes from: IANA's file has none of its own. */
export type DateBasis = 'last-modified' | 'newest-record';

/** What is known of a registry besides what is in it. */
export type RegistryProvenance = {
	/** A web address or a file, as the user knows it. */
	readonly source: string;
	/** When it was fetched or read, as ISO 8601. */
	readonly fetchedAt: string;
	/** As ISO 8601, to the day or the month; null where nothing tells. */
	readonly date: string | null;
	readonly dateBasis: DateBasis | null;
	readonly recordCount: number;
	readonly recordWithPortCount: number;
};

/** An imported registry as it is kept: tables as text, so that the next start decodes them and nothing more. */
export type StoredRegistry = {
	readonly provenance: RegistryProvenance;
	/** What `encodeRegistrations` wrote. */
	readonly registrations: string;
	/** What `encodeRecords` wrote; read when the first record is looked at. */
	readonly records: () => string;
};

/**
Raised whenever what is kept is written differently or means something else: another portui then says so instead of reading it wrongly.

1 had one list of other names for all transports; 2 has those of each.
*/
const formatVersion = 2;

const encoder = new TextEncoder();

/** What it means comes first: on a narrow screen the name of the file would leave no room for it. */
export const notShownSentence = (problem: string): string => `The built-in registry is shown until portui update runs: ${problem}.`;

/**
Writes a registry as a file: a line with version, checksum and lengths, then provenance, registrations and records.

@param checksumOf - Tells damage, no forgery: CRC-32 will do.
*/
export const formatStoredRegistry = ({provenance, registrations, records}: StoredRegistry, checksumOf: (bytes: Uint8Array) => number): Uint8Array => {
	const parts = [JSON.stringify(provenance), registrations, records()].map(text => encoder.encode(text));
	const body = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		body.set(part, at);
		at += part.length;
	}

	const head = encoder.encode(`portui-registry ${formatVersion} ${checksumOf(body)} ${parts.map(({length}) => length).join(' ')}\n`);
	const file = new Uint8Array(head.length + body.length);
	file.set(head);
	file.set(body, head.length);
	return file;
};

/** The line at the top is short: what has no line end in so many bytes is another file. */
const longestHead = 100;

/**
Reads the file that `formatStoredRegistry` wrote.

@param name - What the file is called in the sentence that rejects it.
@returns One sentence when the file is damaged or another version's.
*/
export const parseStoredRegistry = (file: Uint8Array, name: string, checksumOf: (bytes: Uint8Array) => number): Parsed<StoredRegistry> => {
	const headLength = file.subarray(0, longestHead).indexOf(0x0A);
	const decoder = new TextDecoder();
	const [word, version, checksum, ...lengths] = decoder.decode(file.subarray(0, Math.max(0, headLength))).split(' ');
	if (word !== 'portui-registry') {
		return rejected(notShownSentence(`${name} is not a registry of portui`));
	}

	if (version !== String(formatVersion)) {
		return rejected(notShownSentence(`${name} was written by another version of portui`));
	}

	const body = file.subarray(headLength + 1);
	const [provenanceLength = 0, registrationsLength = 0, recordsLength = 0] = lengths.map(Number);
	if (body.length !== provenanceLength + registrationsLength + recordsLength || checksumOf(body) !== Number(checksum)) {
		return rejected(notShownSentence(`${name} is damaged`));
	}

	const registrationsEnd = provenanceLength + registrationsLength;
	return parsed({
		// The checksum holds, so it is what was written.
		provenance: JSON.parse(decoder.decode(body.subarray(0, provenanceLength))) as RegistryProvenance,
		registrations: decoder.decode(body.subarray(provenanceLength, registrationsEnd)),
		// The bytes are kept, not the text: as text they would take twice the room, as one letter in it is beyond Latin-1.
		records: () => decoder.decode(body.subarray(registrationsEnd)),
	});
};

/** Says which registry it is, for the reader: `IANA registry of 2026-08-17, fetched 2026-08-20 from https://…`. */
export const formatOrigin = ({source, fetchedAt, date, dateBasis}: RegistryProvenance): string => {
	const age = date === null ? '' : (dateBasis === 'last-modified' ? ` of ${date}` : `, newest entry ${date}`);
	return `IANA registry${age}, ${/^https?:/.test(source) ? 'fetched' : 'read'} ${fetchedAt.slice(0, 10)} from ${source}`;
};
