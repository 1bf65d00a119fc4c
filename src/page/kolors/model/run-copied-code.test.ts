/** The code that people copy, run as they run it: a shell, Node and Python against a vendor over real HTTP. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestSnippet } from '#page/requests/model/index.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { type FakeVendor, startFakeVendor } from '#testing/fake-vendor/fake-vendor.ts';
import { colouredJpeg } from '#testing/fake-vendor/replies.ts';
import { type HandOff, handOffScript } from './hand-off-script.ts';
import { DEFAULT_SETTINGS, draftRequest, shownKolorsCall } from './kolors-request.ts';

const run = promisify(execFile);

/** Prompts that break careless quoting, each in its own way. */
const HOSTILE = {
  quotes: `She said "it's 'fine'" and \`left\``,
  newlines: 'first line\nsecond\r\nthird\ttab',
  emoji: '👩🏽‍🚀 café naïve 日本語 \u2028 end',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a trap for shells and templates
  dollars: '$HOME ${USEAPI_TOKEN} $(touch owned) %s %d !! !$',
  backslashes: String.raw`C:\new\table \\ \' \" \u0041 \x41 trailing \\`,
  endings: "'; touch owned; '",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a trap for templates
  marks: '*/ // # """ \'\'\' <!-- --> ${x} {y} @file &a=b',
} as const;

/** True when a program is on this machine and does what the code asks of it. */
const works = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
const hasCurl = works('curl', '--version');
const hasPython = works('python3', '-c', 'import requests');

let vendor: FakeVendor;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'facebound-copied-'));
});
afterEach(async () => {
  await vendor.close();
  await rm(folder, { recursive: true, force: true });
});

type Language = 'curl' | 'javascript' | 'python';
const LANGUAGES: readonly (readonly [Language, boolean])[] = [
  ['curl', hasCurl],
  ['javascript', true],
  ['python', hasPython],
];

/** Runs copied code in the folder, with the token where its reader keeps it. */
async function execute(language: Language, code: string, token = vendor.token): Promise<string> {
  const env = { ...process.env, USEAPI_TOKEN: token };
  const name = { curl: 'call.sh', javascript: 'call.mjs', python: 'call.py' }[language];
  const command = { curl: 'sh', javascript: process.execPath, python: 'python3' }[language];
  await writeFile(path.join(folder, name), code);
  return (await run(command, [name], { cwd: folder, env })).stdout;
}

const bodyOf = (call: { readonly body: Uint8Array } | undefined): unknown =>
  JSON.parse(new TextDecoder().decode(call?.body ?? new Uint8Array()));

describe.each(LANGUAGES)('the copied request as %s', { timeout: 60_000 }, (language, isHere) => {
  it.skipIf(!isHere).each(Object.entries(HOSTILE))('arrives as the panel shows it: %s', async (_, prompt) => {
    vendor = await startFakeVendor();
    const request = draftRequest(
      { ...DEFAULT_SETTINGS, prompt, imageCount: 2 },
      { imageReference: `http://${vendor.host}/cdn/a.jpg?sig=it's&n=[1]`, faceNo: 2 },
      'kling@example.com',
    );
    const output = await execute(language, requestSnippet(shownKolorsCall(vendor.baseUrl, request), language));
    expect(output).toContain('submitted');
    expect(vendor.calls).toHaveLength(1);
    expect(bodyOf(vendor.callsTo('kolors')[0])).toEqual(request);
    expect(vendor.callsTo('kolors')[0]?.headers['content-type']).toBe('application/json');
    expect(vendor.creditsSpent).toBe(2);
    // Nothing that the prompt says has run.
    expect(await readdir(folder)).toHaveLength(1);
  });
});

