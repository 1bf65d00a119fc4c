import { useEffect, useRef } from 'react';
import { pictureElement } from '#page/ui/picture-element.ts';
import type { FaceId } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import type { PaintedFace } from './model/face-paint-order.ts';
import { type ObscureKind, planObscuring } from './model/obscure-plan.ts';
import { paintObscured } from './paint-obscured.ts';

type CoveredPictureProps = {
  readonly url: string;
  /** The space of the faces' boxes, in pixels. */
  readonly size: Size;
  readonly faces: readonly PaintedFace[];
  /** The faces that stay clear. A new set paints anew. */
  readonly clear: ReadonlySet<FaceId>;
  /** How all other found faces are covered; `undefined` shows the picture as it is. */
  readonly cover: ObscureKind | undefined;
  readonly label: string;
};

/** Most pixels of the canvas: a wall of 4K screens at once, and far below what any browser refuses. */
const MAX_PIXELS = 8_300_000;

/**
 * The picture as a canvas at the screen's resolution. What is covered is painted over in these very pixels, so that no
 * zoom, no screenshot and no look into the page brings a face back.
 */
export function CoveredPicture({ url, size, faces, clear, cover, label }: CoveredPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const target = canvas.current;
    if (target === null) return;
    let wanted = true;
    let picture: HTMLImageElement | undefined;
    const draw = () => {
      if (picture !== undefined && wanted) paint(target, picture, size, faces, clear, cover);
    };
    const observer = new ResizeObserver(draw);
    observer.observe(target);
    pictureElement(url).then(
      (loaded) => {
        picture = loaded;
        draw();
      },
      () => undefined,
    );
    return () => {
      wanted = false;
      observer.disconnect();
    };
  }, [url, size, faces, clear, cover]);

  return (
    <canvas ref={canvas} role="img" aria-label={label} width={1} height={1} className="absolute inset-0 size-full" />
  );
}

function paint(
  canvas: HTMLCanvasElement,
  picture: HTMLImageElement,
  size: Size,
  faces: readonly PaintedFace[],
  clear: ReadonlySet<FaceId>,
  cover: ObscureKind | undefined,
): void {
  const { width, height } = canvas.getBoundingClientRect();
  const ratio = Math.min(devicePixelRatio, Math.sqrt(MAX_PIXELS / Math.max(1, width * height)));
  const to = { width: Math.max(1, Math.round(width * ratio)), height: Math.max(1, Math.round(height * ratio)) };
  const plain = new OffscreenCanvas(to.width, to.height);
  const plainContext = plain.getContext('2d');
  const context = canvas.getContext('2d');
  if (plainContext === null || context === null) return;
  plainContext.imageSmoothingQuality = 'high';
  plainContext.drawImage(picture, 0, 0, to.width, to.height);
  canvas.width = to.width;
  canvas.height = to.height;
  context.drawImage(plain, 0, 0);
  if (cover === undefined) return;
  paintObscured(context, plain, planObscuring(faces, clear, size, to), cover);
}
