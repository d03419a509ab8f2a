/** Sockets a scan has open at once, at most, whatever the machine allows: more gained nothing on any path measured, and cost memory. */
export const mostSockets = 8000;