describe.each(LANGUAGES.filter(([language]) => language !== 'curl'))(
  'the script as %s',
  { timeout: 60_000 },
  (language, isHere) => {
    const form = language === 'python' ? 'python' : 'javascript';
    const handOff = (change: Partial<HandOff> = {}): HandOff => ({
      baseUrl: vendor.baseUrl,
      email: undefined,
      picture: { kind: 'file', fileName: `it's "the" team.jpg`, contentType: 'image/jpeg' },
      // Half the size that Kling measures below, and three pixels off.
      chosen: { box: imageRect(203, 51, 50, 60), size: { width: 400, height: 300 } },
      settings: { ...DEFAULT_SETTINGS, prompt: Object.values(HOSTILE).join('\n') },
      ...change,
    });
    const boxes = [
      { x: 20, y: 60, width: 80, height: 96 },
      { x: 400, y: 100, width: 100, height: 120 },
    ];

    it.skipIf(!isHere)('uploads, finds the chosen face at its place, and asks for it with Kling’s number', async () => {
      vendor = await startFakeVendor({ boxes });
      const picture = await colouredJpeg(800, 600, 3);
      await writeFile(path.join(folder, `it's "the" team.jpg`), picture);
      const output = await execute(language, handOffScript(handOff(), form));
      expect(output).toContain('submitted');
      expect(vendor.calls.map(({ operation }) => operation)).toEqual(['assets', 'recognize', 'kolors']);
      expect(vendor.callsTo('assets')[0]?.body.equals(picture)).toBe(true);
      expect(bodyOf(vendor.callsTo('kolors')[0])).toEqual({
        ...draftRequest(
          handOff().settings,
          { imageReference: `http://${vendor.host}/cdn/upload-0.jpg`, faceNo: 2 },
          undefined,
        ),
      });
    });

    it.skipIf(!isHere)('gives a link to Kling as it is, and the account with every call', async () => {
      vendor = await startFakeVendor({
        boxes,
        accounts: ['a@b.c', 'kling@example.com'],
        linkedSize: { width: 800, height: 600 },
      });
      const url = `https://example.com/it's?a=$b&c="d"`;
      await execute(language, handOffScript(handOff({ picture: { kind: 'link', url }, email: 'a@b.c' }), form));
      expect(vendor.calls.map(({ operation }) => operation)).toEqual(['recognize', 'kolors']);
      expect(bodyOf(vendor.callsTo('recognize')[0])).toEqual({ email: 'a@b.c', imageReference: url });
      expect(bodyOf(vendor.callsTo('kolors')[0])).toMatchObject({ email: 'a@b.c', imageReference: url, faceNo: 2 });
    });

    it.skipIf(!isHere)('stops before it pays when Kling sees no face at this place, or none at all', async () => {
      for (const seen of [[boxes[0] ?? { x: 0, y: 0, width: 1, height: 1 }], []]) {
        vendor = await startFakeVendor({ boxes: seen });
        await writeFile(path.join(folder, `it's "the" team.jpg`), await colouredJpeg(800, 600, 3));
        await expect(execute(language, handOffScript(handOff(), form))).rejects.toThrow(/no face at this place/);
        expect(vendor.callsTo('kolors')).toHaveLength(0);
        if (seen.length > 0) await vendor.close();
      }
    });

    it.skipIf(!isHere)('stops with one sentence, in the service’s words, when a call is refused', async () => {
      vendor = await startFakeVendor({ boxes });
      vendor.on('recognize', { kind: 'status', status: 402 });
      await writeFile(path.join(folder, `it's "the" team.jpg`), await colouredJpeg(800, 600, 3));
      await expect(execute(language, handOffScript(handOff(), form))).rejects.toMatchObject({
        stderr: expect.stringMatching(
          /^The service refused \/images\/recognize-faces \(status 402\): [^{}\n]*expired[^{}\n]*\n$/,
        ),
      });
      expect(vendor.callsTo('kolors')).toHaveLength(0);
    });

    it.skipIf(!isHere)('says so when a call is refused without a reason', async () => {
      vendor = await startFakeVendor({ boxes });
      vendor.on('recognize', { kind: 'body', status: 500, contentType: 'application/json', body: '{}' });
      await writeFile(path.join(folder, `it's "the" team.jpg`), await colouredJpeg(800, 600, 3));
      await expect(execute(language, handOffScript(handOff(), form))).rejects.toMatchObject({
        stderr: 'The service refused /images/recognize-faces (status 500): it gave no reason\n',
      });
    });

    it.skipIf(!isHere)(
      'stops with the status and what was said when something else than the service answers',
      async () => {
        vendor = await startFakeVendor({ boxes });
        vendor.on('recognize', {
          kind: 'body',
          status: 502,
          contentType: 'text/html',
          body: '<html><h1>Bad gateway</h1></html>',
        });
        await writeFile(path.join(folder, `it's "the" team.jpg`), await colouredJpeg(800, 600, 3));
        const ended = execute(language, handOffScript(handOff(), form));
        await expect(ended).rejects.toThrow(/recognize-faces: status 502, and no JSON but: <html><h1>Bad gateway/);
        expect(vendor.callsTo('kolors')).toHaveLength(0);
      },
    );

    it.skipIf(!isHere)('asks for the token before it does anything', async () => {
      vendor = await startFakeVendor({ boxes });
      await expect(execute(language, handOffScript(handOff(), form), '')).rejects.toThrow(/Set USEAPI_TOKEN/);
      expect(vendor.calls).toHaveLength(0);
    });

    it.skipIf(!isHere)('uploads the crop of a face that was drawn, and asks for it without a number', async () => {
      vendor = await startFakeVendor({ boxes });
      const crop = await colouredJpeg(300, 375, 3);
      await writeFile(path.join(folder, `it's "the" team.jpg`), crop);
      await execute(language, handOffScript(handOff({ chosen: undefined }), form));
      expect(vendor.calls.map(({ operation }) => operation)).toEqual(['assets', 'kolors']);
      expect(Buffer.from(vendor.callsTo('assets')[0]?.body ?? [])).toEqual(crop);
      expect(bodyOf(vendor.callsTo('kolors')[0])).toMatchObject({ reference: 'face', version: 'kling-v2-1' });
      expect(bodyOf(vendor.callsTo('kolors')[0])).not.toHaveProperty('faceNo');
    });

    it('begins with how to run it, says when the prompt is empty, and has nothing in it that does nothing', async () => {
      vendor = await startFakeVendor();
      const script = handOffScript(handOff(), form);
      const [first, second] = script.split('\n');
      expect(`${first} ${second}`).toMatch(
        form === 'python'
          ? /^# Save as kolors\.py beside the picture.*pip install requests && python3 kolors\.py$/
          : /^\/\/ Save as kolors\.mjs beside the picture.*node kolors\.mjs /,
      );
      const linked = handOffScript(handOff({ picture: { kind: 'link', url: 'https://a.test/b.jpg' } }), form);
      expect(linked.split('\n').slice(0, 2).join(' ')).not.toContain('beside the picture');
      expect(script).not.toMatch(/\.\.\.\{\}|\*\*\{\}|prompt is empty/);
      const unprompted = handOffScript(handOff({ settings: { ...DEFAULT_SETTINGS, prompt: ' ' } }), form);
      expect(unprompted).toContain('The prompt is empty');
    });

    it('holds no token, no address of this page and no number of the embedded engine', async () => {
      vendor = await startFakeVendor();
      const script = handOffScript({ ...handOff(), baseUrl: 'https://api.useapi.net/v1/kling' }, form);
      expect(script).not.toMatch(/127\.0\.0\.1|localhost|\/files\/|blob:/);
      expect(script).not.toMatch(/["']?faceNo["']?: \d/);
      expect(script).not.toContain(vendor.token);
      expect(script).toContain('$USEAPI_TOKEN');
    });
  },
);
