import type { Face } from '#shared/face.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { faceColor } from '#shared/palette.ts';

type FaceFramesProps = {
  /** The faces that have been shown so far, the current one among them. */
  readonly faces: readonly Face[];
  readonly current: Face | undefined;
  readonly size: Size;
};

/** A face nearer to the upper edge than this share of the picture has its number below. */
const NUMBER_BELOW = 0.16;

/**
 * Frames over the picture, in shares of it, so that they follow any size of the screen. The light glides from face to
 * face; with reduced motion it jumps. For the eye only: the caption says the same.
 */
export function FaceFrames({ faces, current, size }: FaceFramesProps) {
  const light = current ?? faces.at(-1);
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0">
      {light !== undefined && <Shade around={light} size={size} isOn={current !== undefined} />}
      {faces.map((face) => (
        <Frame
          key={face.id}
          face={face}
          size={size}
          isCurrent={face.id === current?.id}
          isDimmed={current !== undefined}
          together={faces.length}
        />
      ))}
    </div>
  );
}

function Frame({
  face,
  size,
  isCurrent,
  isDimmed,
  together,
}: {
  readonly face: Face;
  readonly size: Size;
  readonly isCurrent: boolean;
  /** True while another one is current. */
  readonly isDimmed: boolean;
  /** How many frames are shown, this one among them. */
  readonly together: number;
}) {
  const color = faceColor(face.faceNo);
  const steppedBack = isDimmed && !isCurrent;
  // At the end all of them are told at once, as large as their number allows.
  const isLarge = isCurrent || !isDimmed;
  const below = face.bound.y / size.height < NUMBER_BELOW;
  return (
    <div
      data-face={face.faceNo}
      data-current={isCurrent}
      style={{ ...placeOf(face.bound, size), borderColor: steppedBack ? `${color}66` : color }}
      className={`absolute -m-(--line) box-content rounded-[6px] border-(length:--line) transition-all duration-500 motion-safe:animate-[present-in_450ms_cubic-bezier(0.2,0.9,0.3,1)] ${isCurrent ? 'z-10 [--line:clamp(3px,0.6vmin,6px)]' : '[--line:clamp(2px,0.35vmin,4px)]'} ${steppedBack ? '' : 'shadow-[0_0_0_1.5px_#0c0e12,inset_0_0_0_1.5px_#0c0e12]'}`}
    >
      <span
        style={{
          ...(isLarge ? { backgroundColor: color } : { borderColor: `${color}66` }),
          ...(isDimmed ? {} : { fontSize: `clamp(1rem, ${largeNumber(together)}vmin, 4.5rem)` }),
        }}
        className={`absolute left-1/2 grid -translate-x-1/2 place-items-center rounded-[10px] font-bold tabular-nums transition-all duration-300 ${below ? 'top-full mt-2' : 'bottom-full mb-2'} ${
          isCurrent
            ? 'min-w-[1.6em] px-[0.35em] text-[clamp(2rem,7vmin,4.5rem)] leading-[1.25] text-[#0c0e12]'
            : isLarge
              ? 'min-w-[1.6em] px-[0.35em] leading-[1.25] text-[#0c0e12]'
              : 'min-w-[1.7em] border-2 bg-[#111318] px-[0.3em] text-[clamp(0.875rem,2.4vmin,1.5rem)] leading-[1.5] text-[#9296a1]'
        }`}
      >
        {face.faceNo}
      </span>
    </div>
  );
}

/** Height of the numbers when so many are shown together, in vmin: the area that all of them take stays the same. */
const largeNumber = (together: number): number => Math.max(2.4, Math.min(7, 12 / Math.sqrt(together)));

/** How far the light reaches beyond the box, as a share of its sides: a face is more than its box. */
const LIGHT_MARGIN = 0.24;

/** Everything but the face in shade, by a shadow that reaches beyond any screen. */
function Shade({ around, size, isOn }: { readonly around: Face; readonly size: Size; readonly isOn: boolean }) {
  const { x, y, width, height } = around.bound;
  const dx = width * LIGHT_MARGIN;
  const dy = height * LIGHT_MARGIN;
  return (
    <div
      style={placeOf(imageRect(x - dx, y - dy, width + 2 * dx, height + 2 * dy), size)}
      className={`absolute rounded-[14%] shadow-[0_0_0_200vmax_rgb(4_5_7/0.58)] transition-all duration-500 ease-out ${isOn ? 'opacity-100' : 'opacity-0'}`}
    />
  );
}

const share = (part: number, whole: number): string => `${(100 * part) / whole}%`;

const placeOf = (bound: ImageRect, size: Size) => ({
  left: share(bound.x, size.width),
  top: share(bound.y, size.height),
  width: share(bound.width, size.width),
  height: share(bound.height, size.height),
});
