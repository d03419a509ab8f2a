import {isPort} from '../../port/port.ts';
import {readAddress} from '../../scan/address.ts';
import type {ScanEvent} from '../../scan/event.ts';
import type {ReadProgram} from '../../scan/program-reader.ts';
import type {ScanTeller} from '../../scan/scan-teller.ts';
import {createNmapGatherer, TooLarge} from './gather-nmap-xml.ts';
import {createXmlWalker, type XmlAttributes} from './walk-xml.ts';

/** No line that is looked at is longer. */
const longestLine = 300;

/** nmap's share of a task that is done: `44.30`. */
const isShare = (text: string): boolean => /^\d{1,3}(?:\.\d{1,2})?$/.test(text);

const isTask = (text: string): boolean => /^[A-Za-z][\w ()-]{1,40}$/.test(text);

/**
Reads nmap's XML while nmap writes it, and the lines that it says beside: a port is told of when it is found open, everything else when its host is done.

Both are bounded, and no text of theirs is trusted: what is not understood is passed over.
*/
export const followNmap: ReadProgram = teller => {
	const gatherer = createNmapGatherer();
	let hasBegun = false;
	let told = 0;
	let problem: string | null = null;
	let exitMessage: string | null = null;

	const tellDoing = (task: string, percent: string): void => {
		if (isTask(task) && isShare(percent)) {
			teller.doing({task, share: Math.min(1, Number(percent) / 100)});
		}
	};

	/** Tells of the hosts whose elements have ended. */
	const tellOn = (): void => {
		for (const event of gatherer.takeEvents()) {
			tell(event);
		}

		for (let host = gatherer.hostAt(told); host?.isDone === true; host = gatherer.hostAt(told)) {
			if (host.isUp || host.down !== undefined) {
				teller.over(host.address, host.isUp ? undefined : host.down);
			}

			told++;
		}
	};

	const tell = (event: ScanEvent): void => {
		if (event.kind === 'probed') {
			teller.probed(gatherer.hostAt(event.host)!.address, event.port, event.verdict);
		} else if (event.kind === 'observed') {
			teller.observed(gatherer.hostAt(event.host)!.address, event.port, event.observed);
		}
	};

	const walker = createXmlWalker({
		open(name: string, attributes: XmlAttributes, path) {
			if (name === 'taskprogress' && path.length === 1) {
				tellDoing(attributes['task'] ?? '', attributes['percent'] ?? '');
			} else if (name === 'finished' && attributes['exit'] === 'error') {
				exitMessage = (attributes['errormsg'] ?? 'it ended with an error').slice(0, longestLine);
			}

			gatherer.visitor.open(name, attributes, path);
		},
		close(name, path) {
			gatherer.visitor.close(name, path);
			if (path.length <= 1) {
				tellOn();
			}
		},
	});

	return {
		write(piece) {
			if (problem !== null) {
				return;
			}

			try {
				// Another document may have come before, and its line end with this one.
				const text = hasBegun ? piece : piece.trimStart();
				hasBegun ||= text !== '';
				walker.write(text);
			} catch (error) {
				if (!(error instanceof TooLarge)) {
					throw error;
				}

				problem = `it told of ${error.message}, which is more than is kept of one scan`;
			}
		},
		say(line) {
			const words = line.slice(0, longestLine);
			const [, port = '', addressText = ''] = /^Discovered open port (\d{1,5})\/tcp on (\S{1,100})$/.exec(words) ?? [];
			const address = readAddress(addressText);
			if (address !== undefined && isPort(Number(port))) {
				teller.probed(address, Number(port) as Parameters<ScanTeller['probed']>[1], {state: 'open', tries: 1});
				return;
			}

			const [, task = '', percent = ''] = /^([\w ()-]{2,41}) Timing: About ([\d.]{1,6})% done/.exec(words) ?? [];
			tellDoing(task, percent);
		},
		end() {
			const end = walker.end();
			if (problem !== null) {
				return {isWhole: false, problem};
			}

			if (exitMessage !== null) {
				return {isWhole: false, problem: exitMessage};
			}

			return {isWhole: end.kind === 'whole', problem: end.kind === 'damaged' ? `its document is damaged (${end.problem})` : null};
		},
	};
};
