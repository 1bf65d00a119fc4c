import type { Exchange } from '#domain/failure.ts';
import { asJson } from '#domain/lenient.ts';
import { parseDetection } from '#domain/parse-detection.ts';
import type { StoredExchange, StoredOrigin, StoredPicture } from '#lib/memory/records.ts';
import type { PictureOrigin } from '#lib/work-store.ts';

export const toStoredExchange = ({ status, requestId, ...exchange }: Exchange): StoredExchange => ({
  ...exchange,
  ...(status === undefined ? {} : { status }),
  ...(requestId === undefined ? {} : { requestId }),
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
export function fromStoredOrigin({ origin, size, orientation }: StoredPicture): PictureOrigin {
  if (origin.kind !== 'replay') return origin;
  const exchange = fromStoredExchange(origin.exchange);
  const detection = parseDetection(asJson(exchange.body), size, orientation);
  if (!detection.ok) return { kind: 'file', via: 'browse' };
  return {
    kind: 'replay',
    saved: {
      engine: origin.engine,
      detection: detection.value,
      exchange,
      imageReference: origin.imageReference,
      source: origin.source,
      crops: new Map(origin.crops.map(({ address, blob }) => [address, { blob, url: URL.createObjectURL(blob) }])),
    },
  };
}
