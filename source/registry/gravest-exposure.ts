import type {Transport} from '../port/port.ts';
import {severities, type Exposure, type Severity, type Vantage} from './registry.ts';

/** A judgement as it holds from one vantage. `service` is the usual one of the port, which may not be what listens. */
export type JudgedExposure = {readonly service: string; readonly severity: Severity; readonly from: Vantage; readonly concern: string; readonly safer: string};

/** The gravest judgement about a transport that holds for a listener reachable from there; null where there is none. */
export const gravestExposure = (exposures: readonly Exposure[], transport: Transport, from: Vantage): JudgedExposure | null => {
	let gravest: JudgedExposure | null = null;
	for (const {service, transports, severity: judged, concern, safer} of exposures) {
		const severity = judged[from];
		if (transports.includes(transport) && severity !== null && (gravest === null || severities.indexOf(severity) > severities.indexOf(gravest.severity))) {
			gravest = {service, severity, from, concern, safer};
		}
	}

	return gravest;
};
