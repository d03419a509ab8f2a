/** What can make a scan: portui's own sockets, or another program where it is installed. */
export const engineNames = ['socket', 'nmap', 'masscan'] as const;
export type EngineName = (typeof engineNames)[number];

/** Another program that can make a scan. */
export type ProgramName = Exclude<EngineName, 'socket'>;
