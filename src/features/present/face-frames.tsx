import type { Face } from '#domain/face.ts';
import type { Size } from '#domain/geometry/spaces.ts';
import { faceColor } from '#domain/palette.ts';

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
      {light !== undefined && (
        <div
          style={placeOf(light, size)}
          className={`absolute rounded-[6px] shadow-[0_0_0_200vmax_rgb(4_5_7/0.62)] transition-all duration-500 ease-out ${current === undefined ? 'opacity-0' : 'opacity-100'}`}
        />
      )}
      {faces.map((face) => (
        <Frame
          key={face.id}
          face={face}
          size={size}
          isCurrent={face.id === current?.id}
          isDimmed={current !== undefined}
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
}: {
  readonly face: Face;
  readonly size: Size;
  readonly isCurrent: boolean;
  /** True while another one is current. */
  readonly isDimmed: boolean;
}) {
  const color = faceColor(face.faceNo);
  const below = face.bound.y / size.height < NUMBER_BELOW;
  return (
    <div
      data-face={face.faceNo}
      data-current={isCurrent}
      style={{ ...placeOf(face, size), borderColor: color }}
      className={`absolute rounded-[6px] shadow-[0_0_0_1.5px_#0c0e12,inset_0_0_0_1.5px_#0c0e12] transition-[opacity,border-width] duration-500 motion-safe:animate-[present-in_450ms_cubic-bezier(0.2,0.9,0.3,1)] ${isCurrent ? 'z-10 border-[5px]' : 'border-[3px]'} ${isDimmed && !isCurrent ? 'opacity-30' : ''}`}
    >
      <span
        style={isCurrent ? { backgroundColor: color } : { borderColor: color }}
        className={`absolute left-1/2 grid -translate-x-1/2 place-items-center rounded-[10px] font-bold tabular-nums transition-all duration-300 ${below ? 'top-full mt-2' : 'bottom-full mb-2'} ${
          isCurrent
            ? 'min-w-[1.6em] px-[0.35em] text-[clamp(2rem,7vmin,4.5rem)] leading-[1.25] text-[#0c0e12]'
            : 'min-w-[1.7em] border-2 bg-[#111318] px-[0.3em] text-[clamp(0.875rem,2.4vmin,1.5rem)] leading-[1.5] text-white'
        }`}
      >
        {face.faceNo}
      </span>
    </div>
  );
}

const share = (part: number, whole: number): string => `${(100 * part) / whole}%`;

const placeOf = ({ bound }: Face, size: Size) => ({
  left: share(bound.x, size.width),
  top: share(bound.y, size.height),
  width: share(bound.width, size.width),
  height: share(bound.height, size.height),
});
