import { isIPv4 } from 'node:net';

/** True for a host that is this machine itself; names are not looked up, so `localhost` alone is one. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
