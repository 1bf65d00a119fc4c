import { useMemo } from 'react';
import type { EngineName } from '#contract/routes.ts';
import type { TruthBox } from '#page/annotations/index.ts';
import { type CheckedPicture, digestsOf, useCheckedPictures } from '#page/check/index.ts';
import { type EngineSession, useEngineSession } from '#page/session/engine-session.ts';
import type { Detection, Face } from '#shared/face.ts';
import { rescale } from '#shared/geometry/rect.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { useComparePlace } from './compare-place.ts';
import type { ComparedBoxes, Standing } from './model/compared.ts';
import { chosenSides, type Side, savedSide, truthSide } from './model/sides.ts';
import { type TruthRecord, truthKey } from './model/truth.ts';
import { engineOfSaved, savedAnswers } from './saved-answers.ts';
import { useTruths } from './truth-store.ts';

/** What one side says of a picture. */
export type SideBoxes = {
  /** In upright pixels of the picture's file. */
  readonly boxes: readonly TruthBox[];
  /** Of an answer, by the same places. */
  readonly faces: readonly Face[] | undefined;
};

/** A picture of the work with what both sides say of it. */
export type ComparedPicture = {
  readonly checked: CheckedPicture;
  /** Upright size in pixels of the file: the space that boxes are compared in. */
  readonly fileSize: Size;
  /** The space of the stage, in pixels. */
  readonly size: Size;
  readonly answer: SideBoxes | undefined;
  readonly truth: SideBoxes | undefined;
  readonly standing: Standing;
};

export type Compared = {
  readonly sides: readonly Side[];
  readonly answer: Side | undefined;
  readonly truth: Side | undefined;
  /** Each file once: a saved answer of one that is here stands beside its picture. */
  readonly pictures: readonly ComparedPicture[];
  /** Which of them stands for a picture that is not among them. */
  readonly standIns: ReadonlyMap<PictureId, PictureId>;
};

const ENGINE_SIDES: Readonly<Record<EngineName, Side>> = {
  embedded: { kind: 'engine', id: 'engine:embedded', engine: 'embedded', label: 'Embedded' },
  kling: { kind: 'engine', id: 'engine:kling', engine: 'kling', label: 'Kling' },
};
/** Every picture of the work as it is compared. The same answer and truth give the same boxes, so that matches are kept. */
export function useComparedPictures(session: EngineSession): Compared {
  const klingSession = useEngineSession('kling');
  const embedded = useCheckedPictures(useEngineSession('embedded'));
  const kling = useCheckedPictures(klingSession);
  const canAskKling = klingSession.canAsk;
  const sets = useTruths((state) => state.sets);
  const records = useTruths((state) => state.records);
  const answerId = useComparePlace((state) => state.answer);
  const truthId = useComparePlace((state) => state.truth);
  return useMemo(() => {
    const all = { embedded, kling };
    const { answers, standIns } = savedAnswers(embedded.map(({ picture }) => picture));
    const isCompared = ({ picture }: CheckedPicture) => !standIns.has(picture.id);
    const hasAnswer = (engine: EngineName) =>
      all[engine].some((each) => isCompared(each) && detectionOf(each, engine) !== undefined);
    const isAskable = embedded.some(({ picture }) => picture.origin.kind !== 'replay');
    const [hasEmbedded, hasKling] = [hasAnswer('embedded'), hasAnswer('kling')];
    const sides: readonly Side[] = [
      ...(hasEmbedded || isAskable || !(hasKling || answers.size > 0) ? [ENGINE_SIDES.embedded] : []),
      ...(hasKling ? [ENGINE_SIDES.kling] : []),
      ...[...answers.keys()].map(savedSide),
      // What would have to be asked first comes behind what is here.
      ...(!hasKling && canAskKling ? [ENGINE_SIDES.kling] : []),
      ...sets.map(truthSide),
    ];
    const { answer, truth } = chosenSides(sides, { answer: answerId, truth: truthId }, session.engine);
    const base = all[engineOf(answer) ?? engineOf(truth) ?? session.engine];
    const pictures = base.flatMap((checked, index) => (isCompared(checked) ? [compared(checked, index)] : []));
    return { sides, answer, truth, pictures, standIns };

    function compared(checked: CheckedPicture, index: number): ComparedPicture {
      const { picture } = checked;
      const fileSize = picture.handedOver?.size ?? picture.size;
      const on = (side: Side | undefined) => sideBoxes(side, checked, index, fileSize);
      const [mine, theirs] = [on(answer), on(truth)];
      const standing: Standing =
        mine === undefined
          ? { state: 'no-answer' }
          : theirs === undefined
            ? { state: 'without-truth' }
            : { state: 'compared', boxes: pairUp(mine, theirs) };
      const detection = checked.detection.state === 'done' ? checked.detection.result.detection : undefined;
      return { checked, fileSize, size: detection?.size ?? picture.size, answer: mine, truth: theirs, standing };
    }

    function sideBoxes(
      side: Side | undefined,
      { picture }: CheckedPicture,
      index: number,
      fileSize: Size,
    ): SideBoxes | undefined {
      switch (side?.kind) {
        case undefined:
          return undefined;
        case 'engine': {
          const each = all[side.engine][index];
          const detection = each === undefined ? undefined : detectionOf(each, side.engine);
          return detection === undefined ? undefined : answerBoxes(detection, fileSize);
        }
        case 'saved': {
          const detection = answers.get(side.from)?.get(picture.id);
          return detection === undefined ? undefined : answerBoxes(detection, fileSize);
        }
        case 'truth': {
          const record = digestsOf(picture)
            .map((file) => records.get(truthKey({ set: side.set.id, file })))
            .find((found) => found !== undefined);
          return record === undefined ? undefined : truthBoxes(record, fileSize);
        }
      }
    }
  }, [embedded, kling, sets, records, answerId, truthId, session, canAskKling]);
}

