import type { Comparison } from '#page/annotations/index.ts';
import type { Result } from '#shared/result.ts';
import type { ComparedBoxes } from './model/compared.ts';

export type MatchRequest = { readonly boxes: readonly ComparedBoxes[]; readonly from: number };

/** Only what nobody expects goes wrong here: then the page matches by itself. */
export type MatchFailure = 'no-worker';
export type MatchOutcome = Result<readonly Comparison[], MatchFailure>;
