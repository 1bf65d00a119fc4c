import type { EngineName } from './engines.ts';

/** A place in the window, in CSS pixels. */
export type Place = { readonly x: number; readonly y: number };

/** Value of `KeyboardEvent.key`. */
export type Key = NamedKey | 'b' | 'h' | 'p' | 'z' | '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
export type NamedKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowDown' | 'ArrowUp' | 'Enter' | 'Escape' | 'Home' | 'End';
export type Modifier = 'Control' | 'Shift';

/**
 * One window of a browser with site data of its own, as hand and eye have it. As small as it can be, so that it means
 * the same in each engine: what to press, and what is to be seen, is for `Visitor` to know. Everything resolves when
 * the browser has done it, not when the page is through with it.
 */
export type Driver = {
  readonly engine: EngineName;
  /** Folder that everything which the page saves is put into, and nothing else. */
  readonly downloads: string;
  /** Folder for files that are handed to the page. */
  readonly handed: string;
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Gives the inside of the window this size, in CSS pixels. */
  resizeTo(width: number, height: number): Promise<void>;
  /** Evaluates an expression in the page, where `eye` is defined, and waits for what it promises. JSON comes back. */
  evaluate(expression: string): Promise<unknown>;
  /** Hands files to the page as the chooser of the system does, by their paths. */
  upload(paths: readonly string[]): Promise<void>;
  click(place: Place, times?: 1 | 2): Promise<void>;
  moveTo(place: Place): Promise<void>;
  press(key: Key): Promise<void>;
  /** Holds a key down meanwhile. */
  hold(key: Key | Modifier, meanwhile: () => Promise<void>): Promise<void>;
  /** Writes into what has the focus. */
  type(text: string): Promise<void>;
  /** Turns the wheel over a place by this many pixels; negative is away from the person. `held` is down meanwhile. */
  wheel(place: Place, deltaY: number, held?: Modifier): Promise<void>;
  /** Presses at one place, moves in several steps, lets go at the other. */
  drag(from: Place, to: Place): Promise<void>;
  /** The inside of the window as a PNG, one pixel for each CSS pixel. */
  screenshot(): Promise<Buffer>;
  /** What went wrong so far without a test asking for it, one line each: errors and warnings of the console, calls that failed. */
  problems(): readonly string[];
  close(): Promise<void>;
};

/** A browser that runs; one for each worker. */
export type RunningEngine = {
  /** A new window, 1440 × 900, that knows nothing of those before it. */
  visit(): Promise<Driver>;
  close(): Promise<void>;
};

/** What a driver is started with. */
export type EngineStart = {
  /** Put into every page before its own scripts. */
  readonly eye: string;
};

export const WINDOW = { width: 1440, height: 900 } as const;

/** In how many steps the mouse moves when it drags. */
export const DRAG_STEPS = 8;
