/** Saves a blob under a name, as the browser saves downloads. The object URL lives until the download has begun. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The click starts the download in a later task; revoking in this one cancels it in some browsers.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
