import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { z } from 'zod';
import type { SavedFile } from '../fixtures/exports.ts';
import type { HandedFile } from '../fixtures/facebound-page.ts';
import type { Driver, Place } from './driver.ts';
import { wholeFiles } from './folders.ts';
import type { Query, Rect, Seen } from './in-page/eye.ts';
import { deviation, paintedShare, placeOfPicture, readShot, type Shot } from './painted.ts';

/** What somebody looks for: a role, and a name in full or a pattern of it. */
export type Wanted = { readonly role: string; readonly name?: string | RegExp; readonly within?: Wanted };

const rect = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const seen = z.object({
  name: z.string(),
  text: z.string(),
  value: z.string(),
  isSelected: z.boolean(),
  isDisabled: z.boolean(),
  rect,
});
const aimed = z.union([z.string(), z.object({ x: z.number(), y: z.number() })]);
const extent = z.object({ width: z.number(), height: z.number(), pageWidth: z.number(), isFullScreen: z.boolean() });

export const button = (name: string | RegExp, within?: Wanted): Wanted => ({
  role: 'button',
  name,
  ...(within === undefined ? {} : { within }),
});
export const STAGE: Wanted = { role: 'region', name: /^Stage/ };
export const PICTURES: Wanted = { role: 'navigation', name: 'Pictures' };
export const FACES: Wanted = { role: 'option', within: { role: 'listbox', name: 'Faces' } };
export const face = (faceNo: number): Wanted => ({ ...FACES, name: new RegExp(`^Face ${faceNo}(?!\\d)`) });
const LINK_FIELD: Wanted = { role: 'textbox', name: 'Image link' };

/**
 * Somebody who uses the page with whatever browser there is. Finds everything by role and accessible name, presses
 * where it is drawn, and sees what the window shows.
 */
export class Visitor {
  readonly driver: Driver;
  readonly #origin: string;

  constructor(driver: Driver, origin: string) {
    this.driver = driver;
    this.#origin = origin;
  }

  /** Opens the empty page and waits until it can take a picture. */
  async open(): Promise<void> {
    await this.driver.open(`${this.#origin}/`);
    await this.expectOne(LINK_FIELD);
  }

