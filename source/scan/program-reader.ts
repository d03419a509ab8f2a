import type {ScanTeller} from './scan-teller.ts';

/** What is wrong with a document that has ended: null where it is whole. Half a sentence, or what the program itself said. */
export type ProgramEnd = {
	readonly isWhole: boolean;
	readonly problem: string | null;
	/** Whether it is whole whatever exit code follows: portui ends with 1 where a host cannot be reached. */
	readonly isSure?: true | undefined;
};

/** Reads what another program writes while it scans, and tells it on. */
export type ProgramReader = {
	/** Takes the next piece of its document. */
	readonly write: (piece: string) => void;
	/** Takes a line that it says beside the document. */
	readonly say: (line: string) => void;
	/** To be called once, after the last piece. */
	readonly end: () => ProgramEnd;
};

/** Makes what reads one run of a program. */
export type ReadProgram = (teller: ScanTeller) => ProgramReader;
