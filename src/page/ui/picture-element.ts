/**
 * The open picture as an image element, loaded once however many crops are cut from it. Only the picture asked for
 * last is kept, so that pictures that were closed can be freed.
 */
let kept: { readonly url: string; readonly element: Promise<HTMLImageElement> } | undefined;

/** Rejects when the picture cannot be loaded or decoded. */
export function pictureElement(url: string): Promise<HTMLImageElement> {
  if (kept?.url === url) return kept.element;
  const element = load(url);
  kept = { url, element };
  return element;
}

async function load(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}
