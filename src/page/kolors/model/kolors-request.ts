import {
  type AspectRatio,
  CREDITS_PER_IMAGE,
  DEFAULT_ASPECT_RATIO,
  FACE_REFERENCE_VERSION,
  FACE_STRENGTH,
  IMAGE_COUNT,
  type KolorsFaceRequest,
  kolorsFaceRequest,
  MAX_PROMPT_LENGTH,
} from '#contract/kolors.ts';
import { contractPaths } from '#contract/routes.ts';
import type { ShownRequest } from '#page/requests/model/index.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** What a person chooses for a generation. */
export type KolorsSettings = {
  readonly prompt: string;
  /** 1–100. */
  readonly faceStrength: number;
  readonly aspectRatio: AspectRatio;
  /** 1–9. */
  readonly imageCount: number;
};

export const DEFAULT_SETTINGS: KolorsSettings = {
  prompt: '',
  faceStrength: FACE_STRENGTH.default,
  aspectRatio: DEFAULT_ASPECT_RATIO,
  imageCount: IMAGE_COUNT.default,
};

/**
 * A face as Kling knows it: the address that Kling detected it in, and its place in Kling's reply plus one. Only a
 * detection by Kling gives one, so that no local address and no other engine's number can get into a request.
 */
export type KlingFace = { readonly imageReference: string; readonly faceNo: number };

/** A crop that lies at Kling. It shows the one face that is meant, which somebody drew by hand and so has no number. */
export type KlingCrop = { readonly imageReference: string };

/** Why a request cannot be sent yet: a closed set, with its words in `PROBLEM_MESSAGES`. */
export type KolorsProblem = 'prompt-missing' | 'prompt-too-long' | 'setting-out-of-range' | 'picture-not-at-kling';

export const PROBLEM_MESSAGES: Readonly<Record<KolorsProblem, string>> = {
  'prompt-missing': 'Write what the picture should show.',
  'prompt-too-long': `Shorten the prompt to ${MAX_PROMPT_LENGTH.toLocaleString('en')} characters.`,
  'setting-out-of-range': 'A setting is outside what the service takes.',
  'picture-not-at-kling': 'This picture’s address is not one that Kling can fetch.',
};

/** What a generation costs, in credits. */
export const costInCredits = (settings: Pick<KolorsSettings, 'imageCount'>): number =>
  settings.imageCount * CREDITS_PER_IMAGE;

/** `1 credit`, `4 credits`. */
export const formatCredits = (credits: number): string => (credits === 1 ? '1 credit' : `${credits} credits`);

/** The exact body for a chosen face or the crop of one, or everything that is in the way. `email` when an account was chosen. */
export function kolorsRequest(
  settings: KolorsSettings,
  face: KlingFace | KlingCrop,
  email: string | undefined,
): Result<KolorsFaceRequest, readonly KolorsProblem[]> {
  const draft = draftRequest(settings, face, email);
  const parsed = kolorsFaceRequest.safeParse(draft);
  if (parsed.success) return ok(draft);
  return err([...new Set(parsed.error.issues.map((issue) => problemAt(issue.path[0], settings)))]);
}

/** The body as it stands, complete or not: what the panel shows while a person still writes. */
export const draftRequest = (
  settings: KolorsSettings,
  face: KlingFace | KlingCrop,
  email: string | undefined,
): KolorsFaceRequest => ({
  ...(email === undefined ? {} : { email }),
  prompt: settings.prompt,
  reference: 'face',
  imageReference: face.imageReference,
  ...('faceNo' in face ? { faceNo: face.faceNo } : {}),
  faceStrength: settings.faceStrength,
  aspect_ratio: settings.aspectRatio,
  imageCount: settings.imageCount,
  version: FACE_REFERENCE_VERSION,
});

function problemAt(field: PropertyKey | undefined, settings: KolorsSettings): KolorsProblem {
  switch (field) {
    case 'prompt':
      return settings.prompt.trim() === '' ? 'prompt-missing' : 'prompt-too-long';
    case 'imageReference':
      return 'picture-not-at-kling';
    default:
      return 'setting-out-of-range';
  }
}

/** The call as it can be shown and repeated at the live service. `baseUrl` has no slash at its end. */
export const shownKolorsCall = (baseUrl: string, request: KolorsFaceRequest): ShownRequest => {
  const { email, prompt, reference, imageReference, faceNo, ...fields } = request;
  return {
    method: 'POST',
    url: new URL(baseUrl + contractPaths.kolors),
    body: {
      kind: 'json',
      value: {
        ...(email === undefined ? {} : { email }),
        prompt,
        reference,
        imageReference,
        ...(faceNo === undefined ? {} : { faceNo }),
        ...fields,
      },
    },
  };
};
