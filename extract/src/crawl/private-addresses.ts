import { lookup as resolveName, type LookupOptions } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const reserved = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  reserved.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  reserved.addSubnet(network, prefix, 'ipv6');
}

/** True for an address (v6 with or without brackets) outside of the public internet, and for the names that always mean one. */
export function isPrivateAddress(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (bare === 'localhost' || bare.endsWith('.localhost')) return true;
  const family = isIP(bare);
  // BlockList matches v4-mapped v6 addresses against the v4 rules by itself.
  return family !== 0 && reserved.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/** The system's look-up, failing with EPRIVATE as soon as one address is private. */
export const publicLookup: LookupFunction = (hostname: string, options: LookupOptions, callback) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    const isRefused = error === null && addresses.some(({ address }) => isPrivateAddress(address));
    const failure = isRefused ? Object.assign(new Error(`${hostname} is private`), { code: 'EPRIVATE' }) : error;
    if (failure) {
      callback(failure, '', 0);
    } else if (options.all) {
      callback(null, addresses);
    } else {
      callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
    }
  });
};
