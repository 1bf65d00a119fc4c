/** What a remembered picture takes, for deciding what has to go. */
export type Kept = {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  /** Size of its bytes, in bytes; 0 when they are not kept. */
  readonly blobBytes: number;
  /** Size of everything else about it, in bytes. */
  readonly otherBytes: number;
  /** A tab works with it: it stays whole. */
  readonly inUse: boolean;
};

export type EvictionLimits = { readonly maxBytes: number; readonly maxPictures: number };

export type EvictionPlan = {
  /** Pictures whose bytes go while their results stay. */
  readonly blobs: readonly string[];
  /** Pictures that are forgotten. */
  readonly pictures: readonly string[];
};

/**
 * What has to go so that the limits hold: the oldest first, bytes before results, never what is in use. When what is in
 * use is beyond the limits by itself, all other bytes go, and results stay, because losing them would not help.
 */
export function planEviction(kept: readonly Kept[], limits: EvictionLimits): EvictionPlan {
  const oldest = kept.filter((entry) => !entry.inUse).toSorted((a, b) => a.openedAt - b.openedAt);
  const pictures = oldest.slice(0, Math.max(0, kept.length - limits.maxPictures));
  const rest = oldest.slice(pictures.length);
  let total = totalBytes(kept) - totalBytes(pictures);

  const blobs: Kept[] = [];
  for (const entry of rest) {
    if (total <= limits.maxBytes) break;
    if (entry.blobBytes === 0) continue;
    blobs.push(entry);
    total -= entry.blobBytes;
  }
  const isReachable = totalBytes(kept.filter((entry) => entry.inUse)) <= limits.maxBytes;
  for (const entry of isReachable ? rest : []) {
    if (total <= limits.maxBytes) break;
    pictures.push(entry);
    total -= entry.otherBytes;
  }
  const gone = new Set(pictures.map(({ key }) => key));
  return { blobs: blobs.map(({ key }) => key).filter((key) => !gone.has(key)), pictures: [...gone] };
}

export const totalBytes = (kept: readonly Kept[]): number =>
  kept.reduce((sum, { blobBytes, otherBytes }) => sum + blobBytes + otherBytes, 0);
