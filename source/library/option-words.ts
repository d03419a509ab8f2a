/** The flags that sentences speak of, and what a program writes instead. */
const options: Readonly<Record<string, string>> = {
	'--seed': 'seed',
	'--concurrency': 'concurrency',
	'--rate': 'rate',
	'--timeout': 'timeoutMs',
	'--tries': 'tries',
	'--exclude': 'exclude',
	'--exclude-ports': 'excludePorts',
	'--keep-going': 'keepGoing',
	'--assume-up': 'assumeUp',
	'--yes': 'mayScanPublic: true',
	'-4': 'family: 4',
	'-6': 'family: 6',
};

/** Says a sentence of the command line in the words of the library. What is quoted in it was typed, and stays. */
export const inOptionWords = (sentence: string): string =>
	sentence.replaceAll(/"(?:[^"\\]|\\.)*"|(?<![\w-])-[46]\b|(?<![\w-])--[a-z-]+/g, found => (Object.hasOwn(options, found) ? options[found]! : found));
