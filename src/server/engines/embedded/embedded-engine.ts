import { detectionReply, fileUrl } from '#api/detection-reply.ts';
import type { CallContext, Engine, EngineFailure, EngineReply } from '#api/engine.ts';
import { EMBEDDED_ACCOUNT } from '#contract/accounts.ts';
import { ASSET_STATUS_OK, type UploadAssetReply } from '#contract/assets.ts';
import { MEASURED_SHA256_HEADER } from '#contract/routes.ts';
import type { Detector } from '#detector/detector.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { FileOwners } from '../../files/file-owners.ts';
import type { FileStore } from '../../files/file-store.ts';
import { ownAddressOf } from '../../files/own-address.ts';
import { spoolFailure } from '../../files/spool-failure.ts';
import { newUploadName, publicNameKey, type StoredKey, uploadBytesKey } from '../../files/stored-name.ts';
import type { LinkFetcher } from '../../safe-fetch/fetch-picture.ts';
import { checkUpload } from './picture-check.ts';
import { createRecognition } from './recognition.ts';

const json = (
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): { readonly ok: true; readonly value: EngineReply } =>
  ok({ status: 200, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

/** Where a picture's bytes come from, with the digest that stands for its content in the store. */
type Source = {
  readonly digest: string;
  readonly load: () => Promise<Uint8Array | undefined>;
  /** SHA-256 of the bytes, hex, where the engine fetched them and the caller cannot know what it got. */
  readonly fetchedSha256?: string;
  /** Lets go of what was fetched. */
  readonly release?: () => Promise<void>;
};

/**
 * The engine of our own: keeps uploads and crops in the file store and finds faces with the detector. It generates
 * nothing and says so.
 */
export function createEmbeddedEngine(options: {
  readonly detector: Detector;
  readonly files: FileStore;
  readonly owners: FileOwners;
  readonly links: LinkFetcher;
  /** Whether an address is on this very server. */
  readonly isOwnAddress: (url: URL) => boolean;
  readonly detectorVersion: string;
}): Engine {
  const { detector, files, owners, links } = options;
  const recognition = createRecognition({ detector, files, detectorVersion: options.detectorVersion });
  const notImplemented = async (what: string) => err({ code: 'not-implemented', what } as const);

  const findSource = async (
    reference: string,
    call: Pick<CallContext, 'caller' | 'signal'>,
  ): Promise<Result<Source, EngineFailure>> => {
    const own = ownAddressOf(reference, options.isOwnAddress);
    if (own !== undefined) {
      const picture = own === 'missing' ? undefined : await files.use(own.name);
      return picture === undefined ? err({ code: 'file-gone' }) : ok(picture);
    }
    const fetched = await links.fetchPicture(reference, 'detected', call);
    if (!fetched.ok) return fetched;
    const { digest, sha256, read, release } = fetched.value;
    return ok({ digest, load: read, fetchedSha256: sha256, release });
  };

  return {
    name: 'embedded',
    uploadAsset: async ({ body, contentType }, { signal, caller, publicOrigin, owner }) => {
      const spooled = await files.spool(body);
      if (!spooled.ok) return err(spoolFailure(spooled.error));
      const { path, digest, discard } = spooled.value;
      let name: string;
      let keys: readonly StoredKey[];
      try {
        const kind = await checkUpload(path, contentType, { caller, signal });
        if (!kind.ok) {
          await discard();
          return kind;
        }
        name = newUploadName(kind.value);
        keys = [publicNameKey(name), uploadBytesKey(`${digest}.${kind.value}`)];
        // Noted before it has its name: somebody else who wipes at this moment must find it in use.
        await owners.note(owner, keys);
        await files.keepUpload(spooled.value, name);
      } catch (error) {
        await discard();
        throw error;
      }
      // And once more: when its own session was wiped in between, the note went along, but the file came afterwards.
      await owners.note(owner, keys);
      const reply: UploadAssetReply = {
        status: ASSET_STATUS_OK,
        url: fileUrl(publicOrigin, name),
        message: '',
        fileName: name,
      };
      return json(reply);
    },
    recognizeFaces: async ({ imageReference, details }, { signal, caller, publicOrigin, owner }) => {
      const source = await findSource(imageReference, { caller, signal });
      if (!source.ok) return source;
      const { digest, load, fetchedSha256, release } = source.value;
      const found = await recognition.recognize(digest, load, { caller, signal }).finally(release);
      if (!found.ok) return found;
      await owners.note(owner, found.value.files);
      return json(
        detectionReply(found.value.detection, publicOrigin, details),
        fetchedSha256 === undefined ? {} : { [MEASURED_SHA256_HEADER]: fetchedSha256 },
      );
    },
    listAccounts: async () => json({ [EMBEDDED_ACCOUNT]: EMBEDDED_ACCOUNT_ENTRY }),
    showAccount: async () => json(EMBEDDED_ACCOUNT_ENTRY),
    generate: () => notImplemented('Generating pictures with Kolors'),
    showTask: () => notImplemented('Tasks'),
    downloadAsset: () => notImplemented('Downloading generated pictures'),
    drain: () => {
      recognition.drain();
      detector.drain();
    },
    close: () => detector.close(),
  };
}

const EMBEDDED_ACCOUNT_ENTRY = { email: EMBEDDED_ACCOUNT, maxJobs: 1 };