  /** Everything that answers to these words now. */
  async look(wanted: Wanted): Promise<Seen[]> {
    return z.array(seen).parse(await this.#ask('look', asQuery(wanted)));
  }

  async expectCount(wanted: Wanted, count: number): Promise<void> {
    await expect.poll(async () => (await this.look(wanted)).length, { message: told(wanted) }).toBe(count);
  }

  expectOne = (wanted: Wanted): Promise<void> => this.expectCount(wanted, 1);

  /** The words in the one thing that is wanted come to be these. */
  async expectText(wanted: Wanted, text: RegExp): Promise<void> {
    await expect
      .poll(async () => (await this.look(wanted)).map((one) => one.text).join('\n'), { message: told(wanted) })
      .toMatch(text);
  }

  /** Clicks the one thing that is wanted, as soon as it stands still and can be reached. */
  async click(wanted: Wanted): Promise<void> {
    await this.driver.click(await this.#aim(wanted));
  }

  /** Puts a text into a field in place of what is there. */
  async fill(wanted: Wanted, text: string): Promise<void> {
    await this.#aim(wanted);
    expect(await this.#ask('focus', asQuery(wanted)), told(wanted)).toBe(true);
    expect(await this.#ask('selectAll'), told(wanted)).toBe(true);
    await this.driver.type(text);
    await expect.poll(async () => (await this.look(wanted)).map(({ value }) => value)).toEqual([text]);
  }

  /** Drags files over the window and lets them go, as from a folder. */
  async drop(...files: readonly HandedFile[]): Promise<void> {
    const carried = files.map(({ name, type, bytes }) => ({
      name,
      type,
      base64: Buffer.from(bytes).toString('base64'),
    }));
    await this.#ask('drop', carried);
  }

  /** Chooses files from the disk. */
  async choose(...files: readonly HandedFile[]): Promise<void> {
    const paths = files.map(({ name }) => join(this.driver.handed, name));
    await Promise.all(files.map(({ bytes }, index) => writeFile(paths[index] ?? '', bytes)));
    await this.driver.upload(paths);
  }

  /** Types an address into the link field and loads it. */
  async link(url: string): Promise<void> {
    await this.fill(LINK_FIELD, url);
    await this.click(button('Load'));
  }

  /** The strip shows this picture with so many faces found. */
  expectFound = (name: string, faces: number): Promise<void> =>
    this.expectOne(button(`${name}, ${faces} faces`, PICTURES));

  /** The list holds this many faces. */
  expectFaces = (count: number): Promise<void> => this.expectCount(FACES, count);

  /** Exactly these faces are selected in the list. */
  async expectSelected(...faceNos: readonly number[]): Promise<void> {
    const selected = async () =>
      (await this.look(FACES)).filter(({ isSelected }) => isSelected).map(({ name }) => name);
    await expect
      .poll(selected)
      .toEqual(faceNos.map((faceNo) => expect.stringMatching(new RegExp(`^Face ${faceNo}(?!\\d)`))));
  }

  /** The boxes of the stage by faceNo, in pixels of the window. */
  async boxes(): Promise<ReadonlyMap<number, Rect>> {
    const boxes = z.record(z.string(), rect).parse(await this.#ask('boxes'));
    return new Map(Object.entries(boxes).map(([id, box]) => [Number(id.replace('face-', '')), box]));
  }

  async boxOf(faceNo: number): Promise<Rect> {
    const box = (await this.boxes()).get(faceNo);
    if (box === undefined) throw new Error(`Face ${faceNo} has no box on the stage`);
    return box;
  }

  /** Clicks the middle of a face on the picture. */
  async clickFaceOnStage(faceNo: number): Promise<void> {
    await this.driver.click(middleOf(await this.boxOf(faceNo)));
  }

  async screenshot(): Promise<Shot> {
    return readShot(await this.driver.screenshot());
  }

  /** Where the stage is, in pixels of the window. */
  async stage(): Promise<Rect> {
    const [stage] = await this.look(STAGE);
    if (stage === undefined) throw new Error('There is no stage');
    return stage.rect;
  }

  /**
   * What a person would miss on the stage, by the pixels of a screenshot: the picture under the boxes, or the box of a
   * face. Boxes that are not wholly in sight are left out.
   */
  async missing(): Promise<string[]> {
    const [stage, boxes, shot] = [await this.stage(), await this.boxes(), await this.screenshot()];
    const missing: string[] = [];
    for (const [faceNo, box] of boxes) {
      if (!contains(stage, box)) continue;
      const share = paintedShare(shot, box, faceNo);
      if (share < 0.6) missing.push(`box of face ${faceNo}: ${share.toFixed(2)} of it painted`);
      const inside = { x: box.x + 6, y: box.y + 6, width: box.width - 12, height: box.height - 12 };
      const strays = deviation(shot, inside);
      if (strays < 8) missing.push(`picture in the box of face ${faceNo}: brightness strays by ${strays.toFixed(1)}`);
    }
    if (boxes.size === 0) missing.push('any box');
    const strays = deviation(shot, stage);
    if (strays < 8) missing.push(`picture on the stage: brightness strays by ${strays.toFixed(1)}`);
    return missing;
  }

  /** Picture and boxes are painted. */
  async expectPainted(): Promise<void> {
    await expect.poll(() => this.missing()).toEqual([]);
  }

  /** Where a picture with marked corners is painted, upright and whole. */
  async placeOf(picture: { readonly width: number; readonly height: number }): Promise<Rect> {
    let place: Rect | string = 'not looked yet';
    const look = async () => {
      place = placeOfPicture(await this.screenshot(), await this.stage(), picture);
      return typeof place === 'string' ? place : 'painted';
    };
    await expect.poll(look).toBe('painted');
    if (typeof place === 'string') throw new Error(place);
    return place;
  }

  /** Waits for the one file that an action saves. */
  async savedBy(act: () => Promise<void>): Promise<SavedFile> {
    const { downloads } = this.driver;
    const before = new Set(await wholeFiles(downloads));
    const added = async () => (await wholeFiles(downloads)).filter((name) => !before.has(name));
    await act();
    await expect.poll(added, 'a file is saved').toHaveLength(1);
    const [name = ''] = await added();
    return { name, bytes: await readFile(join(downloads, name)) };
  }

  /** Opens the export menu, chooses an entry and waits for its file. */
  exportedAs(name: RegExp): Promise<SavedFile> {
    const menu: Wanted = { role: 'menu', name: 'Export' };
    return this.savedBy(async () => {
      await this.click(button('Export'));
      await this.click({ role: 'menuitem', name, within: menu });
    });
  }

  async extent() {
    return extent.parse(await this.#ask('extent'));
  }

  /** Gives the window another size and waits until the page has heard of it. */
  async resizeTo(width: number, height: number): Promise<void> {
    await this.driver.resizeTo(width, height);
    await expect.poll(() => this.extent()).toMatchObject({ width, height });
    await this.settle();
  }

  /** Everything that moves has arrived. */
  async settle(): Promise<void> {
    await this.#ask('settle');
  }

  /** Waits until the browser's memory holds so many pictures with their bytes, and their answers. */
  async expectRemembered(pictures: number): Promise<void> {
    const count = async () => z.record(z.string(), z.number()).parse(await this.#ask('remembered'));
    await expect.poll(count).toMatchObject({ pictures, blobs: pictures, answers: pictures });
  }

  async #aim(wanted: Wanted): Promise<Place> {
    let aim: Place | string = 'not looked yet';
    const look = async () => {
      aim = aimed.parse(await this.#ask('aim', asQuery(wanted)));
      return typeof aim === 'string' ? aim : 'can be pressed';
    };
    await expect.poll(look, { message: told(wanted) }).toBe('can be pressed');
    if (typeof aim === 'string') throw new Error(aim);
    return aim;
  }

  #ask(what: string, argument?: unknown): Promise<unknown> {
    return this.driver.evaluate(`eye.${what}(${argument === undefined ? '' : JSON.stringify(argument)})`);
  }
}

export const middleOf = ({ x, y, width, height }: Rect): Place => ({ x: x + width / 2, y: y + height / 2 });

const contains = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const asQuery = ({ role, name, within }: Wanted): Query => ({
  role,
  ...(name === undefined ? {} : { name: typeof name === 'string' ? name : { source: name.source } }),
  ...(within === undefined ? {} : { within: asQuery(within) }),
});

const told = ({ role, name, within }: Wanted): string =>
  `${role}${name === undefined ? '' : ` ${name}`}${within === undefined ? '' : ` in ${told(within)}`}`;
