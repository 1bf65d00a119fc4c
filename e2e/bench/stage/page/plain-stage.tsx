import type { Layer as LayerNode } from 'konva/lib/Layer.js';
import { type Ref, useEffect, useState } from 'react';
import { Group, Image, Layer, Rect, Stage, Text } from 'react-konva';
import type { Face } from '#shared/face.ts';
import { faceColor } from '#shared/palette.ts';
import { PICTURE } from './crowd.ts';

type View = { readonly scale: number; readonly x: number; readonly y: number };

const STAGE = { width: 1440, height: 900 };
const FIT = Math.min(STAGE.width / PICTURE.width, STAGE.height / PICTURE.height);

/**
 * What one writes first with react-konva, to compare with: the picture on a layer, two listening Rects and a label per
 * face on another, each a React component, the stage moved and scaled through React state.
 */
export function PlainStage({
  url,
  faces,
  layerRef,
}: {
  readonly url: string;
  readonly faces: readonly Face[];
  readonly layerRef: Ref<LayerNode>;
}) {
  const [image, setImage] = useState<HTMLImageElement>();
  const [view, setView] = useState<View>({ scale: FIT, x: 0, y: 0 });
  const [hovered, setHovered] = useState<number>();
  useEffect(() => {
    const loading = new window.Image();
    loading.onload = () => setImage(loading);
    loading.src = url;
  }, [url]);
  return (
    <Stage
      width={STAGE.width}
      height={STAGE.height}
      x={view.x}
      y={view.y}
      scaleX={view.scale}
      scaleY={view.scale}
      onWheel={({ evt }) => {
        evt.preventDefault();
        setView((before) => (evt.ctrlKey ? zoomed(before, evt) : moved(before, evt)));
      }}
    >
      <Layer>
        <Image image={image} width={PICTURE.width} height={PICTURE.height} />
      </Layer>
      <Layer ref={layerRef}>
        {faces.map((face) => (
          <PlainFace
            key={face.id}
            face={face}
            scale={view.scale}
            hovered={hovered === face.faceNo}
            onHover={setHovered}
          />
        ))}
      </Layer>
    </Stage>
  );
}

type PlainFaceProps = {
  readonly face: Face;
  readonly scale: number;
  readonly hovered: boolean;
  readonly onHover: (faceNo: number) => void;
};

function PlainFace({ face, scale, hovered, onHover }: PlainFaceProps) {
  const { x, y, width, height } = face.bound;
  const color = faceColor(face.faceNo);
  return (
    <Group x={x} y={y} onMouseEnter={() => onHover(face.faceNo)}>
      <Rect width={width} height={height} stroke="#0c0e12" strokeWidth={4} strokeScaleEnabled={false} />
      <Rect
        name="box"
        id={face.id}
        width={width}
        height={height}
        stroke={color}
        strokeWidth={hovered ? 3 : 2}
        strokeScaleEnabled={false}
      />
      <Text
        text={String(face.faceNo)}
        y={-18 / scale}
        scaleX={1 / scale}
        scaleY={1 / scale}
        fontSize={13}
        fill={color}
      />
    </Group>
  );
}

function zoomed(view: View, { deltaY, offsetX, offsetY }: WheelEvent): View {
  const factor = Math.exp(-deltaY * 0.01);
  return {
    scale: view.scale * factor,
    x: offsetX - (offsetX - view.x) * factor,
    y: offsetY - (offsetY - view.y) * factor,
  };
}

const moved = (view: View, { deltaX, deltaY }: WheelEvent): View => ({
  ...view,
  x: view.x - deltaX,
  y: view.y - deltaY,
});
