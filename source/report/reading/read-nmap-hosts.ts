import type {Host} from '../../scan/event.ts';
import {readNmapXml} from './read-nmap-xml.ts';

/** The hosts that a document of nmap lists, with the names that they were asked for by; none where it is no such document. */
export const readNmapHosts = (text: string): readonly Host[] => {
	const read = readNmapXml(text);
	return read.ok ? read.value.started.hosts : [];
};
