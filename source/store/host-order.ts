import {numberOf} from '../scan/address-block.ts';
import type {ScanRecord} from '../scan/scan-record.ts';

const orders = new WeakMap<ScanRecord, readonly number[]>();

/** The order in which the hosts of a record are listed, as their indexes: those that were named as they were, then those of blocks by their addresses. */
export const hostOrder = (record: ScanRecord): readonly number[] => {
	const {hosts, started} = record;
	const last = orders.get(record);
	if (last?.length === hosts.length) {
		return last;
	}

	const named = started.hosts.map((_, index) => index);
	const ofBlocks = hosts.slice(named.length).map(({host: {address}}, index) => ({index: named.length + index, family: address.family, number: numberOf(address)}));
	ofBlocks.sort((one, other) => one.family - other.family || (one.number < other.number ? -1 : 1));
	const order = [...named, ...ofBlocks.map(({index}) => index)];
	orders.set(record, order);
	return order;
};
