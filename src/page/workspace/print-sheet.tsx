import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { ANNOTATION_COLORS, planAnnotations } from '#page/painting/model/annotation-plan.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import type { Face } from '#shared/face.ts';
import { formatFaceCount, formatShare, formatSize } from '#shared/format-measures.ts';
import type { Size } from '#shared/geometry/spaces.ts';

type PrintSheetProps = {
  readonly picture: Picture;
  /** Size in pixels of the space that boxes are measured in. */
  readonly size: Size;
  readonly faces: readonly Face[];
  /** False while nobody knows whether there are faces. */
  readonly hasAnswer: boolean;
};

/**
 * What goes on paper in place of the page: the whole open picture with every face and number, whatever the stage shows
 * of it, and the faces as a table; dark on white in either theme. On screen nothing of it is to be seen, and only the
 * picture is there, which has to be loaded before somebody prints.
 */
export function PrintSheet({ picture, size, faces, hasAnswer }: PrintSheetProps) {
  const isPrinting = useIsPrinting();
  return (
    <div data-print-sheet translate="no" className="hidden print:block">
      <h1 className="text-base font-semibold break-words">{picture.name}</h1>
      <p className="mt-1 text-xs">
        {`${formatSize(size, 'sentence')} · ${hasAnswer ? formatFaceCount(faces.length) : 'no answer yet'} · Facebound`}
      </p>
      <div className="relative mx-auto mt-4 w-fit break-inside-avoid">
        <img src={picture.url} alt="" decoding="sync" className="block max-h-[60vh] max-w-full" />
        {isPrinting && <Annotations faces={faces} from={size} to={picture.size} />}
      </div>
      {isPrinting && faces.length > 0 && <FaceTable faces={faces} />}
    </div>
  );
}

/** Whether paper is being made of the page. The page is drawn anew before the browser takes it. */
function useIsPrinting(): boolean {
  const [isPrinting, setIsPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setIsPrinting(true));
    const end = () => setIsPrinting(false);
    // Where a page is only looked at as if it were printed, no event says so.
    const media = matchMedia('print');
    const follow = () => (media.matches ? begin() : end());
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    media.addEventListener('change', follow);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
      media.removeEventListener('change', follow);
    };
  }, []);
  return isPrinting;
}

/** Longer side of the plan of boxes and numbers: so long that a number can be read on a sheet of A4. */
const PAPER_SIDE = 640;

function Annotations({ faces, from, to }: { readonly faces: readonly Face[]; readonly from: Size; readonly to: Size }) {
  const scale = PAPER_SIDE / Math.max(to.width, to.height);
  const paper = { width: Math.round(to.width * scale), height: Math.round(to.height * scale) };
  const plan = planAnnotations(faces, from, paper, { names: false });
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${plan.size.width} ${plan.size.height}`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full"
    >
      {plan.boxes.map(({ x, y, width, height, color, line, halo }) => (
        <g key={`${x} ${y} ${width} ${height}`} fill="none">
          <rect x={x} y={y} width={width} height={height} stroke={ANNOTATION_COLORS.halo} strokeWidth={halo} />
          <rect x={x} y={y} width={width} height={height} stroke={color} strokeWidth={line} />
        </g>
      ))}
      {plan.badges.map((badge) => (
        <g key={badge.number}>
          <rect
            x={badge.x}
            y={badge.y}
            width={badge.width}
            height={badge.height}
            rx={badge.radius}
            fill={ANNOTATION_COLORS.badge}
            stroke={badge.color}
            strokeWidth={badge.border}
          />
          <text
            x={badge.numberX}
            y={badge.middleY}
            dominantBaseline="central"
            textAnchor="middle"
            fontSize={badge.fontSize}
            fontWeight={600}
            fill={ANNOTATION_COLORS.number}
          >
            {badge.number}
          </text>
        </g>
      ))}
    </svg>
  );
}

function FaceTable({ faces }: { readonly faces: readonly Face[] }) {
  return (
    <table className="mt-5 w-full border-collapse text-left text-xs tabular-nums [&_td]:border-t [&_td]:border-[#bbb] [&_td]:py-1 [&_th]:py-1 [&_tr]:break-inside-avoid">
      <caption className="sr-only">Faces</caption>
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">Name</th>
          <th scope="col">Left</th>
          <th scope="col">Top</th>
          <th scope="col">Size</th>
          <th scope="col">Share of the picture</th>
        </tr>
      </thead>
      <tbody>
        {faces.map(({ id, faceNo, name, bound, share }) => (
          <tr key={id}>
            <td className="font-semibold">{faceNo}</td>
            <td>{name}</td>
            <td>{Math.round(bound.x)} px</td>
            <td>{Math.round(bound.y)} px</td>
            <td>{formatSize(bound)}</td>
            <td>{formatShare(share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
