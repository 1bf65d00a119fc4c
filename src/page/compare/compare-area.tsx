import { useEffect } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import { digestsOf, hearCheckMode, hearChecks, isComparing, loadChecks } from '#page/check/index.ts';
import { alsoWish } from '#page/detection/index.ts';
import { preferPicture } from '#page/pictures/work-queue.ts';
import { type Picture, picturesOf, workStore } from '#page/pictures/work-store.ts';
import { type EngineSession, sessionWith } from '#page/session/engine-session.ts';
import { AnswersView } from './answers-view.tsx';
import { comparePlaceStore } from './compare-place.ts';
import { hearTruths, loadTruths } from './truth-store.ts';
import { TruthView } from './truth-view.tsx';
import { useComparedPictures } from './use-compared-pictures.ts';

type CompareAreaProps = {
  readonly config: AppConfig;
  readonly session: EngineSession;
  readonly picture: Picture;
  readonly onHelp: () => void;
};

/** Answers beside a truth, or beside each other: the third way of checking. */
export function CompareArea({ config, session, picture, onHelp }: CompareAreaProps) {
  const compared = useComparedPictures(session);
  const { pictures } = compared;
  const digests = pictures.flatMap(({ checked }) => digestsOf(checked.picture)).join(' ');
  useEffect(() => {
    loadChecks(digests.split(' '));
    loadTruths(digests.split(' '));
  }, [digests]);
  useEffect(hearChecks, []);
  useEffect(hearTruths, []);
  useEffect(() => preferPicture(picture.id), [picture.id]);
  const { answer, truth, standIns } = compared;
  const standIn = pictures.find(({ checked }) => checked.picture.id === standIns.get(picture.id));
  const shown = standIn?.checked.picture ?? picture;
  if (answer !== undefined && truth !== undefined && answer.kind !== 'truth' && truth.kind !== 'truth') {
    return <AnswersView compared={compared} answer={answer} truth={truth} picture={shown} onHelp={onHelp} />;
  }
  return <TruthView config={config} compared={compared} picture={shown} onHelp={onHelp} />;
}

/**
 * Has pictures looked at by the engines that a person compares, whichever the page shows; nothing is sent that was not
 * allowed. For as long as the page is there.
 */
export function startComparisons(): void {
  alsoWish({
    get: () => {
      if (!isComparing()) return [];
      const { answer, truth } = comparePlaceStore.getState();
      const pictures = picturesOf(workStore.getState()).filter(({ origin }) => origin.kind !== 'replay');
      return (['embedded', 'kling'] as const)
        .filter((engine) => answer === `engine:${engine}` || truth === `engine:${engine}`)
        .flatMap((engine) => pictures.map((picture) => ({ session: sessionWith(engine), picture })));
    },
    subscribe: (changed) => {
      const stops = [
        hearCheckMode(changed),
        comparePlaceStore.subscribe((now, before) => {
          if (now.answer !== before.answer || now.truth !== before.truth) changed();
        }),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  });
}
