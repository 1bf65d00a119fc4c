import { useState } from 'react';
import type { HandOffFace } from '#page/place/place-store.ts';
import type { FaceId } from '#shared/face.ts';
import { DEFAULT_SETTINGS, type KolorsSettings } from './model/kolors-request.ts';

/** What a person has decided for the next request; it outlives the panel, so that a prompt survives closing it. */
export type RequestDraft = {
  readonly settings: KolorsSettings;
  readonly changeSettings: (change: Partial<KolorsSettings>) => void;
  /** The face that a person pointed out among Kling's, because no box matched. */
  readonly pointedOutFor: (target: HandOffFace) => FaceId | undefined;
  readonly pointOut: (target: HandOffFace, id: FaceId) => void;
};

export function useRequestDraft(): RequestDraft {
  const [settings, setSettings] = useState(DEFAULT_SETTINGS);
  const [pointedOut, setPointedOut] = useState<ReadonlyMap<string, FaceId>>(new Map());
  return {
    settings,
    changeSettings: (change) => setSettings((before) => ({ ...before, ...change })),
    pointedOutFor: (target) => pointedOut.get(pointKey(target)),
    pointOut: (target, id) => setPointedOut((before) => new Map(before).set(pointKey(target), id)),
  };
}

const pointKey = ({ picture, face }: HandOffFace): string => `${picture.id} ${face.id}`;
