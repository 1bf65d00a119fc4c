/**
 * The picture that is written out in a `data:` address, as pages with many small pictures hand it over when one of them
 * is dragged. Nothing when it is not Base64 or is damaged. (`fetch` would do it, but the page may only connect to itself.)
 */
export function fileFromDataUrl(dataUrl: string, name: string): File | undefined {
  const match = /^data:(image\/[\w.+-]+)(?:;[^,;]*)*;base64,/i.exec(dataUrl);
  if (match === null) return undefined;
  try {
    const binary = atob(decodeURIComponent(dataUrl.slice(match[0].length)));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return new File([bytes], name, { type: match[1] ?? '' });
  } catch {
    return undefined;
  }
}
