import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { EngineName } from '#contract/routes.ts';
import { readPictureDetection } from '#page/detection/index.ts';
import { sessionWith } from '#page/session/engine-session.ts';
import type { Detection } from '#shared/face.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { doubtsOf } from '../model/doubts.ts';
import type { Opinions } from '../model/opinions.ts';
import { type DrawnItem, drawnItems, type FoundItem, rankFaces, type Said } from '../model/sheet.ts';
import type { MissedFace } from '../model/verdict.ts';
import type { CheckedPicture } from '../use-checked-pictures.ts';

/** Everything that the sheet can show. */
export type SheetFaces = {
  /** All found faces, the most suspicious first. */
  readonly found: readonly FoundItem[];
  readonly drawn: readonly DrawnItem[];
  readonly said: Said;
  readonly pictures: ReadonlyMap<PictureId, CheckedPicture>;
};

const ENGINE_TITLES: Readonly<Record<EngineName, string>> = { embedded: 'Embedded', kling: 'Kling' };

/** Tells answers apart, so that what is worked out of hundreds is not worked out again for each verdict. */
const numbers = new WeakMap<Detection, number>();
let last = 0;
function numberOf(detection: Detection): number {
  const known = numbers.get(detection);
  if (known !== undefined) return known;
  last += 1;
  numbers.set(detection, last);
  return last;
}

const answerOf = ({ detection }: CheckedPicture): Detection | undefined =>
  detection.state === 'done' ? detection.result.detection : undefined;

/** The faces of all pictures in the order of the sheet, with what is said of them. */
export function useSheetFaces(all: readonly CheckedPicture[]): SheetFaces {
  const client = useQueryClient();
  // Order and doubts change with answers alone; verdicts leave them as they are.
  const answers = all
    .map((each) => {
      const answer = answerOf(each);
      return answer === undefined ? '' : `${each.picture.id} ${each.session.engine} ${numberOf(answer)}`;
    })
    .join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `answers` says which answers `all` has
  const found = useMemo(
    () =>
      rankFaces(
        all.flatMap(({ picture, session: { engine }, detection }) => {
          if (detection.state !== 'done') return [];
          const answer = detection.result.detection;
          const asked = sessionWith(engine === 'kling' ? 'embedded' : 'kling');
          const there = picture.origin.kind === 'replay' ? undefined : readPictureDetection(client, asked, picture);
          const other = there?.state === 'done' ? there.result.detection : undefined;
          const doubts = doubtsOf({ detection: answer, engine: ENGINE_TITLES[engine], other });
          return [{ picture: picture.id, engine, detection: answer, doubts }];
        }),
      ),
    [answers, client],
  );
  return useMemo(() => {
    const pictures = new Map(all.map((each) => [each.picture.id, each]));
    return {
      found,
      pictures,
      drawn: all.flatMap((each) => {
        const detection = answerOf(each);
        return detection === undefined || each.opinions === undefined
          ? []
          : drawnItems({ picture: each.picture.id, engine: each.session.engine, detection }, missedOf(each.opinions));
      }),
      said: ({ picture, face }) => pictures.get(picture)?.verdicts.get(face.id),
    };
  }, [all, found]);
}

/** Two people who draw the same face have missed one: the longer list counts, as in the line of progress. */
const missedOf = ({ own, others }: Opinions): readonly MissedFace[] =>
  others.reduce((most, { followed }) => (followed.missed.length > most.length ? followed.missed : most), own.missed);
