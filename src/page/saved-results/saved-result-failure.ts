import { assertNever } from '#shared/result.ts';

/** Why a saved result could not be opened. `not-ours`: a ZIP, but no saved result. */
export type SavedResultFailure = 'not-ours' | 'newer' | 'damaged' | 'too-large';

/** What happened and what to do, in sentences. */
export function savedResultFailureMessage(failure: Exclude<SavedResultFailure, 'not-ours'>): string {
  switch (failure) {
    case 'newer':
      return 'It was saved by a newer version of this page. Open it there, or export it again.';
    case 'damaged':
      return 'The file is damaged: what is in it is not what was saved. Copy it again from where it came from.';
    case 'too-large':
      return 'It unpacks to more than a page can hold. Save fewer pictures in one file.';
    default:
      return assertNever(failure);
  }
}
