/** Which stage is measured: ours, or what one writes first with react-konva. */
export type StageKind = 'facebound' | 'plain';
export type Gesture = 'pan' | 'zoom';

/** Name of the performance mark with which the page begins each measured frame. */
export const FRAME_MARK = 'bench-frame';

/** What the bench calls in its page. Times are in milliseconds. */
export type BenchPage = {
  /** Shows a picture with that many boxes; answers the time from having the faces to the frame that shows them. */
  open(kind: StageKind, count: number): Promise<number>;
  close(): void;
  /** Zooms in a little, so that there is something to pan, and waits until nothing is left to be done. */
  settle(): Promise<void>;
  /** Makes one step of a gesture a frame; answers the time from each frame to the next. */
  gesture(gesture: Gesture, frames: number): Promise<number[]>;
  /** Moves the pointer onto faces, one after another; answers the time until each highlight is painted. */
  hover(times: number): Promise<number[]>;
  /** Opens that many pictures with a hundred boxes, one after another, and closes the last. */
  openMany(pictures: number): Promise<void>;
};

declare global {
  interface Window {
    stageBench: BenchPage;
  }
}
