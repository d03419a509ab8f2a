import {isLoopbackAddress, type ReachAt} from '../local/reach.ts';
import {reasonWords} from './reason-words.ts';

const names = (found: readonly ReachAt[], mergesLoopback: boolean): string =>
	[...new Set(found.map(({address}) => (mergesLoopback && isLoopbackAddress(address) ? 'loopback' : address)))].join(', ');

/** Where a listener answered, and where not and why: `loopback; not 192.168.1.5 (no answer)`. */
export const describeReach = (reach: readonly ReachAt[] | undefined): string => {
	if (reach === undefined || reach.length === 0) {
		return 'not tried';
	}

	const silent = reach.filter(({state}) => state !== 'open');
	const open = reach.filter(({state}) => state === 'open');
	const reasons = [...new Set(silent.map(({reason}) => reasonWords(reason)))].join(', ');
	// Both loopback addresses go by one name, unless they differ.
	const mergesLoopback = ![open, silent].every(found => found.some(({address}) => isLoopbackAddress(address)));
	const no = silent.length === 0 ? '' : `not ${names(silent, mergesLoopback)} (${reasons})`;
	return open.length === 0 ? `nowhere: ${no}` : `${names(open, mergesLoopback)}${no === '' ? '' : `; ${no}`}`;
};

/** The same in a word or two, for a column: `all 3 addresses`. */
export const summarizeReach = (reach: readonly ReachAt[] | undefined): string => {
	if (reach === undefined || reach.length === 0) {
		return 'not tried';
	}

	const open = reach.filter(({state}) => state === 'open');
	if (open.length === 0) {
		return 'nowhere';
	}

	if (open.every(({address}) => isLoopbackAddress(address))) {
		return open.length === reach.length ? 'loopback' : 'loopback alone';
	}

	return reach.length === 1 ? 'its address' : open.length === reach.length ? `all ${reach.length} addresses` : `${open.length} of ${reach.length}`;
};

/** What the answers do not tell. */
export const reachNote = 'Tried from this machine: a firewall that trusts what comes from here, as many do, lets these through and may still stop others.';
