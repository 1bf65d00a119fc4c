import { useState } from 'react';
import { alreadyChecked, type HowToKeep, judgeableOf, keepVerdicts, type VerdictsToKeep } from '#page/check/index.ts';
import { toast } from '#page/platform/notices.ts';
import { Question } from '#page/ui/question.tsx';
import type { FaceId } from '#shared/face.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { announce } from './compare-place.ts';
import { asVerdicts } from './model/as-verdicts.ts';
import type { Counted } from './model/compared.ts';
import type { Side } from './model/sides.ts';
import type { ComparedPicture } from './use-compared-pictures.ts';

type Row = ComparedPicture & { readonly counted: Counted | undefined };

/** Makes verdicts of a comparison, after a question where there are verdicts already. */
export type Keeping = {
  /** Undefined where a picture cannot be judged by this comparison. */
  readonly here: (picture: PictureId) => (() => void) | undefined;
  readonly all: (() => void) | undefined;
  /** What is asked about now. */
  readonly asked: readonly VerdictsToKeep[] | undefined;
  readonly answer: (how: HowToKeep['how'] | undefined) => void;
};

export function useKeeping(rows: readonly Row[], version: string, truth: Side | undefined): Keeping {
  const [asked, setAsked] = useState<readonly VerdictsToKeep[]>();
  const toKeep = (row: Row): readonly VerdictsToKeep[] => {
    const on = judgeableOf(row.checked, version);
    const faces = row.answer?.faces;
    // Verdicts are about this very answer: with the sides swapped, or an answer that was saved, they would be on others.
    if (on === undefined || row.counted === undefined || faces === undefined || faces !== on.faces) return [];
    const { verdicts, missed } = asVerdicts(row.counted.comparison, row.counted.boxes.found, row.counted.boxes.truth);
    const said = [...verdicts].flatMap(([index, verdict]) => {
      const id: FaceId | undefined = faces[index]?.id;
      return id === undefined ? [] : [[id, verdict] as const];
    });
    return [{ on, verdicts: new Map(said), missed, size: row.fileSize }];
  };
  const canKeep = truth?.kind === 'truth';
  const keep = (all: readonly VerdictsToKeep[], how: HowToKeep) => {
    const { count, undo } = keepVerdicts(all, how);
    const sentence = count === 1 ? '1 verdict kept' : `${count} verdicts kept`;
    announce(`${sentence}.`);
    toast({
      title: sentence,
      text: all.length === 1 ? '' : `On ${all.length} pictures.`,
      tone: 'done',
      ...(count === 0 ? {} : { action: { label: 'Undo', run: undo } }),
    });
  };
  const ask = (all: readonly VerdictsToKeep[]) => {
    if (alreadyChecked(all) > 0) setAsked(all);
    else keep(all, { how: 'mine-stay' });
  };
  const isKept = ({ checked, counted, answer }: Row): boolean =>
    canKeep &&
    counted !== undefined &&
    answer?.faces !== undefined &&
    judgeableOf(checked, version)?.faces === answer.faces;
  return {
    here: (picture) => {
      const row = rows.find(({ checked }) => checked.picture.id === picture);
      return row !== undefined && isKept(row) ? () => ask(toKeep(row)) : undefined;
    },
    all: canKeep && rows.some(isKept) ? () => ask(rows.flatMap(toKeep)) : undefined,
    asked,
    answer: (how) => {
      if (asked !== undefined && how !== undefined) {
        if (how !== 'beside') keep(asked, { how });
        else if (truth?.kind === 'truth') keep(asked, { how, set: truth.set.id, name: truth.set.name.slice(0, 200) });
      }
      setAsked(undefined);
    },
  };
}

/** Asks what becomes of verdicts that are there. */
export function KeepVerdicts({ keeping: { asked, answer } }: { readonly keeping: Keeping }) {
  const count = asked === undefined ? 0 : alreadyChecked(asked);
  return (
    <Question
      isAsked={asked !== undefined}
      title={count === 1 ? 'You have verdicts on one of these pictures' : `You have verdicts on ${count} pictures`}
      answers={[
        { label: 'Keep yours', look: 'outline', onChoose: () => answer('mine-stay') },
        { label: 'Take these', look: 'primary', onChoose: () => answer('replace') },
        { label: 'Show both', look: 'outline', onChoose: () => answer('beside') },
      ]}
      onCancel={() => answer(undefined)}
    >
      <p>
        Keep yours, and take these for faces without a verdict only. Take these instead. Or lay these beside yours, as
        another reviewer’s. One step of undo takes any of it back.
      </p>
    </Question>
  );
}
