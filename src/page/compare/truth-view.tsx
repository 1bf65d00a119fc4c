import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import { type StageHandle, ZOOM_STEP } from '#face-canvas/index.ts';
import { type Comparison, figuresOf, formatShare, type SizeClass, sizeClassOf } from '#page/annotations/index.ts';
import { openReport, startChecking, stopChecking, useLayout } from '#page/check/index.ts';
import { useIntake } from '#page/pictures/intake/intake-context.ts';
import { shownName } from '#page/pictures/model/picture-name.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { Button } from '#page/ui/button.tsx';
import { TabBar, TabPanel, Tabs } from '#page/ui/tabs.tsx';
import { useMediaQuery } from '#page/ui/use-media-query.ts';
import { formatFaceCount } from '#shared/format-measures.ts';
import { IouSlider } from './compare-bar.tsx';
import { CompareDifferences, type DifferenceRow } from './compare-differences.tsx';
import { CompareFigures, type Counts } from './compare-figures.tsx';
import { CompareLayout, goToPicture } from './compare-layout.tsx';
import { CompareLegend } from './compare-legend.tsx';
import { CompareWalk } from './compare-phone.tsx';
import {
  announce,
  comparePlaceStore,
  type StripFilter,
  selectBox,
  selectedBox,
  setIou,
  setStripFilter,
  useComparePlace,
} from './compare-place.ts';
import { CompareStage } from './compare-stage.tsx';
import { CompareStrip, type StripGroup, type StripRow } from './compare-strip.tsx';
import { KeepVerdicts, useKeeping } from './keep-question.tsx';
import { useMatched } from './match-pictures.ts';
import {
  type ComparedBoxes,
  type Counted,
  countedOf,
  differenceCount,
  differencesMessage,
  iouMessage,
  rowsBySize,
  talliesBySize,
  totalOf,
  withoutTruthMessage,
  worstFirst,
} from './model/compared.ts';
import { type Difference, differenceId, differenceSentence, differencesOf } from './model/differences.ts';
import { facesIn } from './model/truth.ts';
import { opinionSentence } from './opinion-sentence.ts';
import { plainBoxes } from './plain-boxes.ts';
import { boxesOfTruth } from './truth-boxes.ts';
import { useTruths } from './truth-store.ts';
import { useCompareKeys } from './use-compare-keys.ts';
import type { Compared, ComparedPicture } from './use-compared-pictures.ts';

type TruthViewProps = {
  readonly config: AppConfig;
  readonly compared: Compared;
  readonly picture: Picture;
  readonly onHelp: () => void;
};

/** A picture with its counts, where it has an answer and a truth. */
export type Row = ComparedPicture & { readonly counted: Counted | undefined };

const NO_BOXES: readonly never[] = [];

/** Wide enough, for the text as large as it is, to have all figures beside each other. */
const ACROSS = '(width >= 20rem)';

/** Counts by their matches: the same ones are the same object. */
const known = new WeakMap<Comparison, Counted>();

function countedOnce(boxes: ComparedBoxes, comparison: Comparison): Counted {
  const counted = known.get(comparison) ?? countedOf(boxes, comparison);
  known.set(comparison, counted);
  return counted;
}

