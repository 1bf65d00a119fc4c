import clsx from 'clsx';
import { ImageOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { putCheckerboardBehind } from '#face-canvas/checkerboard.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { pictureElement } from './picture-element.ts';

type OwnCropProps = {
  /** Address of the picture as the page shows it. */
  readonly pictureUrl: string;
  /** The size that `bound` is measured in; the picture itself may be larger or smaller. */
  readonly size: Size;
  /** What to cut, in pixels of `size`. */
  readonly bound: ImageRect;
  /** Longest side of the crop, in device pixels. */
  readonly maxSide?: number;
  /** Accessible name; without one the crop is decoration. */
  readonly label?: string;
  readonly className?: string;
};

/** How far outside the visible area a crop is cut in advance. */
const AHEAD = '200px';

/** Our own crop of the picture, cut when it comes near the visible area and straight onto a canvas of its size. */
export function OwnCrop({ pictureUrl, size, bound, maxSide = 320, label, className }: OwnCropProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failedUrl, setFailedUrl] = useState<string>();

  useEffect(() => {
    const target = canvas.current;
    if (target === null) return;
    let wanted = true;
    const cut = async () => {
      try {
        const picture = await pictureElement(pictureUrl);
        if (wanted) drawCrop(target, picture, size, bound, maxSide);
      } catch {
        if (wanted) setFailedUrl(pictureUrl);
      }
    };
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        void cut();
      },
      { rootMargin: AHEAD },
    );
    observer.observe(target);
    return () => {
      wanted = false;
      observer.disconnect();
    };
  }, [pictureUrl, size, bound, maxSide]);

  if (failedUrl === pictureUrl) return <MissingCrop className={className} />;
  return (
    <canvas
      ref={canvas}
      width={1}
      height={1}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined ? true : undefined}
      className={clsx('bg-mat object-cover', className)}
    />
  );
}

/** A quiet tile where a crop would be. */
export function MissingCrop({ className }: { readonly className?: string | undefined }) {
  return (
    <span aria-hidden className={clsx('grid place-items-center bg-raised text-ink-faint', className)}>
      <ImageOff className="size-4" />
    </span>
  );
}

/** Draws `bound` (in pixels of `size`) of the picture onto the canvas, never larger than the picture has pixels. */
function drawCrop(
  canvas: HTMLCanvasElement,
  picture: HTMLImageElement,
  size: Size,
  bound: ImageRect,
  maxSide: number,
): void {
  const scaleX = picture.naturalWidth / size.width;
  const scaleY = picture.naturalHeight / size.height;
  const width = bound.width * scaleX;
  const height = bound.height * scaleY;
  const shrink = Math.min(1, maxSide / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * shrink));
  canvas.height = Math.max(1, Math.round(height * shrink));
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, bound.x * scaleX, bound.y * scaleY, width, height, 0, 0, canvas.width, canvas.height);
  putCheckerboardBehind(context, { x: 0, y: 0, width: canvas.width, height: canvas.height });
}
