/** What systems and programs lay beside pictures, by name: Finder, Explorer, KDE, Picasa. */
const SYSTEM_FILES =
  /^(?:\.ds_store|thumbs\.db|ehthumbs(?:_vista)?\.db|desktop\.ini|\.localized|\.directory|\.?picasa\.ini|icon\r)$/i;

/** The Mac's second half of a file on a foreign disk (it has the picture's name and type), and edits beside a picture. */
const SIDE_FILES = /^\._|\.(?:aae|xmp)$/i;

/** Folders that only programs look into. */
const SYSTEM_FOLDERS = /(?:^|\/)(?:__MACOSX|@eaDir)\//;

/**
 * Whether a file only lies beside pictures: nobody means it when a folder is dropped, and nobody wants to read why it is
 * no picture. `path` is that in the dropped folder.
 */
export const isSideFile = ({ name, path }: { readonly name: string; readonly path?: string | undefined }): boolean =>
  SYSTEM_FILES.test(name) || SIDE_FILES.test(name) || (path !== undefined && SYSTEM_FOLDERS.test(path));
