import { createSharedFlight } from '#api/single-flight.ts';
import type { KnownPictureType } from '#detector/headers/sniff.ts';
import { ok, type Result } from '#shared/result.ts';
import type { DiskSpooled } from '../files/server-files.ts';

/** A picture as it was fetched. */
export type FetchedPicture = {
  readonly type: KnownPictureType;
  /** The host says that it gives something else each time (`Cache-Control: no-store`). */
  readonly isUnsteady: boolean;
  readonly spooled: DiskSpooled;
};

/**
 * A picture from a link, spooled. Callers that asked for it at once, and links with equal bytes, share one copy, which
 * goes when all have let go of it.
 */
export type LinkedPicture = Omit<FetchedPicture, 'spooled'> &
  Omit<DiskSpooled, 'discard'> & {
    /** Lets go of it; again does nothing. */
    release(): Promise<void>;
  };

/** Where fetched pictures are held. `E` is why a fetch gives none. */
export type LinkedPictures<E> = {
  /**
   * Gives what `fetch` brings to all who ask with the same key while it is on its way; whoever comes later has it fetched
   * anew. Resolves to undefined when this caller left before it came; the last who leaves ends the fetch.
   */
  share(
    key: string,
    signal: AbortSignal,
    fetch: (signal: AbortSignal) => Promise<Result<FetchedPicture, E>>,
  ): Promise<Result<LinkedPicture, E> | undefined>;
};

export function createLinkedPictures<E>(): LinkedPictures<E> {
  /** Bytes in the store, and how many hold them. */
  type Copy = { readonly spooled: DiskSpooled; holders: number };
  type Landed = { readonly about: Omit<FetchedPicture, 'spooled'>; readonly copy: Copy };
  /** Copies that somebody holds, by the digest of their bytes. */
  const copies = new Map<string, Copy>();

  const letGo = async (copy: Copy): Promise<void> => {
    copy.holders -= 1;
    if (copy.holders > 0) return;
    if (copies.get(copy.spooled.digest) === copy) copies.delete(copy.spooled.digest);
    await copy.spooled.discard();
  };

  /** Holds what was fetched, in the copy that there is already where the bytes are equal. */
  const hold = async ({ spooled, ...about }: FetchedPicture): Promise<Landed> => {
    const known = copies.get(spooled.digest);
    if (known !== undefined) {
      known.holders += 1;
      await spooled.discard();
      return { about, copy: known };
    }
    const copy: Copy = { spooled, holders: 1 };
    copies.set(spooled.digest, copy);
    return { about, copy };
  };

  const handOut = ({ about, copy }: Landed): LinkedPicture => {
    copy.holders += 1;
    let isHeld = true;
    const { discard: _goesWithTheLastHolder, ...spooled } = copy.spooled;
    return {
      ...about,
      ...spooled,
      release: async () => {
        if (!isHeld) return;
        isHeld = false;
        await letGo(copy);
      },
    };
  };

  const flights = createSharedFlight<Result<Landed, E>, Result<LinkedPicture, E>>({
    take: (landed) => (landed.ok ? ok(handOut(landed.value)) : landed),
    // The flight itself holds the copy; those who wanted it hold it themselves by now.
    over: (landed) => {
      if (landed.ok) void letGo(landed.value.copy);
    },
  });
  return {
    share: (key, signal, fetch) =>
      flights.run(key, signal, async (ends) => {
        const found = await fetch(ends);
        return found.ok ? ok(await hold(found.value)) : found;
      }),
  };
}
