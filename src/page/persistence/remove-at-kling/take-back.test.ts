import { afterEach, describe, expect, test } from 'vitest';
import { uploadAssetReplyLenient } from '#contract/assets.ts';
import { engineBase } from '#contract/routes.ts';
import type { SentUpload } from '#page/detection/sent-uploads.ts';
import { readExchange } from '#page/session/read-exchange.ts';
import { err } from '#shared/result.ts';
import { type FakeVendor, type FakeVendorOptions, startFakeVendor } from '#testing/fake-vendor/fake-vendor.ts';
import { type CallKling, takeBack } from './take-back.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const ANA = 'ana@example.com';
const BEN = 'ben@example.com';

/** The live service, faked, and the page's way to call it without our server in between. */
async function start(options: FakeVendorOptions = {}) {
  const vendor = await startFakeVendor({ accounts: [ANA], ...options });
  closing.push(() => vendor.close());
  const authorization = `Bearer ${vendor.token}`;
  const call: CallKling = async ({ method, path, signal }) => {
    const target = vendor.baseUrl + path.slice(engineBase('kling').length);
    const response = await fetch(target, { method, headers: { authorization }, signal: signal ?? null }).catch(
      (error: unknown) => {
        if (signal?.aborted === true) throw error;
        return undefined;
      },
    );
    if (response === undefined) {
      return err({ code: 'unreachable', detail: undefined, retryAfterMs: undefined, exchange: undefined });
    }
    const body = await response.text();
    return readExchange({ method, path, status: response.status, durationMs: 1, body, requestId: undefined }, null);
  };
  const upload = async (email?: string): Promise<SentUpload> => {
    const query = email === undefined ? '' : `?email=${encodeURIComponent(email)}`;
    const response = await fetch(`${vendor.baseUrl}/assets/${query}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'image/png' },
      body: 'a picture',
    });
    const { url, fileName } = uploadAssetReplyLenient.parse(await response.json());
    return {
      address: url,
      credential: 'server',
      at: 1,
      ...(fileName === undefined ? {} : { fileName }),
      ...(email === undefined ? {} : { email }),
    };
  };
  const uploads = async (count: number, email?: string): Promise<readonly SentUpload[]> => {
    const all: SentUpload[] = [];
    for (let index = 0; index < count; index += 1) all.push(await upload(email));
    return all;
  };
  const run = async (sent: readonly SentUpload[], heard?: (count: number) => void, signal?: AbortSignal) => {
    const outcomes: string[] = [];
    const failure = await takeBack({
      uploads: sent,
      call,
      signal: signal ?? new AbortController().signal,
      onOutcome: async (_, outcome) => {
        outcomes.push(outcome);
        heard?.(outcomes.length);
      },
    });
    return { outcomes, failure: failure?.code };
  };
  return { vendor, upload, uploads, run };
}

const removals = (vendor: FakeVendor) =>
  vendor.callsTo('delete-uploaded').map(({ target }) => new URL(target, 'http://x').searchParams.get('id')?.split(','));

describe('taking uploads back at Kling', () => {
  test('removes what was sent from here, and nothing of anybody else’s with a like name or address', async () => {
    const { vendor, upload, run } = await start();
    const sent = await upload(ANA);
    const name = sent.fileName ?? '';
    const others = [
      vendor.addUpload({ name }),
      vendor.addUpload({ name: `copy of ${name}` }),
      vendor.addUpload({ name: name.toUpperCase() }),
      vendor.addUpload({ name: `${name} `, address: sent.address }),
    ];
    expect(await run([sent])).toEqual({ outcomes: ['removed'], failure: undefined });
    expect(vendor.uploads).toEqual(others);
  });

  test('asks for ten at a time, and tells of each part as soon as it is done', async () => {
    const { vendor, uploads, run } = await start();
    const heard: number[] = [];
    const sent = await uploads(23, ANA);
    const { outcomes } = await run(sent, () => heard.push(vendor.uploads.length));
    expect(outcomes).toEqual(Array(23).fill('removed'));
    expect(removals(vendor).map((ids) => ids?.length)).toEqual([10, 10, 3]);
    expect(new Set(heard)).toEqual(new Set([13, 3, 0]));
  });

  test('stops where a person cancels, after what is being removed', async () => {
    const { vendor, uploads, run } = await start();
    const cancelled = new AbortController();
    const { outcomes, failure } = await run(await uploads(12, ANA), () => cancelled.abort(), cancelled.signal);
    expect([outcomes.length, failure]).toEqual([10, undefined]);
    expect(vendor.uploads).toHaveLength(2);
    const calls = vendor.calls.length;
    expect(await run(await uploads(1, ANA), undefined, AbortSignal.abort())).toEqual({
      outcomes: [],
      failure: undefined,
    });
    expect(vendor.calls).toHaveLength(calls + 1);
  });

  test('takes nothing for gone that Kling does not name', async () => {
    const { vendor, uploads, run } = await start();
    const sent = await uploads(2, ANA);
    const [first] = vendor.uploads;
    vendor.on('delete-uploaded', { kind: 'json', value: { deleted: 2, ids: [first?.id] } }, 1);
    expect((await run(sent)).outcomes).toEqual(['removed', 'not-confirmed']);
    vendor.on('delete-uploaded', { kind: 'json', value: { deleted: 2 } }, 1);
    expect((await run(sent)).outcomes).toEqual(['not-confirmed', 'not-confirmed']);
  });

  test('ends with the cause where Kling does not answer, and tells what is not confirmed', async () => {
    const { vendor, uploads, run } = await start();
    const sent = await uploads(11, ANA);
    vendor.on('delete-uploaded', { kind: 'cut', when: 'before-headers' }, 1);
    expect(await run(sent)).toEqual({ outcomes: Array(10).fill('not-confirmed'), failure: 'unreachable' });
    vendor.on('uploaded', { kind: 'status', status: 429 }, 1);
    expect(await run(sent)).toEqual({ outcomes: [], failure: 'at-capacity' });
    vendor.on('uploaded', { kind: 'json', value: { assets: [] } }, 1);
    expect(await run(sent)).toEqual({ outcomes: [], failure: 'unreadable-reply' });
    expect(vendor.uploads).toHaveLength(11);
  });

  test('says what could not be found: gone already, or without a name in its reply', async () => {
    const { vendor, upload, run } = await start();
    const sent = await upload(ANA);
    await run([sent]);
    const { fileName: _, ...nameless } = await upload(ANA);
    expect(await run([sent, nameless])).toEqual({ outcomes: ['not-found', 'not-found'], failure: undefined });
    expect(vendor.uploads).toHaveLength(1);
  });

  test('finds it behind many others that match the search', async () => {
    const { vendor, upload, run } = await start();
    const sent = await upload(ANA);
    for (let index = 0; index < 120; index += 1) vendor.addUpload({ name: `${index}-${sent.fileName}` });
    expect((await run([sent])).outcomes).toEqual(['removed']);
    expect(vendor.uploads).toHaveLength(120);
    expect(vendor.callsTo('uploaded')).toHaveLength(3);
  });

  test('asks each account for its own, looks at all where none was named, and passes one by that is not there any more', async () => {
    const { vendor, uploads, upload, run } = await start({ accounts: [ANA, BEN] });
    const [ofAna, ofBen] = [await uploads(1, ANA), await uploads(1, BEN)];
    const { email: _, ...unnamed } = await upload(BEN);
    const lost: SentUpload = {
      address: 'https://x.example/a.jpg',
      fileName: 'a.jpg',
      email: 'gone@example.com',
      credential: 'own',
      at: 1,
    };
    const sent = [lost, ...ofAna, ...ofBen, unnamed];
    const { outcomes, failure } = await run(sent);
    expect(outcomes.toSorted()).toEqual(['no-access', 'removed', 'removed', 'removed']);
    expect([failure, vendor.uploads]).toEqual([undefined, []]);
    expect(removals(vendor).map((ids) => ids?.length)).toEqual([1, 2]);
  });
});