/** An answer beside a truth. */
export function TruthView({ config, compared, picture, onHelp }: TruthViewProps) {
  const { pictures, answer, truth } = compared;
  // One by one: what is hovered changes as well, and draws nothing here.
  const from = useComparePlace((state) => state.from);
  const layers = useComparePlace((state) => state.layers);
  const filter = useComparePlace((state) => state.filter);
  const order = useComparePlace((state) => state.order);
  const selection = useComparePlace((state) => state.selection);
  const records = useTruths((state) => state.records);
  const isPhone = useLayout() === 'phone';
  const isAcross = useMediaQuery(ACROSS) && isPhone;
  const stage = useRef<StageHandle>(null);
  const [labelsShown, setLabelsShown] = useState(true);
  const [boxesHidden, setBoxesHidden] = useState(false);
  const [truthOnly, setTruthOnly] = useState(false);
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const selected = selectedBox({ selection });

  const boxes = useMemo(
    (): readonly ComparedBoxes[] =>
      pictures.flatMap(({ standing }) => (standing.state === 'compared' ? [standing.boxes] : [])),
    [pictures],
  );
  const matched = useMatched(boxes, from);
  const rows = useMemo(
    (): readonly Row[] =>
      pictures.map((each) => {
        const of = each.standing.state === 'compared' ? each.standing.boxes : undefined;
        const comparison = of === undefined ? undefined : matched?.comparisons.get(of);
        return {
          ...each,
          counted: of === undefined || comparison === undefined ? undefined : countedOnce(of, comparison),
        };
      }),
    [pictures, matched],
  );
  const counted = useMemo(() => rows.flatMap((row) => row.counted ?? []), [rows]);
  const total = useMemo(() => totalOf(counted), [counted]);
  const bySize = useMemo(() => talliesBySize(counted), [counted]);
  const here = rows.find(({ checked }) => checked.picture.id === picture.id);
  const differences = useMemo(
    () =>
      here?.counted === undefined
        ? NO_BOXES
        : differencesOf(here.counted.comparison, here.counted.boxes.found, here.counted.boxes.truth),
    [here?.counted],
  );
  const numberOf = (found: number): string => String(here?.answer?.faces?.[found]?.faceNo ?? found + 1);
  const nameOf = (found: number): string => `${here?.answer?.faces === undefined ? 'box' : 'face'} ${numberOf(found)}`;

  // ── The strip, and what keys walk.
  const groups = stripGroups(rows, filter, order);
  const isFolded = ({ heading, rows: own }: Omit<StripGroup, 'isFolded'>): boolean =>
    heading !== undefined &&
    (folds.get(headingKind(heading)) ??
      (groups.length > 1 && !own.some((row) => row.picture.id === picture.id) && (groups[0]?.rows.length ?? 0) > 0));
  const shownGroups = groups.map((group) => ({ ...group, isFolded: isFolded(group) }));
  const listed = shownGroups.flatMap((group) => (group.isFolded ? [] : group.rows)).map((row) => row.picture);
  const placeListed = listed.findIndex(({ id }) => id === picture.id);
  const nextPicture = (by: 1 | -1) => (placeListed === -1 ? listed[0] : listed[placeListed + by]);
  const step = (by: 1 | -1) => {
    const next = nextPicture(by);
    if (next !== undefined) goToPicture(next.id);
  };

  // ── Differences one after another.
  const ids = differences.map(differenceId);
  const goTo = (id: string | undefined) => {
    if (id === undefined) return;
    selectBox(id);
    const difference = differences.find((each) => differenceId(each) === id);
    if (difference !== undefined) announce(spoken(difference, nameOf));
  };
  const idAfter = (by: 1 | -1) => {
    const at = selected === undefined ? -1 : ids.indexOf(selected);
    return at === -1 ? (by === 1 ? ids[0] : ids.at(-1)) : ids[at + by];
  };
  const walk = (by: 1 | -1, repeat: boolean) => {
    const next = idAfter(by);
    if (next !== undefined) goTo(next);
    else if (by === 1 && !repeat) step(1);
  };

  // ── Numbers go to what they count.
  const inTurn = (all: readonly string[]) => {
    const at = selected === undefined ? -1 : all.indexOf(selected);
    goTo(all[(at + 1) % Math.max(1, all.length)]);
  };
  const goToHere = (what: Counts) => {
    if (here?.counted === undefined) return;
    const { comparison } = here.counted;
    switch (what) {
      case 'matched':
        // The worst overlap first: it is what a mean hides.
        inTurn(comparison.pairs.toSorted((a, b) => a.iou - b.iou).map(({ a }) => `found-${a}`));
        break;
      case 'missed':
      case 'false':
        inTurn(differences.filter(({ kind }) => kind === what).map(differenceId));
        break;
      case 'difference':
        inTurn(ids);
        break;
    }
  };
  const filterTo = (next: StripFilter) => {
    setStripFilter(next);
    const first = stripGroups(rows, next, order)[0]?.rows[0];
    const isHere = stripGroups(rows, next, order).some((group) =>
      group.rows.some((row) => row.picture.id === picture.id),
    );
    if (!isHere && first !== undefined) goToPicture(first.picture.id);
  };

  // ── The slider is announced once it is let go and its matches are there.
  const [isToAnnounce, setToAnnounce] = useState(false);
  const tellIou = useEffectEvent(() => {
    announce(iouMessage(from, total));
    setToAnnounce(false);
  });
  const isMatched = matched?.from === from;
  useEffect(() => {
    if (isToAnnounce && isMatched) tellIou();
  }, [isToAnnounce, isMatched]);

  const keeping = useKeeping(rows, config.version, truth);
  const pairOf = (id: string) => {
    const at = Number(id.slice('truth-'.length));
    return here?.counted?.comparison.pairs.find(({ b }) => b === at);
  };
  // A true box that is matched stands for the found one, which has the number.
  useEffect(() =>
    comparePlaceStore.subscribe((now, before) => {
      const id = selectedBox(now);
      if (now.selection === before.selection || id === undefined || !id.startsWith('truth-')) return;
      const pair = pairOf(id);
      if (pair !== undefined) selectBox(`found-${pair.a}`);
    }),
  );

  useCompareKeys({
    'next-difference': ({ repeat }) => walk(1, repeat),
    'previous-difference': ({ repeat }) => walk(-1, repeat),
    'first-difference': () => goTo(ids[0]),
    'last-difference': () => goTo(ids.at(-1)),
    'next-picture': () => step(1),
    'previous-picture': () => step(-1),
    'truth-only': setTruthOnly,
    flip: () => undefined,
    'only-differences': () => undefined,
    'zoom-to-face': () => selected !== undefined && stage.current?.zoomToBox(selected),
    fit: () => stage.current?.fit(),
    'zoom-in': () => stage.current?.zoomBy(ZOOM_STEP),
    'zoom-out': () => stage.current?.zoomBy(1 / ZOOM_STEP),
    'hide-boxes': setBoxesHidden,
    'toggle-labels': () => setLabelsShown(!labelsShown),
    'picture-by-picture': startChecking,
    help: onHelp,
    out: () => {
      if (selected === undefined) stopChecking();
      else selectBox(undefined);
    },
  });

  // By its parts: other pictures that change make no new boxes here.
  const { counted: countedHere, answer: answerHere, truth: truthHere, fileSize, size } = here ?? {};
  const stageBoxes = useMemo(() => {
    if (fileSize === undefined || size === undefined) return NO_BOXES;
    return countedHere === undefined
      ? plainBoxes(answerHere ?? truthHere, fileSize, size)
      : boxesOfTruth({
          comparison: countedHere.comparison,
          found: countedHere.boxes.found,
          truth: countedHere.boxes.truth,
          numberOf: (found) => String(answerHere?.faces?.[found]?.faceNo ?? found + 1),
          layers,
          truthOnly,
          from: fileSize,
          to: size,
        });
  }, [countedHere, answerHere, truthHere, fileSize, size, layers, truthOnly]);
  const counts =
    here?.counted === undefined
      ? undefined
      : { matched: here.counted.tally.right, missed: here.counted.tally.missed, false: here.counted.tally.wrong };
  const differenceRows = differences.map((difference): DifferenceRow => {
    const isFalse = difference.kind === 'false';
    const bound = isFalse
      ? here?.counted?.boxes.found[difference.found]
      : here?.counted?.boxes.truth[difference.truth]?.bound;
    return {
      id: differenceId(difference),
      kind: difference.kind,
      name: isFalse ? nameOf(difference.found) : undefined,
      sentence: opinionSentence(difference, here, truth) ?? differenceSentence(difference, nameOf),
      bound: bound ?? { x: 0, y: 0, width: 1, height: 1 },
    };
  });
  const without = rows.filter(({ standing }) => standing.state === 'without-truth');
  const withoutSentence =
    truth?.kind === 'truth'
      ? withoutTruthMessage(
          without.map(({ checked }) => shownName(checked.picture.name)),
          rows.length,
        )
      : undefined;
  const truthFaces = truth?.kind === 'truth' ? facesOfSet(records.values(), truth.set.id) : undefined;
  const detection = here?.checked.detection;
  const figures = (
    <>
      <CompareFigures
        name={picture.name}
        here={here?.counted}
        sentence={figuresSentence(here)}
        total={total}
        pictures={counted.length}
        sizes={rowsBySize(bySize)}
        isAcross={isAcross}
        onHere={goToHere}
        onAll={(what) => filterTo({ kind: what })}
        onSize={(size) => filterTo({ kind: 'size', size })}
      />
      {withoutSentence !== undefined && (
        <p className="mx-4 mb-4 rounded bg-warn-soft px-3 py-2 text-[0.8125rem] break-words text-warn">
          {withoutSentence}. {without.length === 1 ? 'It counts' : 'They count'} in no figure.
        </p>
      )}
    </>
  );
  const list = (
    <CompareDifferences
      rows={differenceRows}
      pictureUrl={picture.url}
      fileSize={here?.fileSize ?? picture.size}
      selected={selected}
      empty={truth === undefined ? 'Nothing to compare with yet.' : emptyMessage(here)}
      pictures={counted.length}
      onKeep={keeping.here(picture.id)}
      onKeepAll={keeping.all}
    />
  );
  const current = differences.find((each) => differenceId(each) === selected);
  const [back, next] = [idAfter(-1), idAfter(1)];

  return (
    <>
      <CompareLayout
        compared={compared}
        picture={picture}
        place={placeListed === -1 ? String(rows.length) : `${placeListed + 1} of ${rows.length}`}
        onReport={() =>
          openReport(
            truth?.kind === 'truth' && answer?.kind === 'engine' && matched !== undefined
              ? { name: truth.label, from: matched.from, tally: total, bySize, picturesWithout: without.length }
              : undefined,
          )
        }
        bar={<IouSlider from={from} onChange={setIou} onRelease={() => setToAnnounce(true)} />}
        strip={(layout, close) => (
          <CompareStrip
            groups={shownGroups}
            count={rows.length}
            openId={picture.id}
            onOpen={goToPicture}
            onFold={(heading) => {
              const kind = headingKind(heading);
              const group = shownGroups.find((each) => each.heading === heading);
              setFolds(new Map([...folds, [kind, !(group?.isFolded ?? false)]]));
            }}
            filtered={filterMessage(filter)}
            layout={layout}
            onChosen={close}
          />
        )}
        stage={
          <CompareStage
            label={stageLabel(counts)}
            picture={picture}
            size={here?.size ?? picture.size}
            boxes={stageBoxes}
            stage={stage}
            labelsShown={labelsShown}
            onLabelsShown={setLabelsShown}
            boxesHidden={boxesHidden}
            onBoxesHidden={setBoxesHidden}
            canZoomToFace={selected !== undefined}
            onZoomToFace={() => {
              if (selected !== undefined) stage.current?.zoomToBox(selected);
            }}
            legend={<CompareLegend counts={counts} />}
          >
            {(here?.standing.state !== 'compared' || truth === undefined) && (
              <NothingToCompare here={here} hasTruth={truth !== undefined} truthName={truth?.label ?? ''} />
            )}
          </CompareStage>
        }
        panelName="Figures"
        panel={
          isPhone ? (
            <>
              <Tabs defaultValue="figures" className="flex-1">
                <TabBar
                  label="What the comparison shows"
                  className="shrink-0 px-4"
                  tabs={[
                    { value: 'figures', label: 'Figures' },
                    { value: 'differences', label: `Differences ${differences.length}` },
                  ]}
                />
                <TabPanel value="figures" className="overflow-y-auto small:overflow-visible">
                  {figures}
                </TabPanel>
                <TabPanel value="differences" className="flex flex-col overflow-y-auto small:overflow-visible">
                  {list}
                </TabPanel>
              </Tabs>
              <CompareWalk
                what="difference"
                onBack={back === undefined ? undefined : () => goTo(back)}
                onNext={next === undefined && nextPicture(1) === undefined ? undefined : () => walk(1, false)}
                goesToPicture={next === undefined}
              >
                {current === undefined ? differencesCount(differences.length) : shortOf(current, nameOf)}
              </CompareWalk>
            </>
          ) : (
            <>
              {figures}
              {list}
            </>
          )
        }
        footer={[
          `${here?.fileSize.width ?? picture.size.width} × ${here?.fileSize.height ?? picture.size.height}`,
          ...(here?.answer === undefined ? [] : [formatFaceCount(here.answer.boxes.length)]),
          ...(detection?.state === 'done' && detection.result.exchange.durationMs > 0
            ? [`${(detection.result.exchange.durationMs / 1000).toFixed(1)} s`]
            : []),
          ...(answer === undefined ? [] : [answer.label]),
          ...(truthFaces === undefined
            ? []
            : [
                `Truth: ${truthFaces.pictures} ${truthFaces.pictures === 1 ? 'picture' : 'pictures'}, ${formatFaceCount(truthFaces.faces)}`,
              ]),
        ]}
        keys="← → difference · [ ] picture · T truth only · ? keys"
      />
      <KeepVerdicts keeping={keeping} />
    </>
  );
}

