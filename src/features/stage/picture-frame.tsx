import type { Size } from '#domain/geometry/spaces.ts';
import type { Viewport } from '#domain/geometry/viewport.ts';
import type { PictureState } from './use-picture-bitmaps.ts';

/**
 * What lies where the fitted picture lies, under the canvases: its shadow on the mat, a calm plate while it loads, and
 * a sentence when it cannot be shown.
 */
export function PictureFrame({ place, size, state }: { place: Viewport; size: Size; state: PictureState }) {
  const style = { left: place.x, top: place.y, width: size.width * place.scale, height: size.height * place.scale };
  if (state === 'failed') {
    return (
      <div className="absolute grid place-items-center bg-panel p-6 text-center" style={style}>
        <p role="alert" className="max-w-prose text-ink-soft text-sm">
          This picture could not be shown: the browser cannot decode it. The faces are listed all the same; open the
          picture again as a PNG or JPEG file to see them on it.
        </p>
      </div>
    );
  }
  return (
    <div
      className={`absolute shadow-picture ${state === 'loading' ? 'bg-panel motion-safe:animate-pulse' : ''}`}
      style={style}
    />
  );
}
