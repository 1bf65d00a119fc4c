import { useLayoutEffect, useRef } from 'react';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';

type CutOutProps = {
  readonly pixels: OffscreenCanvas;
  /** The space of `bound`, in pixels. */
  readonly picture: Size;
  readonly bound: ImageRect;
  /** How large it is shown, in CSS pixels. */
  readonly shown: Size;
  readonly className?: string;
};

/**
 * A part of the pixels that the audience sees, smoothed: what is covered there is covered here. For the eye only; a
 * part with other sides than its place fills that and loses at its edges.
 */
export function CutOut({ pixels, picture, bound, shown, className }: CutOutProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = shown;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (canvas.current === null || !context) return;
    const ratio = Math.min(2, devicePixelRatio);
    canvas.current.width = Math.max(1, Math.round(width * ratio));
    canvas.current.height = Math.max(1, Math.round(height * ratio));
    const [scaleX, scaleY] = [pixels.width / picture.width, pixels.height / picture.height];
    // As much of it as its place can show.
    const most = Math.min(bound.width / width, bound.height / height);
    const part = { width: width * most, height: height * most };
    const x = bound.x + (bound.width - part.width) / 2;
    const y = bound.y + (bound.height - part.height) / 2;
    context.imageSmoothingQuality = 'high';
    context.drawImage(
      pixels,
      x * scaleX,
      y * scaleY,
      part.width * scaleX,
      part.height * scaleY,
      0,
      0,
      canvas.current.width,
      canvas.current.height,
    );
  }, [pixels, picture, bound, width, height]);
  return <canvas ref={canvas} aria-hidden width={1} height={1} style={{ width, height }} className={className} />;
}
