/// <reference types="vite/client" />
import './page.css';
import Konva from 'konva/lib/Core.js';
import type { Layer } from 'konva/lib/Layer.js';
import { createRef, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { Stage } from '#face-canvas/index.ts';
import type { Face } from '#shared/face.ts';
import { ownSelection } from '#testing/stage-driver/own-selection.ts';
import { type BenchPage, FRAME_MARK, type Gesture, type StageKind } from './bench-page.ts';
import { boxesOf, crowd, drawPicture, PICTURE } from './crowd.ts';
import { PlainStage } from './plain-stage.tsx';

/** A stage that takes longer than this for its frames has shown what there is to see. */
const LONGEST_GESTURE_MS = 15_000;

const host = document.createElement('div');
host.style.cssText = 'position: fixed; inset: 0; width: 1440px; height: 900px';
document.body.append(host);

const firstPicture = await drawPicture(7);
const firstUrl = URL.createObjectURL(firstPicture);
let root: Root | undefined;
let selection = ownSelection();
const layout = () => 'desk' as const;
let kind: StageKind = 'facebound';
let shownFaces: readonly Face[] = [];

const ui = (picture: Blob, faces: readonly Face[]): ReactNode =>
  kind === 'plain' ? (
    <PlainStage url={firstUrl} faces={faces} layerRef={plainLayer} />
  ) : (
    <Stage
      pictureBlob={picture}
      pictureName="bench.jpg"
      size={PICTURE}
      boxes={boxesOf(faces)}
      selection={selection}
      layout={layout}
      dimOthers={false}
      labelsShown
      boxesHidden={false}
      onViewChange={() => undefined}
    />
  );
const plainLayer = createRef<Layer>();

const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
/** Ends after the frame that is being made has been handed over. */
const presented = async () => {
  await frame();
  await new Promise((done) => setTimeout(done, 0));
};
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Ends when the picture is on the stage and everything that it caused has been done. */
async function pictureShown(): Promise<void> {
  await pause(1000);
  while (host.querySelector('[aria-busy="true"]') !== null) await pause(100);
  await pause(500);
}

/** The element that hears the wheel and the pointer. */
function target(): Element {
  const element = host.querySelector(kind === 'plain' ? '.konvajs-content' : '[role="img"]');
  if (element === null) throw new Error('Nothing is shown');
  return element;
}

function layerNamed(name: string): Layer {
  const layer = kind === 'plain' ? plainLayer.current : Konva.stages[0]?.getLayers().find((one) => one.name() === name);
  if (!layer) throw new Error(`There is no layer ${name}`);
  return layer;
}

const drawn = (layer: Layer) => new Promise<void>((done) => layer.on('draw.bench', () => done()));

/** One wheel step over the middle of the stage. */
function wheel(deltaX: number, deltaY: number, ctrlKey: boolean): void {
  const at = { clientX: 720, clientY: 420 };
  target().dispatchEvent(new WheelEvent('wheel', { ...at, deltaX, deltaY, ctrlKey, bubbles: true, cancelable: true }));
}

/** Steps that end where they began: a circle while panning, in and out again while zooming. */
function step(gesture: Gesture, index: number, frames: number): void {
  const turn = (2 * Math.PI * index) / frames;
  if (gesture === 'pan') wheel(Math.round(12 * Math.cos(turn)), Math.round(12 * Math.sin(turn)), false);
  else wheel(0, index < frames / 2 ? -2 : 2, true);
}

const stageBench: BenchPage = {
  async open(nextKind, count) {
    kind = nextKind;
    selection = ownSelection();
    root = createRoot(host);
    // The picture first, as on the page: it is there before the reply is.
    root.render(ui(firstPicture, []));
    await pictureShown();
    const { width, height } = target().getBoundingClientRect();
    if (width !== 1440 || height !== 900) throw new Error('The stage does not fill its host: its style is missing');
    shownFaces = crowd(count);
    const painted = drawn(layerNamed('boxes'));
    const start = performance.now();
    root.render(ui(firstPicture, shownFaces));
    await painted;
    await presented();
    layerNamed('boxes').off('draw.bench');
    return performance.now() - start;
  },
  close() {
    root?.unmount();
    root = undefined;
  },
  async settle() {
    for (let index = 0; index < 10; index++) {
      wheel(0, -2, true);
      await frame();
    }
    await pause(1000);
  },
  async gesture(gesture, frames) {
    const times: number[] = [await frame()];
    const end = performance.now() + LONGEST_GESTURE_MS;
    for (let index = 0; index < frames && performance.now() < end; index++) {
      performance.mark(FRAME_MARK);
      step(gesture, index, frames);
      times.push(await frame());
    }
    return times.slice(1).map((time, index) => time - (times[index] ?? time));
  },
  async hover(times) {
    const stage = Konva.stages[0];
    if (stage === undefined) throw new Error('Nothing is shown');
    const { left, top } = host.getBoundingClientRect();
    const boxes = stage
      .find('.box')
      .map((box) => box.getClientRect())
      .filter(({ x, y, width, height }) => x > 0 && y > 0 && x + width < 1400 && y + height < 780);
    const stride = Math.max(1, Math.floor(boxes.length / times));
    const latencies: number[] = [];
    for (let index = 0; index < times; index++) {
      // The next box each time: hovering the same one again would paint nothing.
      const box = boxes[(index * stride) % (boxes.length - (boxes.length % stride))];
      if (box === undefined || boxes.length < 2) continue;
      const at = { clientX: left + box.x + box.width / 2, clientY: top + box.y + box.height / 2 };
      const painted = drawn(layerNamed('highlights'));
      await pause(30);
      const start = performance.now();
      for (const type of ['pointermove', 'mousemove']) {
        const Kind = type === 'pointermove' ? PointerEvent : MouseEvent;
        target().dispatchEvent(new Kind(type, { ...at, bubbles: true }));
      }
      await painted;
      await presented();
      latencies.push(performance.now() - start);
      layerNamed('highlights').off('draw.bench');
    }
    return latencies;
  },
  async openMany(count) {
    root = createRoot(host);
    for (let index = 0; index < count; index++) {
      root.render(ui(await drawPicture(index), crowd(100, index)));
      await pictureShown();
    }
    root.unmount();
    root = undefined;
  },
};
window.stageBench = stageBench;
