/** An API that some browser we promise to work in does not have, and what the page does there. */
export type NewerApi = {
  readonly name: string;
  /** First versions that have it; undefined where none has. */
  readonly since: { readonly chrome?: number; readonly firefox?: number; readonly safari?: number };
  /** What stands in for it, and where. */
  readonly instead: string;
  /** Takes it away, as JavaScript that runs before everything else, in pages and workers. */
  readonly removal: string;
};

/**
 * Everything newer than Chrome 120, Firefox 128 and Safari 17.4 that the page uses (versions: MDN's compatibility data).
 * Whoever uses another one adds it here; `e2e/specs/older-browsers.spec.ts` does the main job without each. The language
 * is kept old by the build's target, its library by `lib` in tsconfig.json.
 */
export const NEWER_APIS: readonly NewerApi[] = [
  {
    name: 'async iteration of streams',
    since: { chrome: 124, firefox: 110, safari: 27 },
    instead: 'a reader and a loop (`page/pictures/prepare/open-file.ts`)',
    removal: 'delete ReadableStream.prototype[Symbol.asyncIterator]; delete ReadableStream.prototype.values;',
  },
  {
    name: 'ImageData with settings',
    since: { chrome: 92, firefox: 160, safari: 15 },
    instead: 'colours are converted by hand (`page/pictures/formats/display-p3.ts`)',
    removal: `{ const Plain = ImageData; globalThis.ImageData = function (...args) {
      if (typeof args.at(-1) === 'object' && !ArrayBuffer.isView(args.at(-1))) throw new TypeError('No settings');
      return new Plain(...args);
    }; globalThis.ImageData.prototype = Plain.prototype; }`,
  },
  {
    name: 'showSaveFilePicker',
    since: { chrome: 86 },
    instead: 'a download, made in memory (`page/export/save-target.ts`)',
    removal: 'delete globalThis.showSaveFilePicker;',
  },
  {
    name: 'requestIdleCallback',
    since: { chrome: 47, firefox: 55 },
    instead: 'a timer (`page/platform/defer-until-idle.ts`)',
    removal: 'delete globalThis.requestIdleCallback;',
  },
  {
    name: 'DataTransferItem.getAsFileSystemHandle',
    since: { chrome: 86 },
    instead: 'entries and files (the library that reads drops)',
    removal: 'if (globalThis.DataTransferItem) delete DataTransferItem.prototype.getAsFileSystemHandle;',
  },
];
