import type { HandedOver } from '#page/pictures/model/handed-over.ts';
import { parseSavedDetection } from '#page/pictures/model/parse-saved-detection.ts';
import type { Picture, PictureOrigin } from '#page/pictures/work-store.ts';
import type { Exchange } from '#shared/failure.ts';
import { asJson } from '#shared/lenient.ts';
import { memoryKey, type StoredExchange, type StoredOrigin, type StoredPicture } from './records.ts';

/** Worked out of a whole reply, and asked for at every step of a work. */
const keys = new WeakMap<PictureOrigin, string>();

/** Key of a picture in the memory. */
export function keyOf({ origin, sha256 }: Pick<Picture, 'origin' | 'sha256'>): string {
  if (origin.kind !== 'replay') return memoryKey(origin, sha256);
  const known = origin.saved.keptAs ?? keys.get(origin);
  if (known !== undefined) return known;
  const key = memoryKey({ kind: 'replay', ...origin.saved }, sha256);
  keys.set(origin, key);
  return key;
}

/** What was measured is not written down: an answer lies under its picture's key, which tells the bytes. */
export const toStoredExchange = ({
  status,
  requestId,
  detector,
  measuredSha256: _measured,
  isHeldUp: _heldUp,
  ...exchange
}: Exchange): StoredExchange => ({
  ...exchange,
  ...(status === undefined ? {} : { status }),
  ...(requestId === undefined ? {} : { requestId }),
  ...(detector === undefined ? {} : { detector }),
});

export const fromStoredExchange = ({ status, requestId, ...exchange }: StoredExchange): Exchange => ({
  ...exchange,
  status,
  requestId,
});

/** A saved result that was opened is stored with its crops: no server may have them any more. */
export function toStoredOrigin(origin: PictureOrigin): StoredOrigin {
  if (origin.kind !== 'replay') return origin;
  const { engine, exchange, imageReference, source, crops } = origin.saved;
  return {
    kind: 'replay',
    engine,
    exchange: toStoredExchange(exchange),
    imageReference,
    source,
    crops: [...crops].map(([address, { blob }]) => ({ address, blob })),
  };
}

/** The origin as the work has it. A saved answer that cannot be read any more leaves a picture to be asked about. */
export function fromStoredOrigin(
  { key, origin, size, orientation }: StoredPicture,
  handedOver: HandedOver | undefined,
): PictureOrigin {
  if (origin.kind !== 'replay') return origin;
  const exchange = fromStoredExchange(origin.exchange);
  const detection = parseSavedDetection(asJson(exchange.body), { size, orientation, handedOver });
  if (!detection.ok) return { kind: 'file', via: 'browse' };
  return {
    kind: 'replay',
    saved: {
      keptAs: key,
      engine: origin.engine,
      detection: detection.value,
      exchange,
      imageReference: origin.imageReference,
      source: origin.source,
      crops: new Map(origin.crops.map(({ address, blob }) => [address, { blob, url: URL.createObjectURL(blob) }])),
    },
  };
}
