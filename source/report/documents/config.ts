import type {DocumentVersion} from './values.ts';

/** A setting, and who says so. */
export type SettingDocument = {
	/** As the file has it: `scan.rate`. */
	readonly name: string;
	/** Null where nobody sets it. */
	readonly value: string | number | boolean | readonly string[] | null;
	/** Who sets it. */
	readonly from: 'default' | 'file' | 'environment';
	/** File, line and column, or the name of the variable; null where nobody sets it. */
	readonly place: string | null;
	/** The variable that sets it. */
	readonly variable: string;
	/** What holds where nobody sets it, in words. */
	readonly unless: string;
};

/** What is set, and where. */
export type ConfigDocument = {
	readonly portui: DocumentVersion;
	readonly kind: 'config';
	/** The place of the file, whether it is there or not; null where there is no folder for it. */
	readonly file: string | null;
	/** Every setting there is. */
	readonly settings: readonly SettingDocument[];
};
