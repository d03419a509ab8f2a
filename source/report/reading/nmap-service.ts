import type {Observed} from '../../scan/observed.ts';
import {longestText, readText} from './nmap-attributes.ts';
import type {XmlAttributes} from './walk-xml.ts';

/**
What a `service` element tells of what somebody asked.

nmap says `probed` of that, and `table` of a guess from the port's number. masscan has no such attribute, but a banner.

@returns Undefined where it is a guess, or tells nothing.
*/
export const readService = ({name, method, product, version, extrainfo, tunnel, banner}: XmlAttributes): Observed | undefined => {
	if (method !== 'probed' && banner === undefined) {
		return undefined;
	}

	const protocol = name === undefined || name === '' || name === 'unknown' ? null : `${tunnel === 'ssl' ? 'ssl/' : ''}${name}`.slice(0, longestText);
	const observed = {protocol, product: readText(product), version: readText(version), banner: readText(banner ?? extrainfo)};
	return Object.values(observed).every(value => value === null) ? undefined : observed;
};
