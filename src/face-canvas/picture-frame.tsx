import type { Size } from '#shared/geometry/spaces.ts';
import type { Viewport } from './model/viewport.ts';
import type { PictureProblem } from './picture-bitmaps.ts';

/** Where the fitted picture lies, and its size in picture pixels. */
type FrameProps = { readonly place: Viewport; readonly size: Size };

const styleOf = ({ place, size }: FrameProps) => ({
  left: place.x,
  top: place.y,
  width: size.width * place.scale,
  height: size.height * place.scale,
});

/** What lies under the fitted picture: its shadow on the mat, and a calm plate while it loads. */
export const PictureFrame = ({ isLoading, ...frame }: FrameProps & { readonly isLoading: boolean }) => (
  <div
    className={`absolute shadow-picture ${isLoading ? 'bg-panel motion-safe:animate-pulse' : ''}`}
    style={styleOf(frame)}
  />
);

const PROBLEMS: Readonly<Record<PictureProblem, string>> = {
  undecodable:
    'This picture could not be shown: the browser cannot decode it. The faces are listed all the same; open the picture again as a PNG or JPEG file to see them on it.',
  'code-missing':
    'This picture could not be shown: a part of Facebound could not be loaded. The faces are listed all the same; check the connection and open the picture again, or reload the page.',
};

/** What is said in the place of a picture that cannot be shown. */
export const PictureFailure = ({ problem, ...frame }: FrameProps & { readonly problem: PictureProblem }) => (
  <div className="pointer-events-none absolute grid place-items-center bg-panel p-6 text-center" style={styleOf(frame)}>
    <p role="alert" className="max-w-prose text-ink-soft text-sm">
      {PROBLEMS[problem]}
    </p>
  </div>
);
