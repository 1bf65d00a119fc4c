import { syncBuiltinESMExports } from 'node:module';
import os, { type NetworkInterfaceInfo } from 'node:os';

/**
 * Gives this machine more addresses, as far as this process can tell, until the returned function is called: test
 * machines have private ones only, with which a rule about public ones cannot be told from no rule at all.
 */
export function addOwnAddresses(addresses: readonly string[]): () => void {
  const real = os.networkInterfaces;
  const added = addresses.map((address): NetworkInterfaceInfo => {
    const common = { address, netmask: '', mac: '00:00:00:00:00:00', internal: false, cidr: null };
    return address.includes(':') ? { ...common, family: 'IPv6', scopeid: 0 } : { ...common, family: 'IPv4' };
  });
  os.networkInterfaces = () => ({ ...real(), public0: added });
  syncBuiltinESMExports();
  return () => {
    os.networkInterfaces = real;
    syncBuiltinESMExports();
  };
}