/** The engine of a side that is one. */
const engineOf = (side: Side | undefined): EngineName | undefined =>
  side?.kind === 'engine' ? side.engine : undefined;

/** An answer of this very engine: a saved result is looked at as whoever gave it, and boxes of a file are nobody's. */
const detectionOf = ({ picture, session, detection }: CheckedPicture, engine: EngineName): Detection | undefined =>
  session.engine === engine &&
  detection.state === 'done' &&
  (picture.origin.kind !== 'replay' || engineOfSaved(picture) === engine)
    ? detection.result.detection
    : undefined;

const knownAnswers = new WeakMap<Detection, { readonly fileSize: Size; readonly side: SideBoxes }>();

function answerBoxes(detection: Detection, fileSize: Size): SideBoxes {
  const known = knownAnswers.get(detection);
  if (known?.fileSize.width === fileSize.width && known.fileSize.height === fileSize.height) return known.side;
  const { faces, size } = detection;
  const side = { boxes: faces.map(({ bound }) => ({ bound: rescale(bound, size, fileSize) })), faces };
  knownAnswers.set(detection, { fileSize, side });
  return side;
}

const knownTruths = new WeakMap<TruthRecord, SideBoxes>();

function truthBoxes(record: TruthRecord, fileSize: Size): SideBoxes {
  const known = knownTruths.get(record);
  if (known !== undefined) return known;
  const boxes = record.boxes.map(({ bound, ignored }) => ({
    bound: rescale(bound, record.size, fileSize),
    ...(ignored === undefined ? {} : { ignored }),
  }));
  const side = { boxes, faces: undefined };
  knownTruths.set(record, side);
  return side;
}

const knownPairs = new WeakMap<SideBoxes, WeakMap<SideBoxes, ComparedBoxes>>();

/** What an answer says of what it is told to ignore is no box of its own. */
function pairUp(answer: SideBoxes, truth: SideBoxes): ComparedBoxes {
  const those = knownPairs.get(answer) ?? new WeakMap<SideBoxes, ComparedBoxes>();
  knownPairs.set(answer, those);
  const known = those.get(truth);
  if (known !== undefined) return known;
  const found = answer.boxes.filter(({ ignored }) => ignored === undefined).map(({ bound }) => bound);
  const pair = { found, truth: truth.boxes };
  those.set(truth, pair);
  return pair;
}
