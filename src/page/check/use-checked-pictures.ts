import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { EngineName } from '#contract/routes.ts';
import { type PictureDetection, readPictureDetection, sessionFor } from '#page/detection/index.ts';
import { type Picture, picturesOf, useWork } from '#page/pictures/work-store.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import type { Detection, FaceId } from '#shared/face.ts';
import { useChecks } from './check-store.ts';
import type { CheckRecords } from './model/commands.ts';
import { isDisputed, type Opinions, opinionsOn, shownVerdict } from './model/opinions.ts';
import { NO_ANSWER, type PictureProgress, progressOf } from './model/progress.ts';
import type { CheckRecord, Verdict } from './model/verdict.ts';
import { digestsOf } from './own-checks.ts';

/** A picture of the work with its answer and everything that is said about it. */
export type CheckedPicture = {
  readonly picture: Picture;
  /** As whom it was asked. */
  readonly session: EngineSession;
  readonly detection: PictureDetection;
  /** Undefined without an answer. */
  readonly opinions: Opinions | undefined;
  /** All that is said about it, by whomever. */
  readonly records: readonly CheckRecord[];
  /** One's own record, where there is one. */
  readonly own: CheckRecord | undefined;
  readonly progress: PictureProgress;
  /** What counts for each face that was judged. */
  readonly verdicts: ReadonlyMap<FaceId, Verdict>;
  /** Faces that one calls right and another wrong. */
  readonly disputed: ReadonlySet<FaceId>;
};

/** How often answers that arrive are looked at, in milliseconds. */
const LOOK_EVERY_MS = 250;

/** Every picture of the work as it is checked. A verdict counts anew the picture that it is about, and no other. */
export function useCheckedPictures(session: EngineSession): readonly CheckedPicture[] {
  const client = useQueryClient();
  const pictures = useWork(picturesOf);
  const asks = useWork((state) => state.asks);
  const records = useChecks((state) => state.records);
  const ownSet = useChecks((state) => state.own.id);
  const [answers, setAnswers] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = client.getQueryCache().subscribe(({ type }) => {
      // Whoever looks at an answer is heard of here too, this page among them.
      if (type !== 'updated' && type !== 'added' && type !== 'removed') return;
      timer ??= setTimeout(() => {
        timer = undefined;
        setAnswers((count) => count + 1);
      }, LOOK_EVERY_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: answers and permissions are read from where they lie
  return useMemo(() => {
    const about = byDigest(records);
    return pictures.map((picture): CheckedPicture => {
      const asked = sessionFor(session, picture);
      const detection = readPictureDetection(client, asked, picture);
      const said = recordsOn(about, picture, asked.engine);
      const own = said.find(({ set }) => set === ownSet);
      const known = { picture, session: asked, detection, records: said, own };
      return detection.state === 'done'
        ? { ...known, ...judged(detection.result.detection, said, ownSet) }
        : { ...known, ...NOT_JUDGED };
    });
  }, [client, session, pictures, asks, records, ownSet, answers]);
}

type Judged = Pick<CheckedPicture, 'records' | 'opinions' | 'progress' | 'verdicts' | 'disputed'>;

const NOT_JUDGED: Omit<Judged, 'records'> = {
  opinions: undefined,
  progress: NO_ANSWER,
  verdicts: new Map(),
  disputed: new Set(),
};

/** What was worked out last for an answer: of two hundred pictures one changes at a time. */
const known = new WeakMap<Detection, { readonly ownSet: string } & Judged>();

function judged(detection: Detection, records: readonly CheckRecord[], ownSet: string): Judged {
  const before = known.get(detection);
  const isSame =
    before?.ownSet === ownSet &&
    before.records.length === records.length &&
    before.records.every((record, index) => record === records[index]);
  if (before !== undefined && isSame) return before;
  const opinions = opinionsOn(records, ownSet, detection);
  const ids = detection.faces.map(({ id }) => id);
  const entry = {
    records,
    ownSet,
    opinions,
    progress: progressOf(detection, opinions, records),
    verdicts: new Map(
      ids.flatMap((id) => {
        const verdict = shownVerdict(opinions, id);
        return verdict === undefined ? [] : [[id, verdict] as const];
      }),
    ),
    disputed: new Set(ids.filter((id) => isDisputed(opinions, id))),
  };
  known.set(detection, entry);
  return entry;
}

function byDigest(records: CheckRecords): ReadonlyMap<string, readonly CheckRecord[]> {
  const found = new Map<string, CheckRecord[]>();
  for (const record of records.values()) {
    for (const digest of new Set([record.file, record.sent])) {
      const alike = found.get(digest);
      if (alike === undefined) found.set(digest, [record]);
      else alike.push(record);
    }
  }
  return found;
}

function recordsOn(
  about: ReadonlyMap<string, readonly CheckRecord[]>,
  picture: Picture,
  engine: EngineName,
): readonly CheckRecord[] {
  const found = digestsOf(picture).flatMap((digest) => about.get(digest) ?? []);
  return [...new Set(found)].filter((record) => record.engine === engine);
}
