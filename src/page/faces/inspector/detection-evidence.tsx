import { type ReactNode, useState } from 'react';
import type { CropSource } from '#page/ui/crop-source.ts';
import { MissingCrop, OwnCrop } from '#page/ui/own-crop.tsx';
import type { Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';

type ProofProps = { readonly face: Face; readonly size: Size; readonly source: CropSource };

const FRAME = 'h-36 w-full rounded object-contain bg-mat';

/** Our own crop at `face_bound` beside the crops that the service sent: a shifted box shows at once. */
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
            label={`Our crop of face ${face.faceNo} at face_bound`}
            className={FRAME}
          />
        )}
        <Caption>Ours, at face_bound</Caption>
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
        alt={`The service’s ${name} crop of face ${face.faceNo}`}
        referrerPolicy="no-referrer"
        className={FRAME}
        onError={() => setBroken(true)}
      />
      <Caption>Service’s {name}</Caption>
    </figure>
  );
}

const Caption = ({ children }: { readonly children: ReactNode }) => (
  <figcaption className="mt-1 text-xs text-ink-faint">{children}</figcaption>
);
