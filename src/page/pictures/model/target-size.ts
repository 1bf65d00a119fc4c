import { MAX_DECODED_PIXELS, MAX_SENT_SIDE, MIN_ASSET_SIDE } from '#contract/limits.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { IntakeFailure } from './intake-failure.ts';

/** Longest canvas side, in pixels, that Chrome, Firefox and Safari all draw. */
const MAX_CANVAS_SIDE = 16_384;
/** Largest canvas area, in pixels, that Safari on phones draws: 4096². */
const MAX_CANVAS_PIXELS = 16_777_216;

const scaled = (size: Size, scale: number): Size => ({
  width: Math.max(1, Math.round(size.width * scale)),
  height: Math.max(1, Math.round(size.height * scale)),
});

/**
 * The size, in pixels, at which an upright picture is sent. Its long side is at most `MAX_SENT_SIDE`, except that the
 * vendor's `MIN_ASSET_SIDE` on the short side comes first (panoramas). A small picture is refused unless `enlarge`.
 */
export function targetSize({ width, height }: Size, enlarge: boolean): Result<Size, IntakeFailure> {
  const size = { width, height };
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  if (width * height > MAX_DECODED_PIXELS) return err({ code: 'too-many-pixels', ...size });
  if (short < MIN_ASSET_SIDE && !enlarge) return err({ code: 'too-small', ...size });
  const wanted = short < MIN_ASSET_SIDE ? MIN_ASSET_SIDE / short : Math.min(1, MAX_SENT_SIDE / long);
  const scale = Math.max(wanted, MIN_ASSET_SIDE / short);
  const target = scale === 1 ? size : scaled(size, scale);
  const drawable =
    Math.max(target.width, target.height) <= MAX_CANVAS_SIDE && target.width * target.height <= MAX_CANVAS_PIXELS;
  return drawable ? ok(target) : err({ code: 'too-narrow', ...size });
}

/** A smaller size for a picture that is still too heavy, about `ratio` times its bytes; nothing at the vendor's least. */
export function smallerSize(size: Size, ratio: number): Size | undefined {
  const short = Math.min(size.width, size.height);
  const scale = Math.max(Math.sqrt(ratio), MIN_ASSET_SIDE / short);
  const smaller = scaled(size, scale);
  return smaller.width * smaller.height < size.width * size.height ? smaller : undefined;
}
