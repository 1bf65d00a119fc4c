import clsx from 'clsx';
import { ChevronDown, ChevronUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { PictureName } from '#page/pictures/picture-name.tsx';
import { useFormattedPlace } from '#page/pictures/picture-place.ts';
import { type Picture, stepPicture, useWork } from '#page/pictures/work-store.ts';
import { IconButton } from '#page/ui/icon-button.tsx';

type PictureTitleProps = {
  readonly picture: Picture;
  /** Null where something else in the line says the place. */
  readonly place?: null | undefined;
  /** High enough for what a finger presses. */
  readonly isRoomy?: boolean;
  /** What stands at the line's end. */
  readonly children?: ReactNode;
};

/** Which picture this is, and where it stands among the others: above the stage at every size, and over none of it. */
export function PictureTitle({ picture, place, isRoomy = false, children }: PictureTitleProps) {
  const told = useFormattedPlace(picture.id);
  return (
    <div
      className={clsx(
        'flex shrink-0 items-center gap-3 border-b border-line bg-panel text-[0.8125rem]',
        isRoomy ? 'h-[calc(2.75rem+1px)] pl-3' : 'h-9 px-4 phone:h-7 phone:px-3 phone:text-xs short:h-7',
      )}
    >
      <h2 className="flex min-w-0 font-medium">
        <PictureName name={picture.name} />
      </h2>
      {place !== null && told !== undefined && <p className="shrink-0 text-ink-faint tabular-nums">{told}</p>}
      {children}
      {children === undefined && told !== undefined && <PictureSteps picture={picture} />}
    </div>
  );
}

/** To the pictures beside it. Where fingers point there is no room for them, and the strip is as near. */
function PictureSteps({ picture }: { readonly picture: Picture }) {
  const isFirst = useWork(({ order }) => order[0] === picture.id);
  const isLast = useWork(({ order }) => order.at(-1) === picture.id);
  return (
    <div className="-mr-1.5 ml-auto flex phone:hidden short:hidden pointer-coarse:hidden">
      <IconButton icon={ChevronUp} label="Previous picture" disabled={isFirst} onClick={() => stepPicture(-1)} />
      <IconButton icon={ChevronDown} label="Next picture" disabled={isLast} onClick={() => stepPicture(1)} />
    </div>
  );
}