/** "False face 7, wrong size, IoU 0.30". */
const spoken = (difference: Difference, nameOf: (found: number) => string): string => {
  const sentence = differenceSentence(difference, nameOf);
  return difference.kind === 'false' ? `False ${nameOf(difference.found)}. ${sentence}.` : `Missed face. ${sentence}.`;
};

/** The same for whoever sees the stage: "False face 7: Wrong size, IoU 0.30". */
const shortOf = (difference: Difference, nameOf: (found: number) => string): string => {
  const sentence = differenceSentence(difference, nameOf);
  return difference.kind === 'false' ? `False ${nameOf(difference.found)}: ${sentence}` : `Missed: ${sentence}`;
};

const differencesCount = (count: number): string =>
  count === 0 ? 'No difference' : count === 1 ? '1 difference' : `${count} differences`;

const stageLabel = (counts: Readonly<Record<'matched' | 'missed' | 'false', number>> | undefined): string =>
  counts === undefined ? 'Stage' : `Stage, ${counts.matched} matched, ${counts.missed} missed, ${counts.false} false`;

function figuresSentence(here: Row | undefined): string {
  switch (here?.standing.state) {
    case undefined:
    case 'no-answer':
      return 'No answer yet';
    case 'without-truth':
      return `${here?.answer?.boxes.length ?? 0} found, without truth`;
    case 'compared': {
      const { found, truth } = here?.counted?.boxes ?? { found: [], truth: [] };
      return here?.counted === undefined ? '' : `${found.length} found, ${facesIn(truth)} in the truth`;
    }
  }
}

