/** How long a browser may take to begin a download: some read large ones from the address well after the click. */
const BEGINS_WITHIN_MS = 60_000;

/** Saves a blob under a name, as the browser saves downloads. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), BEGINS_WITHIN_MS);
}
