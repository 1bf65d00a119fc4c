import { useMemo } from 'react';
import type { PictureDetection } from '#page/detection/picture-detection.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { thumbnailPlace } from './thumbnail-place.ts';

/** The small copy of a picture, filling its square: of a picture whose faces are known the part with the heads. */
export function ThumbnailImage({
  picture,
  detection,
}: {
  readonly picture: Picture;
  readonly detection: PictureDetection;
}) {
  const found = detection.state === 'done' ? detection.result.detection : undefined;
  const place = useMemo(() => found && thumbnailPlace(found.faces, found.size), [found]);
  return (
    <img
      src={picture.thumbnailUrl}
      alt=""
      className="size-full object-cover"
      {...(place === undefined ? {} : { style: { objectPosition: `${place.x}% ${place.y}%` } })}
    />
  );
}