function emptyMessage(here: Row | undefined): string {
  switch (here?.standing.state) {
    case undefined:
    case 'no-answer':
      return 'There is no answer to compare yet.';
    case 'without-truth':
      return 'The truth does not name this picture.';
    case 'compared':
      return here?.counted !== undefined && here.counted.figures.f1 === undefined
        ? 'No faces in either: nothing to count.'
        : 'None: every face is matched.';
  }
}

/** The size classes of what is missed or matched in a picture. */
const hasSize = ({ comparison, boxes }: Counted, size: SizeClass): boolean =>
  comparison.missed.some((index) => {
    const bound = boxes.truth[index]?.bound;
    return bound !== undefined && sizeClassOf(bound) === size;
  });

function isListed({ counted }: Row, filter: StripFilter): boolean {
  switch (filter.kind) {
    case 'all':
      return true;
    case 'matched':
      return (counted?.tally.right ?? 0) > 0;
    case 'missed':
      return (counted?.tally.missed ?? 0) > 0;
    case 'false':
      return (counted?.tally.wrong ?? 0) > 0;
    case 'difference':
      return counted !== undefined && differenceCount(counted.tally) > 0;
    case 'size':
      return counted !== undefined && hasSize(counted, filter.size);
  }
}

function filterMessage(filter: StripFilter): string | undefined {
  switch (filter.kind) {
    case 'all':
      return undefined;
    case 'matched':
      return 'With matched faces';
    case 'missed':
      return 'With missed faces';
    case 'false':
      return 'With false boxes';
    case 'difference':
      return 'With a difference';
    case 'size':
      return `Missed, ${filter.size}`;
  }
}

