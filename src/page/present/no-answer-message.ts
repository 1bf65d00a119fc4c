import { NOT_SENT, type PictureDetection } from '#page/detection/index.ts';

/**
 * What an audience reads while there is no answer. Never that there are no faces, because nobody knows; and nothing
 * technical: why there is none stands on the table.
 */
export function noAnswerMessage(detection: Exclude<PictureDetection, { readonly state: 'done' }>): string {
  switch (detection.state) {
    case 'waiting':
    case 'uploading':
    case 'detecting':
      return 'Looking for faces…';
    case 'not-sent':
      return NOT_SENT;
    case 'cancelled':
    case 'failed':
      return 'No result yet';
  }
}
