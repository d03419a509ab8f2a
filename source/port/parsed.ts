/**
What a parser answers.

Wrong input is expected, so it is a value: `message` is one clear sentence for the person who typed it.
*/
export type Parsed<Value> = {readonly ok: true; readonly value: Value} | {readonly ok: false; readonly message: string};

export const parsed = <Value>(value: Value): Parsed<Value> => ({ok: true, value});
export const rejected = (message: string): {readonly ok: false; readonly message: string} => ({ok: false, message});