/** Folds are remembered by what a group is, whatever its number. */
const headingKind = (heading: string): string => heading.replace(/^\d+ /, '');

function stripGroups(
  rows: readonly Row[],
  filter: StripFilter,
  order: 'worst' | 'given',
): readonly Omit<StripGroup, 'isFolded'>[] {
  const listed = rows.filter((row) => isListed(row, filter));
  if (order === 'given') return [{ heading: undefined, rows: listed.map(stripRow) }];
  const named = listed.map((row) => ({ row, name: row.checked.picture.name, counted: row.counted }));
  const sorted = named.toSorted(worstFirst).map(({ row }) => row);
  const isCompared = ({ counted }: Row) => counted !== undefined;
  const differs = ({ counted }: Row) => counted !== undefined && differenceCount(counted.tally) > 0;
  const same = sorted.filter((row) => isCompared(row) && !differs(row));
  const without = sorted.filter(({ standing }) => standing.state === 'without-truth');
  const open = sorted.filter(({ standing, counted }) => standing.state !== 'without-truth' && counted === undefined);
  return [
    { heading: undefined, rows: sorted.filter(differs).map(stripRow) },
    ...(same.length === 0 ? [] : [{ heading: `${same.length} without a difference`, rows: same.map(stripRow) }]),
    ...(without.length === 0 ? [] : [{ heading: `${without.length} without truth`, rows: without.map(stripRow) }]),
    ...(open.length === 0 ? [] : [{ heading: `${open.length} without an answer`, rows: open.map(stripRow) }]),
  ];
}

