import type { EngineName } from '#contract/routes.ts';
import {
  SAVED_RESULT_CHECK,
  SAVED_RESULT_FORMAT,
  SAVED_RESULT_MANIFEST,
  SAVED_RESULT_PICTURE_TYPES,
  type SavedPicture,
  type SavedResultManifest,
  toldFile,
} from '#contract/saved-result-file.ts';
import { endingFor, safeStem } from '#page/painting/model/file-names.ts';
import type { HandedOver } from '#page/pictures/model/handed-over.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import type { Detection } from '#shared/face.ts';
import type { Exchange } from '#shared/failure.ts';

/** A picture with its result, as it is saved. */
export type SavedResultItem = {
  readonly picture: Picture;
  readonly engine: EngineName;
  readonly imageReference: string;
  readonly detection: Detection;
  readonly exchange: Exchange;
};

type SavedResultFile = { readonly name: string; readonly content: Blob | string };

/** Loads a crop of the service; `undefined` when it cannot be had any more. Rejects when cancelled. */
export type LoadCrop = (item: SavedResultItem, url: string, signal: AbortSignal) => Promise<Blob | undefined>;

/**
 * The files of a saved result, one picture at a time and the manifest last, because only then is it known which crops
 * could still be had. A picture whose type cannot be opened again is left out. `check` is the file of what was checked.
 */
export async function* savedResultFiles(
  items: readonly SavedResultItem[],
  loadCrop: LoadCrop,
  signal: AbortSignal,
  onStep: () => void,
  check?: string,
): AsyncGenerator<SavedResultFile> {
  const pictures: SavedPicture[] = [];
  for (const [index, item] of items.entries()) {
    signal.throwIfAborted();
    const { picture, exchange } = item;
    const type = knownType(picture.blob.type);
    if (type === undefined) continue;
    const folder = `${String(index + 1).padStart(3, '0')}-${safeStem(picture.name)}`;
    const pictureFile = `${folder}/picture.${endingFor(type)}`;
    const responseFile = `${folder}/response.json`;
    yield { name: pictureFile, content: picture.blob };
    yield { name: responseFile, content: exchange.body };
    const crops: SavedPicture['crops'] = [];
    for (const [place, url] of cropUrls(item.detection).entries()) {
      const crop = await loadCrop(item, url, signal);
      const cropType = crop === undefined ? undefined : knownType(crop.type);
      if (crop === undefined || cropType === undefined) continue;
      const file = `${folder}/crops/${place + 1}.${endingFor(cropType)}`;
      crops.push({ url, file, type: cropType });
      yield { name: file, content: crop };
    }
    pictures.push({
      name: picture.name,
      file: pictureFile,
      type,
      sha256: picture.sha256,
      orientation: picture.orientation,
      ...(picture.handedOver === undefined ? {} : { original: savedOriginal(picture.handedOver) }),
      notes: [...picture.changes],
      concerns: [...picture.warnings],
      source: picture.origin.kind === 'replay' ? picture.origin.saved.source : picture.origin,
      engine: item.engine,
      imageReference: item.imageReference,
      response: {
        file: responseFile,
        method: exchange.method,
        path: exchange.path,
        durationMs: exchange.durationMs,
        ...(exchange.status === undefined ? {} : { status: exchange.status }),
        ...toldFile(exchange.readFrom),
        ...(exchange.requestId === undefined ? {} : { requestId: exchange.requestId }),
      },
      crops,
    });
    onStep();
  }
  if (check !== undefined) yield { name: SAVED_RESULT_CHECK, content: check };
  const manifest: SavedResultManifest = {
    format: SAVED_RESULT_FORMAT,
    version: 1,
    pictures,
    ...(check === undefined ? {} : { check: SAVED_RESULT_CHECK }),
  };
  yield { name: SAVED_RESULT_MANIFEST, content: `${JSON.stringify(manifest, undefined, 2)}\n` };
}

const savedOriginal = ({ path, size, orientation, sha256 }: HandedOver): SavedPicture['original'] => ({
  ...(path === undefined ? {} : { path }),
  width: size.width,
  height: size.height,
  orientation,
  sha256,
});

const knownType = (type: string) => SAVED_RESULT_PICTURE_TYPES.find((known) => known === type.replace(/;.*/s, ''));

const cropUrls = ({ faces }: Detection): readonly string[] => [
  ...new Set(faces.flatMap(({ cropUrl, featureUrl }) => [cropUrl, featureUrl]).filter((url) => url !== undefined)),
];
