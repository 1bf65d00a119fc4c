import clsx from 'clsx';
import { shownName, splitName } from './model/picture-name.ts';

/**
 * A picture's name in one line. Where it is too long for its place, it loses letters before its end; where it runs from
 * right to left, it does so by itself and turns nothing around it.
 */
export function PictureName({ name, className }: { readonly name: string; readonly className?: string }) {
  const shown = shownName(name);
  const [start, end] = splitName(shown);
  return (
    <bdi dir="auto" translate="no" title={shown} className={clsx('flex min-w-0', className)}>
      {end === '' ? (
        <span className="truncate">{start}</span>
      ) : (
        <>
          {/* In one piece for those who hear it. */}
          <span className="sr-only">{shown}</span>
          <span aria-hidden className="truncate whitespace-pre">
            {start}
          </span>
          <span aria-hidden className="shrink-0 whitespace-pre">
            {end}
          </span>
        </>
      )}
    </bdi>
  );
}