function stripRow({ checked: { picture }, standing, counted, answer }: Row): StripRow {
  const faces = formatFaceCount(answer?.boxes.length ?? 0);
  if (standing.state === 'no-answer') {
    return { picture, summary: 'No answer yet', mark: '', spoken: 'no answer yet', isQuiet: true };
  }
  if (standing.state === 'without-truth') {
    return { picture, summary: 'Without truth', mark: '–', spoken: `${faces}, without truth`, isQuiet: true };
  }
  const summary = counted === undefined ? faces : (differencesMessage(counted.tally) ?? faces);
  const share = formatShare(counted === undefined ? undefined : figuresOf(counted.tally).f1);
  return {
    picture,
    summary,
    mark: share,
    spoken: `${summary}, F1 ${share}`,
    isQuiet: counted === undefined || differenceCount(counted.tally) === 0,
  };
}

function facesOfSet(
  records: Iterable<{
    readonly set: string;
    readonly boxes: readonly { readonly ignored?: 'one' | 'crowd' | undefined }[];
  }>,
  set: string,
): { readonly pictures: number; readonly faces: number } {
  let [pictures, faces] = [0, 0];
  for (const record of records) {
    if (record.set !== set) continue;
    pictures += 1;
    faces += record.boxes.filter(({ ignored }) => ignored === undefined).length;
  }
  return { pictures, faces };
}

/** What lies over a picture that cannot be compared. */
function NothingToCompare({
  here,
  hasTruth,
  truthName,
}: {
  readonly here: Row | undefined;
  readonly hasTruth: boolean;
  readonly truthName: string;
}) {
  const state = here?.standing.state;
  const detection = here?.checked.detection.state;
  const isLooking = detection === 'waiting' || detection === 'uploading' || detection === 'detecting';
  const { browse } = useIntake();
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-20 z-10 flex justify-center px-4 phone:bottom-17">
      <div
        role="status"
        className="max-w-md rounded-xl border border-line bg-panel px-4 py-3 text-[0.8125rem] shadow-float"
      >
        {!hasTruth ? (
          <>
            <p className="text-sm font-semibold">Nothing to compare with yet</p>
            <p className="mt-1 text-ink-soft">
              Drop a COCO, YOLO, Pascal VOC or CSV file with the boxes of these pictures, or somebody’s saved check.
            </p>
            <Button className="pointer-events-auto mt-2.5" onClick={browse}>
              Choose a file…
            </Button>
          </>
        ) : state === 'without-truth' ? (
          <p className="break-words">
            <b className="font-semibold">Without truth.</b> {truthName} does not name this picture, so it counts in no
            figure.
          </p>
        ) : isLooking ? (
          <p>Looking for faces…</p>
        ) : (
          <p>No answer for this picture yet.</p>
        )}
      </div>
    </div>
  );
}
