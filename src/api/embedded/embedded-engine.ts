import { EMBEDDED_ACCOUNT } from '#contract/accounts.ts';
import { ASSET_STATUS_OK, type UploadAssetReply } from '#contract/assets.ts';
import type { AssetContentType } from '#contract/limits.ts';
import { DETECTOR_HEADER, detectorMark, HELD_UP_HEADER, MEASURED_SHA256_HEADER } from '#contract/routes.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { TIME_IS_OVER } from '../deadline.ts';
import { detectionReply } from '../detection-reply.ts';
import type { CallContext, Engine, EngineFailure, EngineReply } from '../engine.ts';
import { type BelowOurBase, fileUrl, ownAddressOf } from '../files/own-address.ts';
import { spoolFailure } from '../files/spool-failure.ts';
import { newUploadName, publicNameKey, type StoredKey, uploadBytesKey } from '../files/stored-name.ts';
import type { FileOwners, FileStore, Spooled } from '../files/stores.ts';
import type { AskedPicture, Recognition } from './recognition.ts';

const json = (
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): { readonly ok: true; readonly value: EngineReply } =>
  ok({ status: 200, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

/** A picture that was asked for, and where it came from. */
type Source = {
  readonly picture: AskedPicture;
  /** SHA-256 of the bytes, hex, where the engine fetched them and the caller cannot know what it got. */
  readonly fetchedSha256?: string;
  /** Lets go of what was fetched. */
  readonly release?: () => Promise<void>;
};

/** Who is asked for: whose share of places it takes, and until when. */
type Asking = Pick<CallContext, 'caller' | 'owner' | 'signal'>;

/**
 * Checks an upload by its content: a whole JPEG or PNG, as `claimed`, within the contract's limits. Resolves to the
 * ending that its name gets.
 */
export type CheckUpload = (
  upload: Spooled,
  claimed: AssetContentType,
  call: Asking,
) => Promise<Result<'jpg' | 'png', EngineFailure>>;

/** Fetches a picture that the detector decodes from a stranger's address. Whoever gets one releases it. */
export type FetchLink = (
  link: string,
  call: Asking,
) => Promise<Result<Pick<Spooled, 'digest' | 'sha256' | 'read'> & { release(): Promise<void> }, EngineFailure>>;

/**
 * The engine of our own: keeps uploads in the file store and has faces found. It generates
 * nothing and says so.
 */
export function createEmbeddedEngine(options: {
  readonly recognition: Recognition;
  readonly files: FileStore;
  readonly owners: FileOwners;
  readonly checkUpload: CheckUpload;
  readonly fetchLink: FetchLink;
  readonly belowOurBase: BelowOurBase;
  /** Changes whenever the same picture could get another answer; answers carry a mark of it. */
  readonly detectorVersion: string;
}): Engine {
  const { recognition, files, owners } = options;
  const notImplemented = async (what: string) => err({ code: 'not-implemented', what } as const);

  const findSource = async (reference: string, call: Asking): Promise<Result<Source, EngineFailure>> => {
    const own = ownAddressOf(reference, options.belowOurBase);
    if (own !== undefined) {
      const picture = own === 'missing' ? undefined : await files.use(own.name);
      return picture === undefined ? err({ code: 'file-gone' }) : ok({ picture });
    }
    const fetched = await options.fetchLink(reference, call);
    if (!fetched.ok) return fetched;
    const { digest, sha256, read, release } = fetched.value;
    return ok({ picture: { digest, load: read, key: undefined }, fetchedSha256: sha256, release });
  };

  return {
    name: 'embedded',
    uploadAsset: async ({ body, contentType }, { signal, caller, base, owner }) => {
      const spooled = await files.spool(body);
      if (!spooled.ok) return err(spoolFailure(spooled.error));
      const { digest, discard } = spooled.value;
      let name: string;
      let keys: readonly StoredKey[];
      try {
        const kind = await options.checkUpload(spooled.value, contentType, { caller, owner, signal });
        if (!kind.ok) {
          await discard();
          return unlessLate(kind, signal);
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
        url: fileUrl(base, name),
        message: '',
        fileName: name,
      };
      return json(reply);
    },
    recognizeFaces: async ({ imageReference, details }, { signal, caller, base, owner }) => {
      const source = await findSource(imageReference, { caller, owner, signal });
      if (!source.ok) return source;
      const { picture, fetchedSha256, release } = source.value;
      const found = await recognition
        .recognize(picture, { caller, signal, keep: (names) => owners.note(owner, names) })
        .finally(release);
      if (!found.ok) return unlessLate(found, signal);
      await owners.note(owner, found.value.files);
      return json(detectionReply(found.value.detection, base, details), {
        [DETECTOR_HEADER]: detectorMark(options.detectorVersion),
        ...(found.value.isHeldUp === true && { [HELD_UP_HEADER]: '1' }),
        ...(fetchedSha256 !== undefined && { [MEASURED_SHA256_HEADER]: fetchedSha256 }),
      });
    },
    listAccounts: async () => json({ [EMBEDDED_ACCOUNT]: EMBEDDED_ACCOUNT_ENTRY }),
    showAccount: async () => json(EMBEDDED_ACCOUNT_ENTRY),
    generate: () => notImplemented('Generating pictures with Kolors'),
    showTask: () => notImplemented('Tasks'),
    deleteTask: () => notImplemented('Tasks'),
    // Its uploads have names that nobody can guess: a list would tell them to everybody who has the same bearer. The page's
    // session takes back its own by `DELETE /app/files`, and all of them end by themselves.
    listUploadedAssets: () => notImplemented('Listing uploads'),
    deleteUploadedAssets: () => notImplemented('Removing uploads by id'),
    listFreePlaces: () => notImplemented('Counting places for generations'),
    downloadAsset: () => notImplemented('Downloading generated pictures'),
    drain: () => recognition.drain(),
    close: () => recognition.close(),
  };
}

/** Pictures have limits of their own: where the time of the whole call runs out first, the machine had none for it. */
const unlessLate = <F extends { readonly ok: false; readonly error: EngineFailure }>(failed: F, signal: AbortSignal) =>
  failed.error.code === 'cancelled' && signal.reason === TIME_IS_OVER ? err({ code: 'interrupted' } as const) : failed;

const EMBEDDED_ACCOUNT_ENTRY = { email: EMBEDDED_ACCOUNT, maxJobs: 1 };
