import { saveFile } from '#page/platform/save-file.ts';

/** The part of the File System Access API that is used, where the browser has it (https://wicg.github.io/file-system-access/). */
declare global {
  interface Window {
    showSaveFilePicker?: (options: {
      suggestedName: string;
      types: { description: string; accept: Record<string, string[]> }[];
    }) => Promise<FileSystemFileHandle>;
  }
}

/** Takes everything that is saved; a stream that breaks off leaves nothing behind. */
export type SaveTarget = (content: ReadableStream<Uint8Array<ArrayBuffer>>, signal: AbortSignal) => Promise<void>;

/**
 * Where a file is saved. A large ZIP goes straight to disk where the browser can: it asks for the place at once,
 * because it may do so only right after a press. Everything else becomes a download. `undefined` when the person
 * closes the question.
 */
export async function openSaveTarget(fileName: string, type: string, large: boolean): Promise<SaveTarget | undefined> {
  if (!large || window.showSaveFilePicker === undefined) {
    return async (content) =>
      saveFile(await new Response(content, { headers: { 'content-type': type } }).blob(), fileName);
  }
  try {
    const ending = fileName.slice(fileName.lastIndexOf('.'));
    const handle = await window.showSaveFilePicker({
      suggestedName: fileName,
      types: [{ description: 'Facebound export', accept: { [type]: [ending] } }],
    });
    return async (content, signal) => content.pipeTo(await handle.createWritable(), { signal });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}
