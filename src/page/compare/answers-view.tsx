import clsx from 'clsx';
import { ArrowLeftRight, Check, Columns2, Layers } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import {
  Stage,
  type StageBox,
  type StageHandle,
  type StageView,
  type Viewport,
  ZOOM_STEP,
} from '#face-canvas/index.ts';
import { Key, openReport, StageTools, startChecking, stopChecking, useLayout } from '#page/check/index.ts';
import { askToCompare } from '#page/detection/index.ts';
import { useSingleKeysOn } from '#page/keyboard/single-key-preference.ts';
import { shownName } from '#page/pictures/model/picture-name.ts';
import { selectionScope, selectionStore } from '#page/pictures/selection-store.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { announce } from '#page/platform/notices.ts';
import { Button } from '#page/ui/button.tsx';
import { bareStageLayout } from '#page/ui/stage-layout.ts';
import { faceId } from '#shared/face.ts';
import { formatFaceCount, formatPictureCount } from '#shared/format-measures.ts';
import { SAME_FACE_IOU } from '#shared/geometry/match-face.ts';
import { rescale } from '#shared/geometry/rect.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { selectOnly } from '#shared/selection.ts';
import { AnswerPairs } from './answer-pairs-list.tsx';
import { CompareLayout, goToPicture } from './compare-layout.tsx';
import { ANSWER_TONES } from './compare-marks.tsx';
import { CompareWalk } from './compare-phone.tsx';
import {
  chooseSides,
  compareSelection,
  selectBox,
  selectedBox,
  setAnswersView,
  setOnlyDifferences,
  useComparePlace,
} from './compare-place.ts';
import { StageSection } from './compare-stage.tsx';
import { comparePlaceStore, type AnswersView as View } from './compare-state.ts';
import { CompareStrip, type StripRow } from './compare-strip.tsx';
import { useMatched } from './match-pictures.ts';
import {
  type Agreement,
  type AnswerNames,
  type AnswerPair,
  agreementOf,
  isPaired,
  pairName,
  pairsOf,
} from './model/answer-pairs.ts';
import type { ComparedBoxes } from './model/compared.ts';
import type { Side } from './model/sides.ts';
import { plainBoxes } from './plain-boxes.ts';
import { useCompareKeys } from './use-compare-keys.ts';
import type { Compared, ComparedPicture, SideBoxes } from './use-compared-pictures.ts';

type AnswersViewProps = {
  readonly compared: Compared;
  readonly answer: Side;
  readonly truth: Side;
  readonly picture: Picture;
  readonly onHelp: () => void;
};

const NO_PAIRS: readonly AnswerPair[] = [];

/** Ends the id of the second box of a pair, where both are on one stage. */
const SECOND = ' second';

