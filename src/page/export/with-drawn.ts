import { drawnFacesOn } from '#page/check/index.ts';
import type { ExportItem } from './export-item.ts';

/** An item with what somebody drew on it by hand, as far as that is here: an engine's answer does not hold it. */
export const withDrawn = <Item extends ExportItem>(item: Item): Item => ({
  ...item,
  drawn: drawnFacesOn(item.picture, item.engine, item.detection),
});
