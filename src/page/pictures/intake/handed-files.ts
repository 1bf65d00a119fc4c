import { type FileWithPath, fromEvent } from 'file-selector';
import type { DropEvent } from 'react-dropzone';
import { once } from '#shared/once.ts';
import { pathInFolder } from '../model/handed-over.ts';

/** The files of a choice, in the order of the dialog. */
export const filesOf = async (event: DropEvent | FileSystemFileHandle[]): Promise<readonly FileWithPath[]> =>
  (await fromEvent(event)).filter((file) => file instanceof File);

/** Folders tell their files in no order at all. */
const byName = once(() => new Intl.Collator(undefined, { numeric: true }));

/**
 * The files of a drop in its order, those in folders included and by their names. Call it while the drop is told:
 * afterwards nothing can be read any more.
 *
 * What has a picture's type is taken as it is. For everything else the browser is asked whether it is a folder, for
 * which Chromium stops the page until another process has answered: 0.4 ms a file, and the same once more for what comes
 * with it, so that 200 photographs kept the page for more than 0.1 s. A folder whose name ends like a picture's is told
 * as a file that cannot be read.
 */
export async function droppedFiles({ items }: DataTransfer): Promise<readonly File[]> {
  const given = [...items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => {
      const file = item.type.startsWith('image/') ? item.getAsFile() : null;
      return file === null ? filesByName(item) : [file];
    });
  return (await Promise.all(given)).flat();
}

const filesByName = async (item: DataTransferItem): Promise<readonly File[]> =>
  (await filesOf(dropOf(item))).toSorted((one, other) => byName().compare(one.path, other.path));

/** The path within the folder that was dropped or chosen, as file-selector or the browser told it. */
export const pathOf = (file: File): string | undefined =>
  pathInFolder('path' in file && typeof file.path === 'string' ? file.path : file.webkitRelativePath);

/** A drop of this alone, as file-selector reads it. */
const dropOf = (item: DataTransferItem) => Object.assign(new Event('drop'), { dataTransfer: { items: [item] } });
