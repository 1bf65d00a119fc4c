import { networkInterfaces } from 'node:os';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addOwnAddresses } from '#testing/server/own-address.ts';
import { isPublicAddress } from './addresses.ts';

describe('public addresses', () => {
  test.each(['8.8.8.8', '93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  test.each([
    ['loopback', '127.0.0.1'],
    ['all of loopback', '127.255.255.254'],
    ['unspecified', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['shared, carriers', '100.64.0.1'],
    ['a cloud’s metadata in the shared range', '100.100.100.200'],
    ['link-local, metadata', '169.254.169.254'],
    ['metadata in a protocol range', '192.0.0.192'],
    ['metadata in a public range', '168.63.129.16'],
    ['documentation', '192.0.2.1'],
    ['benchmarking', '198.18.0.1'],
    ['6to4 relays', '192.88.99.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 loopback', '::1'],
    ['IPv6 unspecified', '::'],
    ['IPv6 link-local', 'fe80::1'],
    ['IPv6 link-local with a zone', 'fe80::1%eth0'],
    ['IPv6 unique local, metadata', 'fd00:ec2::254'],
    ['IPv6 site-local', 'fec0::1'],
    ['IPv6 multicast', 'ff02::1'],
    ['IPv6 documentation', '2001:db8::1'],
    ['IPv4 mapped', '::ffff:127.0.0.1'],
    ['IPv4 mapped, in hexadecimal', '::ffff:7f00:1'],
    ['IPv4 compatible', '::127.0.0.1'],
    ['IPv4 translated', '::ffff:0:127.0.0.1'],
    ['6to4 of a private address', '2002:7f00:1::'],
    ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['NAT64 of a private address', '64:ff9b::a00:1'],
    ['NAT64, local use', '64:ff9b:1::a00:1'],
    ['not an address', 'localhost'],
    ['nothing', ''],
  ])('%s (%s) is not', (_name, address) => expect(isPublicAddress(address)).toBe(false));

  test('this machine’s own addresses are not', () => {
    const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    expect(own.length).toBeGreaterThan(0);
    for (const { address } of own) expect(isPublicAddress(address)).toBe(false);
  });

  test('this machine’s own public ones are not either, however they are written', () => {
    const own = ['198.41.0.4', '2001:503:ba3e::2:30'];
    for (const address of own) expect(isPublicAddress(address)).toBe(true);
    const remove = addOwnAddresses([...own, 'fe80::1%public0']);
    try {
      for (const address of [
        '198.41.0.4',
        '::ffff:198.41.0.4',
        '64:ff9b::198.41.0.4',
        '2001:503:ba3e::2:30',
        '2001:0503:BA3E:0:0:0:0002:0030',
        '2001:503:ba3e::2:30%public0',
      ]) {
        expect(isPublicAddress(address), address).toBe(false);
      }
      expect(isPublicAddress('198.41.0.5')).toBe(true);
      expect(isPublicAddress('2001:503:ba3e::2:31')).toBe(true);
    } finally {
      remove();
    }
    for (const address of own) expect(isPublicAddress(address)).toBe(true);
  });

  test('an address is judged the same however IPv6 wraps it', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublicAddress(address));
        expect(isPublicAddress(`64:ff9b::${address}`)).toBe(isPublicAddress(address));
      }),
    );
  });
});
