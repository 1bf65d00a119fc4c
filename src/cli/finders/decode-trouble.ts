import type { DecodeFailure } from '#detector/detection.ts';
import { describeContent, sniffPicture } from '#detector/headers/sniff.ts';
import { sniff } from '#shared/formats/format.ts';
import { assertNever } from '#shared/result.ts';

/** Why bytes are no picture at all, in words that follow the file's name; undefined when they may be one. */
export function noPicture(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'is empty';
  return sniff(bytes).kind === 'picture' ? undefined : `is no picture but ${describeContent(bytes)}`;
}

/** Why a picture was not decoded, in words that follow its name. */
export function decodeTrouble(failure: DecodeFailure, bytes: Uint8Array): string {
  switch (failure.code) {
    case 'unreadable-picture':
      return sniffPicture(bytes) === undefined
        ? `is ${describeContent(bytes)} that is not read here: save it as JPEG or PNG`
        : `cannot be read as a picture: ${oneLine(failure.reason)}`;
    case 'picture-too-large':
      return `is too large: ${failure.reason}`;
    case 'picture-unsafe':
      return `cannot be opened safely: ${failure.reason}`;
    default:
      return assertNever(failure);
  }
}

/** Decoders word their complaints in several lines, of which the first says it. */
const oneLine = (reason: string): string => reason.split('\n', 1)[0]?.trim() ?? '';