/** Two answers beside each other: who found whom, and under which number. */
export function AnswersView({ compared, answer, truth, picture, onHelp }: AnswersViewProps) {
  const { pictures } = compared;
  const names: AnswerNames = [answer.label, truth.label];
  // One by one: what is hovered changes as well, and draws nothing here.
  const view = useComparePlace((state) => state.view);
  const onlyDifferences = useComparePlace((state) => state.onlyDifferences);
  const selection = useComparePlace((state) => state.selection);
  const selected = selectedBox({ selection });
  const isPhone = useLayout() === 'phone';
  const hasLetters = useSingleKeysOn();
  const stage = useRef<StageHandle>(null);
  const [labelsShown, setLabelsShown] = useState(true);
  const [boxesHidden, setBoxesHidden] = useState(false);
  // By the button for as long as nobody presses it again, by the key while it is held.
  const [isTurned, setTurned] = useState(false);
  const [isHeld, setHeld] = useState(false);
  const isFlipped = view === 'flip' ? isTurned !== isHeld : isHeld;

  const boxes = useMemo(
    (): readonly ComparedBoxes[] =>
      pictures.flatMap(({ standing }) => (standing.state === 'compared' ? [standing.boxes] : [])),
    [pictures],
  );
  const matched = useMatched(boxes, SAME_FACE_IOU);
  const comparisonOf = ({ standing }: ComparedPicture) =>
    standing.state === 'compared' ? matched?.comparisons.get(standing.boxes) : undefined;
  const here = pictures.find(({ checked }) => checked.picture.id === picture.id);
  const comparison = here === undefined ? undefined : comparisonOf(here);
  const pairs = useMemo(() => {
    if (comparison === undefined || here?.answer?.faces === undefined || here.truth?.faces === undefined)
      return NO_PAIRS;
    const bounds = (side: SideBoxes) => side.boxes.map(({ bound }) => bound);
    return pairsOf(
      comparison,
      { faces: here.answer.faces, bounds: bounds(here.answer) },
      { faces: here.truth.faces, bounds: bounds(here.truth) },
    );
  }, [comparison, here]);
  const listedPairs = onlyDifferences ? pairs.filter((pair) => !isPaired(pair)) : pairs;
  const current = pairs.find(({ id }) => id === selected);
  const agreement = comparison === undefined ? undefined : agreementOf(comparison);

  const goTo = (pair: AnswerPair | undefined) => {
    if (pair === undefined) return;
    selectBox(pair.id);
    rememberPerson(pair, answer, truth, picture);
    announce(`${pairName(pair, names)}.`);
  };
  const pairAfter = (by: 1 | -1) => {
    const at = listedPairs.findIndex(({ id }) => id === selected);
    return at === -1 ? (by === 1 ? listedPairs[0] : listedPairs.at(-1)) : listedPairs[at + by];
  };
  const walk = (by: 1 | -1, repeat: boolean) => {
    const next = pairAfter(by);
    if (next !== undefined) goTo(next);
    else if (by === 1 && !repeat) step(1);
  };
  const inTurn = (all: readonly AnswerPair[]) => {
    const at = all.findIndex(({ id }) => id === selected);
    goTo(all[(at + 1) % Math.max(1, all.length)]);
  };
  const place = pictures.findIndex(({ checked }) => checked.picture.id === picture.id);
  const step = (by: 1 | -1) => {
    const next = pictures[place + by];
    if (next !== undefined) goToPicture(next.checked.picture.id);
  };
  // A face of the second answer that is somebody of the first stands for that person, however it was reached.
  useEffect(() =>
    comparePlaceStore.subscribe((now, before) => {
      const id = selectedBox(now);
      if (now.selection === before.selection || id === undefined) return;
      if (id.endsWith(SECOND)) selectBox(id.slice(0, -SECOND.length));
      else {
        const person = pairs.find((each) => each.id === id);
        if (person !== undefined) rememberPerson(person, answer, truth, picture);
      }
    }),
  );

  useCompareKeys({
    'next-difference': ({ repeat }) => walk(1, repeat),
    'previous-difference': ({ repeat }) => walk(-1, repeat),
    'first-difference': () => goTo(listedPairs[0]),
    'last-difference': () => goTo(listedPairs.at(-1)),
    'next-picture': () => step(1),
    'previous-picture': () => step(-1),
    'truth-only': () => undefined,
    flip: setHeld,
    'only-differences': () => setOnlyDifferences(!onlyDifferences),
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

  /** Without an answer of this side that is looked for or was given: somebody has to ask. */
  const isUnasked = (each: ComparedPicture, side: Side): boolean =>
    side.kind === 'engine' &&
    each.checked.picture.origin.kind !== 'replay' &&
    (side === answer ? each.answer : each.truth) === undefined;
  const open = pictures.filter((each) => isUnasked(each, truth) || isUnasked(each, answer));
  const kling = [answer, truth].find((side) => side.id === 'engine:kling');
  const toAsk = kling === undefined ? [] : pictures.filter((each) => isUnasked(each, kling));
  const askKling = () => {
    chooseSides({ answer: answer.id, truth: truth.id });
    askToCompare(toAsk.map(({ checked }) => checked.picture.id));
  };

  const rows = pictures.map((each): StripRow => stripRow(each, comparisonOf(each), names));
  const faces = (side: ComparedPicture['answer']) => side?.faces?.length;
  const [firstCount, secondCount] = [faces(here?.answer), faces(here?.truth)];
  const [back, next] = [pairAfter(-1), pairAfter(1)];
  return (
    <CompareLayout
      compared={compared}
      picture={picture}
      place={`${place + 1} of ${pictures.length}`}
      onReport={() => openReport()}
      bar={
        agreement === undefined ? undefined : (
          <AgreementLine
            agreement={agreement}
            names={names}
            onFirst={() => inTurn(pairs.filter(({ second }) => second === undefined))}
            onSecond={() => inTurn(pairs.filter(({ first }) => first === undefined))}
          />
        )
      }
      strip={(layout, close) => (
        <CompareStrip
          groups={[{ heading: undefined, rows, isFolded: false }]}
          count={rows.length}
          openId={picture.id}
          onOpen={goToPicture}
          onFold={() => undefined}
          filtered={undefined}
          layout={layout}
          onChosen={close}
          hasOrder={false}
        />
      )}
      stage={
        <AnswersStage
          picture={picture}
          here={here}
          pairs={pairs}
          names={names}
          view={view}
          isFlipped={isFlipped}
          onFlip={() => setTurned(!isTurned)}
          stage={stage}
          labelsShown={labelsShown}
          onLabelsShown={setLabelsShown}
          boxesHidden={boxesHidden}
          onBoxesHidden={setBoxesHidden}
          selected={selected}
          label={agreement === undefined ? 'Stage' : `Stage, ${agreementMessage(agreement, names)}`}
        />
      }
      panelName="Pairs of faces"
      panel={
        <>
          <div className="flex flex-wrap items-baseline gap-x-2 px-4 pt-3.5 pb-2 phone:pt-0">
            {/* On a phone the name stands at the top. */}
            <h2 className="min-w-0 truncate text-[0.9375rem] font-semibold phone:sr-only">
              <bdi>{shownName(picture.name)}</bdi>
            </h2>
            <span className="text-ink-faint tabular-nums">{countsMessage(firstCount, secondCount, names)}</span>
            {comparison !== undefined && (
              <Button
                look="quiet"
                aria-pressed={onlyDifferences}
                aria-keyshortcuts="U"
                className={clsx('-mr-2 ml-auto px-2 text-xs!', onlyDifferences && 'bg-accent-soft text-accent!')}
                onClick={() => setOnlyDifferences(!onlyDifferences)}
              >
                Unpaired only
                {hasLetters && <Key>U</Key>}
              </Button>
            )}
          </div>
          {toAsk.length > 0 && (
            <div className="mx-4 mb-3 rounded border border-line px-3 py-2.5 text-[0.8125rem]">
              <p className="text-ink-soft">
                {formatPictureCount(toAsk.length)} {toAsk.length === 1 ? 'has' : 'have'} no answer of Kling yet. What
                was found stays beside it.
              </p>
              <Button look="outline" className="mt-2" onClick={askKling}>
                Ask Kling about {formatPictureCount(toAsk.length)}…
              </Button>
            </div>
          )}
          {toAsk.length === 0 && open.some(({ checked }) => checked.picture.id === picture.id) && (
            <p role="status" className="px-4 pb-3 text-[0.8125rem] text-ink-soft">
              Looking for faces…
            </p>
          )}
          {comparison !== undefined && (
            <AnswerPairs
              pairs={listedPairs}
              names={names}
              selected={selected}
              current={current}
              onlyDifferences={onlyDifferences}
              pictureUrl={picture.url}
              fileSize={here?.fileSize ?? picture.size}
              onChoose={goTo}
            />
          )}
          {isPhone && comparison !== undefined && (
            <CompareWalk
              what="pair"
              onBack={back === undefined ? undefined : () => goTo(back)}
              onNext={next === undefined && pictures[place + 1] === undefined ? undefined : () => walk(1, false)}
              goesToPicture={next === undefined}
            >
              {current === undefined ? 'Who is who, one after another' : pairName(current, names)}
            </CompareWalk>
          )}
        </>
      }
      footer={[
        `${here?.fileSize.width ?? picture.size.width} × ${here?.fileSize.height ?? picture.size.height}`,
        ...(firstCount === undefined ? [] : [`${names[0]} ${formatFaceCount(firstCount)}`]),
        ...(secondCount === undefined ? [] : [`${names[1]} ${formatFaceCount(secondCount)}`]),
        `Pairs from IoU ${SAME_FACE_IOU.toFixed(2)}`,
      ]}
      keys="← → pair · F flip · U unpaired only · ? keys"
    />
  );
}

/** What the table has selected follows the person, whichever engine it goes back to. */
function rememberPerson({ first, second }: AnswerPair, one: Side, other: Side, { id }: Picture): void {
  const { selections } = selectionStore.getState();
  const scopes = [
    [one, first],
    [other, second],
  ] as const;
  const chosen = scopes.flatMap(([side, face]) =>
    side.kind === 'engine' && face !== undefined
      ? [[selectionScope(id, side.engine), selectOnly(faceId(face.faceNo))] as const]
      : [],
  );
  selectionStore.setState({ selections: { ...selections, ...Object.fromEntries(chosen) } });
}

const agreementMessage = ({ both, onlyFirst, onlySecond }: Agreement, [one, other]: AnswerNames): string =>
  `${both} both, ${onlyFirst} only ${one}, ${onlySecond} only ${other}`;

function countsMessage(first: number | undefined, second: number | undefined, [one, other]: AnswerNames): string {
  if (first !== undefined && second !== undefined) return `${first} and ${second} faces`;
  if (first !== undefined) return `${one} only`;
  return second !== undefined ? `${other} only` : 'No answer yet';
}

function stripRow(
  each: ComparedPicture,
  comparison: Parameters<typeof agreementOf>[0] | undefined,
  names: AnswerNames,
): StripRow {
  const { picture } = each.checked;
  const [first, second] = [each.answer?.faces?.length, each.truth?.faces?.length];
  const summary = countsMessage(first, second, names);
  if (comparison === undefined) return { picture, summary, mark: '', spoken: summary, isQuiet: true };
  const { onlyFirst, onlySecond } = agreementOf(comparison);
  const count = onlyFirst + onlySecond;
  return {
    picture,
    summary,
    mark:
      count === 0 ? (
        <Check aria-hidden className="size-4 text-ink-faint" />
      ) : (
        <span className="grid min-w-6 place-items-center rounded bg-warn-soft px-1.5 py-0.5 text-xs text-warn">
          {count}
        </span>
      ),
    spoken: `${summary}, ${count === 0 ? 'no difference' : count === 1 ? '1 difference' : `${count} differences`}`,
    isQuiet: count === 0,
  };
}

const COUNT =
  'rounded-sm underline decoration-line-strong underline-offset-[3px] hover:decoration-current pointer-coarse:min-h-11';

/** "26 both · 2 only Embedded · 1 only Kling". */
function AgreementLine({
  agreement: { both, onlyFirst, onlySecond },
  names: [one, other],
  onFirst,
  onSecond,
}: {
  readonly agreement: Agreement;
  readonly names: AnswerNames;
  readonly onFirst: () => void;
  readonly onSecond: () => void;
}) {
  const dot = (
    <span aria-hidden className="text-line-strong">
      ·
    </span>
  );
  const alone = (count: number, name: string, onPress: () => void): ReactNode =>
    count === 0 ? (
      `0 only ${name}`
    ) : (
      <button type="button" className={COUNT} onClick={onPress}>
        <b className="font-semibold text-ink">{count}</b> only {name}
      </button>
    );
  return (
    <p className="flex items-center gap-x-2 whitespace-nowrap text-ink-soft tabular-nums max-lg:flex-wrap">
      <span>
        <b className="font-semibold text-ink">{both}</b> both
      </span>
      {dot}
      {alone(onlyFirst, one, onFirst)}
      {dot}
      {alone(onlySecond, other, onSecond)}
    </p>
  );
}

type AnswersStageProps = {
  readonly picture: Picture;
  readonly here: ComparedPicture | undefined;
  readonly pairs: readonly AnswerPair[];
  readonly names: AnswerNames;
  readonly view: View;
  /** The second answer instead of the first, or of both. */
  readonly isFlipped: boolean;
  readonly onFlip: () => void;
  readonly stage: React.RefObject<StageHandle | null>;
  readonly labelsShown: boolean;
  readonly onLabelsShown: (shown: boolean) => void;
  readonly boxesHidden: boolean;
  readonly onBoxesHidden: (hidden: boolean) => void;
  readonly selected: string | undefined;
  readonly label: string;
};

const VIEWS: readonly { readonly value: View; readonly label: string; readonly icon: typeof Layers }[] = [
  { value: 'overlay', label: 'Overlay', icon: Layers },
  { value: 'beside', label: 'Side by side', icon: Columns2 },
  { value: 'flip', label: 'Flip', icon: ArrowLeftRight },
];

/** Which answers a stage shows: both laid over each other, or one. */
type Shown = 'both' | 'first' | 'second';

/** The picture with both answers, or with one of them; side by side they move together. */
function AnswersStage({
  picture,
  here,
  pairs,
  names,
  view,
  isFlipped,
  onFlip,
  stage,
  labelsShown,
  onLabelsShown,
  boxesHidden,
  onBoxesHidden,
  selected,
  label,
}: AnswersStageProps) {
  const hasLetters = useSingleKeysOn();
  const second = useRef<StageHandle>(null);
  const isFollowing = useRef(false);
  const [stageView, setStageView] = useState<StageView>({
    scale: 1,
    isFit: true,
    longSide: undefined,
    isFilled: false,
  });
  const size = here?.size ?? picture.size;
  const fileSize = here?.fileSize ?? picture.size;
  const isBeside = view === 'beside';
  const main: Shown = isBeside ? 'first' : isFlipped ? 'second' : view === 'flip' ? 'first' : 'both';
  const [one, other] = names;
  // Of one alone there are no pairs: what it found is there all the same.
  const { answer, truth } = here ?? {};
  const lone = answer === undefined || truth === undefined ? (answer ?? truth) : undefined;
  const mainBoxes = useMemo(
    () =>
      lone === undefined ? answerBoxes(pairs, [one, other], main, fileSize, size) : plainBoxes(lone, fileSize, size),
    [pairs, lone, one, other, main, fileSize, size],
  );
  const otherBoxes = useMemo(
    () => answerBoxes(pairs, [one, other], 'second', fileSize, size),
    [pairs, one, other, fileSize, size],
  );
  /** One follows the other; what it does because of that is no move of its own. */
  const follow = (follower: StageHandle | null, viewport: Viewport) => {
    if (isFollowing.current) return;
    isFollowing.current = true;
    follower?.show(viewport);
    isFollowing.current = false;
  };
  const shared = {
    pictureBlob: picture.blob,
    pictureName: picture.name,
    size,
    // How many boxes of which kind there are is the section's name.
    hasAnswer: false,
    selection: compareSelection,
    layout: bareStageLayout,
    dimOthers: false,
    labelsShown,
    boxesHidden,
  } as const;
  const zoomToFace = () => {
    if (selected !== undefined) stage.current?.zoomToBox(selected);
  };
  return (
    <StageSection
      label={label}
      head={
        <ToggleGroup.Root
          type="single"
          aria-label="How to compare"
          value={view}
          onValueChange={(value) => {
            const chosen = VIEWS.find((each) => each.value === value);
            if (chosen !== undefined) setAnswersView(chosen.value);
          }}
          onMouseDown={(event) => event.preventDefault()}
          className="flex max-w-full gap-0.5 rounded-xl border border-line bg-raised p-1 text-[0.8125rem] whitespace-nowrap shadow-float @max-[27rem]:w-full @max-[27rem]:rounded-none @max-[27rem]:border-0 @max-[27rem]:border-b @max-[27rem]:shadow-none"
        >
          {VIEWS.map(({ value, label: name, icon: Icon }) => (
            <ToggleGroup.Item
              key={value}
              value={value}
              className="flex min-h-8 items-center justify-center gap-2 rounded px-2.5 text-ink-soft aria-checked:bg-panel aria-checked:text-ink @max-[27rem]:min-w-0 @max-[27rem]:flex-1 @max-[27rem]:gap-1.5 @max-[27rem]:px-1 pointer-coarse:min-h-11"
            >
              <Icon aria-hidden className="size-4 shrink-0 @max-[19rem]:hidden" />
              <span className="truncate">{name}</span>
              {value === 'flip' && hasLetters && <Key>F</Key>}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
      }
    >
      {/* Side by side is one above the other where the window is higher than wide. */}
      <div className="absolute inset-0 flex phone:flex-col">
        <div className="relative min-h-0 min-w-0 flex-1">
          <Stage
            {...shared}
            key={`${picture.id} ${view === 'beside'}`}
            ref={stage}
            boxes={mainBoxes}
            onViewChange={setStageView}
            onViewport={(viewport) => {
              if (isBeside) follow(second.current, viewport);
            }}
          />
          {view === 'beside' && <StageName name={one} />}
          {view === 'flip' && <FlipButton names={names} isFlipped={isFlipped} onFlip={onFlip} />}
        </div>
        {isBeside && (
          <div className="relative min-h-0 min-w-0 flex-1 border-l border-line-strong phone:border-t phone:border-l-0">
            <Stage
              {...shared}
              key={picture.id}
              ref={second}
              boxes={otherBoxes}
              onViewChange={() => undefined}
              onViewport={(viewport) => follow(stage.current, viewport)}
            />
            <StageName name={other} />
          </div>
        )}
      </div>
      <StageTools
        stage={stage}
        view={stageView}
        canZoomToFace={selected !== undefined}
        onZoomToFace={zoomToFace}
        labelsShown={labelsShown}
        onLabelsShown={onLabelsShown}
        boxesHidden={boxesHidden}
        onBoxesHidden={onBoxesHidden}
      />
    </StageSection>
  );
}

/** Which of two answers the stage shows, and the other one at a press. */
const FlipButton = ({
  names: [one, other],
  isFlipped,
  onFlip,
}: {
  readonly names: AnswerNames;
  readonly isFlipped: boolean;
  readonly onFlip: () => void;
}) => (
  <Button
    aria-label={`Show ${isFlipped ? one : other}`}
    className="absolute top-2 left-2 max-w-[calc(100%-1rem)] bg-panel/90 text-xs! font-semibold"
    onClick={onFlip}
  >
    <ArrowLeftRight aria-hidden className="size-3.5" />
    <span className="truncate">{isFlipped ? other : one}</span>
  </Button>
);

const StageName = ({ name }: { readonly name: string }) => (
  <p className="pointer-events-none absolute top-2 left-3 rounded border border-line bg-panel/90 px-2 py-0.5 text-xs font-semibold">
    {name}
  </p>
);

/** Both answers as boxes: the first solid, the second dashed; people whom one has alone in words. */
function answerBoxes(
  pairs: readonly AnswerPair[],
  [one, other]: AnswerNames,
  shown: Shown,
  from: Size,
  to: Size,
): readonly StageBox[] {
  return pairs.flatMap(({ id, first, second }): readonly StageBox[] => {
    const lone = (first === undefined) !== (second === undefined);
    const firstBox: readonly StageBox[] =
      first === undefined || shown === 'second'
        ? []
        : [
            {
              id,
              bound: rescale(first.bound, from, to),
              label: lone
                ? `${first.faceNo} Only ${one}`
                : shown === 'both'
                  ? `${first.faceNo} ↔ ${second?.faceNo ?? ''}`
                  : String(first.faceNo),
              tone: ANSWER_TONES.first,
              kind: 'found',
              isLoud: lone,
            },
          ];
    const secondBox: readonly StageBox[] =
      second === undefined || shown === 'first'
        ? []
        : [
            {
              // Alone on its stage it stands for the pair.
              id: first === undefined || shown === 'second' ? id : id + SECOND,
              bound: rescale(second.bound, from, to),
              label: lone ? `${second.faceNo} Only ${other}` : shown === 'both' ? '' : String(second.faceNo),
              tone: ANSWER_TONES.second,
              kind: 'drawn',
              isLoud: lone,
            },
          ];
    return [...secondBox, ...firstBox];
  });
}
