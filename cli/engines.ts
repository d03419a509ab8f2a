// Loaded where another program makes a scan, here or elsewhere.
export {createStartVia} from '../source/io/start-via.ts';
export {startMasscan, startNmap} from '../source/io/start-programs.ts';
export {followMasscan} from '../source/report/reading/follow-masscan.ts';
export {followNmap} from '../source/report/reading/follow-nmap.ts';
export {followPortui, readPortuiStart} from '../source/report/reading/follow-portui.ts';
export {readNmapHosts} from '../source/report/reading/read-nmap-hosts.ts';
