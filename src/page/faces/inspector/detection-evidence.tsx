import { type ReactNode, useState } from 'react';
import type { CropSource } from '#page/ui/crop-source.ts';
import { MissingCrop, OwnCrop } from '#page/ui/own-crop.tsx';
import type { Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';

type ProofProps = { readonly face: Face; readonly size: Size; readonly source: CropSource };

const FRAME = 'h-36 w-full rounded object-contain bg-mat';

/** What we cut at `face_bound` beside the crops that the service sent: a shifted box shows at once. */
export function DetectionEvidence({ face, size, source }: ProofProps) {
  return (
    <div className="grid grid-cols-3 gap-2">
      <figure>
        {source.pictureUrl === undefined ? (
          <MissingCrop className={FRAME} />
        ) : (
          <OwnCrop
            pictureUrl={source.pictureUrl}
            size={size}
            bound={face.bound}
            label={`Face ${face.faceNo}, cut by Facebound at face_bound`}
            className={FRAME}
          />
        )}
        <Caption from="Cut by Facebound">face_bound</Caption>
      </figure>
      <ServiceCrop key={`face ${face.cropUrl}`} name="face" url={face.cropUrl} face={face} source={source} />
      <ServiceCrop
        key={`feature ${face.featureUrl}`}
        name="face_feature"
        url={face.featureUrl}
        face={face}
        source={source}
      />
    </div>
  );
}

type ServiceCropProps = {
  readonly name: string;
  readonly url: string | undefined;
  readonly face: Face;
  readonly source: CropSource;
};

function ServiceCrop({ name, url, face, source }: ServiceCropProps) {
  const [isBroken, setBroken] = useState(false);
  if (url === undefined || isBroken) {
    return (
      <figure>
        <MissingCrop className={FRAME} />
        <Caption>{url === undefined ? `No ${name} crop` : `The ${name} crop cannot be loaded`}</Caption>
      </figure>
    );
  }
  return (
    <figure>
      <img
        src={source.cropHref(url)}
        alt={`Face ${face.faceNo}, ${name} crop from the service`}
        referrerPolicy="no-referrer"
        className={FRAME}
        onError={() => setBroken(true)}
      />
      <Caption from="From the service">{name}</Caption>
    </figure>
  );
}

/** Whose crop it is, and what of. */
const Caption = ({ from, children }: { readonly from?: string; readonly children: ReactNode }) => (
  <figcaption className="mt-1 text-xs text-ink-faint">
    {from !== undefined && <span className="block text-ink-soft">{from}</span>} {children}
  </figcaption>
);
