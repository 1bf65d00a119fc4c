import type { OtherKind, PictureFormat } from '#shared/formats/format.ts';

/** Ways of storing a picture that no decoder of ours reads, and that would come out as noise. */
export type UnreadKind = 'lab' | 'floating-point' | 'signed' | 'colours' | 'bits' | 'compression';

/**
 * Why something that was handed over did not become a picture: a closed set. Every code has its words in
 * `intake-failure-message.ts`; adding one breaks the build there. Sizes are pixels of the upright picture.
 */
export type IntakeFailure =
  | { readonly code: 'not-a-picture'; readonly what: OtherKind }
  | { readonly code: 'empty' }
  /** `isUsable`: a part of it can be shown, and is used when a person says so. */
  | { readonly code: 'truncated'; readonly format: PictureFormat; readonly isUsable: boolean }
  | { readonly code: 'broken'; readonly format: PictureFormat }
  | { readonly code: 'too-many-bytes'; readonly bytes: number }
  | { readonly code: 'too-many-pixels'; readonly width: number; readonly height: number }
  | { readonly code: 'too-small'; readonly width: number; readonly height: number }
  | { readonly code: 'too-narrow'; readonly width: number; readonly height: number }
  /** `kind`: what of the format nobody here reads, where that is known. */
  | { readonly code: 'not-decodable'; readonly format: PictureFormat; readonly kind?: UnreadKind }
  | { readonly code: 'unreadable-file' }
  | { readonly code: 'nothing-to-load'; readonly via: 'drop' | 'paste' }
  | { readonly code: 'sample-unreachable' }
  | { readonly code: 'preparation-failed' }
  /** The page's own code for it could not be fetched: no connection, or a server that was updated meanwhile. */
  | { readonly code: 'code-missing' }
  /** A mistake of ours, in the browser's words. */
  | { readonly code: 'unexpected'; readonly message: string }
  | { readonly code: 'cancelled' };

export type IntakeFailureCode = IntakeFailure['code'];
