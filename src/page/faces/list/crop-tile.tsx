import clsx from 'clsx';
import { useState } from 'react';
import type { CropSource } from '#page/ui/crop-source.ts';
import { MissingCrop, OwnCrop } from '#page/ui/own-crop.tsx';
import type { Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';

const TILE = 'rounded object-cover';

type CropTileProps = {
  readonly url: string | undefined;
  readonly source: CropSource;
  readonly className: string;
  /** Called when the service's crop is missing or cannot be loaded. */
  readonly onMissing?: () => void;
  /** What our own crop is cut from when the service's cannot be loaded; without it a quiet tile stands in. */
  readonly standIn?: { readonly face: Face; readonly size: Size; readonly maxSide?: number };
};

/** A crop that the service sent, loaded when it comes near the visible area. */
export function CropTile({ url, source, className, onMissing, standIn }: CropTileProps) {
  const [brokenUrl, setBrokenUrl] = useState<string>();
  const look = clsx(TILE, className);
  if (url !== undefined && brokenUrl !== url) {
    return (
      <img
        src={source.cropHref(url)}
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
        referrerPolicy="no-referrer"
        className={clsx(look, 'bg-mat')}
        onError={() => {
          setBrokenUrl(url);
          onMissing?.();
        }}
      />
    );
  }
  return standIn === undefined || source.pictureUrl === undefined ? (
    <MissingCrop className={look} />
  ) : (
    <OwnCrop
      pictureUrl={source.pictureUrl}
      size={standIn.size}
      bound={standIn.face.bound}
      {...(standIn.maxSide === undefined ? {} : { maxSide: standIn.maxSide })}
      className={look}
    />
  );
}
