import { constants, inflateSync } from 'node:zlib';
import { type PictureRefusal, refuseByHeader } from '#detector/headers/refuse-picture.ts';
import type { Inflate } from '#detector/ports.ts';
import { errorCode } from '#shared/error-code.ts';

const inflate: Inflate = (data, maxBytes) => {
  try {
    return inflateSync(data, { maxOutputLength: maxBytes, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    return errorCode(error) === 'ERR_BUFFER_TOO_LARGE' ? 'too-long' : undefined;
  }
};

/** `refuseByHeader` with Node's zlib. */
export const refusePicture = (picture: Uint8Array): PictureRefusal | undefined => refuseByHeader(picture, inflate);
