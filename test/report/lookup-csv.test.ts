import {parse} from 'csv-parse/sync';
import test from 'ava';
import {formatLookupCsv} from '../../source/report/lookup-csv.ts';
import {factsOf, lookupContext} from '../helpers/lookup-registry.ts';

const read = (text: string): ReadonlyArray<Record<string, string>> => parse(text, {columns: true, record_delimiter: '\r\n'});

test('a row for each entry of each port, with the facts of the port in each', t => {
	const rows = read(formatLookupCsv(factsOf(6667, 80), lookupContext));
	t.deepEqual(rows.map(row => [row['port'], row['name'], row['status'], row['transports']]), [
		['6667', 'ircu', 'assigned', 'tcp'],
		['6667', '', 'reserved', 'udp'],
		['80', 'http', 'assigned', 'tcp udp'],
	]);
	t.deepEqual(rows.map(row => row['risk_internet']), ['low', 'low', '']);
	t.deepEqual(rows.map(row => row['blocked_by_browsers']), ['yes', 'yes', 'no']);
	t.is(rows[2]!['purpose'], 'HTTP: web pages; Nothing | much');
	t.is(rows[2]!['aliases'], 'www');
});

test('a client range that could not be read is left empty', t => {
	t.deepEqual(read(formatLookupCsv(factsOf(50_000, 80), lookupContext)).map(row => row['client_range_here']), ['yes', 'no']);
	const [row] = read(formatLookupCsv(factsOf(50_000), {...lookupContext, ownClientRange: undefined}));
	t.is(row!['client_range_here'], '');
	t.is(row!['client_range_of'], 'Windows; macOS');
});

test('no ports are the header alone', t => {
	t.regex(formatLookupCsv([], lookupContext), /^port,range,status,name,aliases,transports,description,[a-z_,]+\r\n$/);
});
