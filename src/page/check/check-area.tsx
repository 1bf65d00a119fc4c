import { useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import { type StageHandle, ZOOM_STEP } from '#face-canvas/index.ts';
import { type PictureDetection, retryDetection, sendTo, usePictureDetection } from '#page/detection/index.ts';
import { useFormattedPlace } from '#page/pictures/picture-place.ts';
import { selectionScope, selectionStore } from '#page/pictures/selection-store.ts';
import { onTaken, redoStep, undoStep, useUndo } from '#page/pictures/undo-stack.ts';
import type { TakenStep } from '#page/pictures/undo-step.ts';
import { preferPicture } from '#page/pictures/work-queue.ts';
import { openPicture, type Picture, stepPicture } from '#page/pictures/work-store.ts';
import { announce } from '#page/platform/notices.ts';
import { type EngineSession, sessionWith } from '#page/session/engine-session.ts';
import { Announcement } from '#page/ui/announcement.tsx';
import { Button } from '#page/ui/button.tsx';
import type { Detection, Face, FaceId } from '#shared/face.ts';
import { matchBoxes } from '#shared/geometry/match-boxes.ts';
import { SAME_FACE_IOU } from '#shared/geometry/match-face.ts';
import { rescale } from '#shared/geometry/rect.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { primaryOf, selectOnly } from '#shared/selection.ts';
import {
  judge,
  judgeableOf,
  judgeRest,
  openFaces,
  placeMissed,
  takeBackUnplaced,
  verdictMessage,
  writeNote,
} from './check-actions.ts';
import { CheckBar, type CheckBarProps } from './check-bar.tsx';
import { CheckFaces } from './check-faces.tsx';
import {
  goOnChecking,
  hearCheckMode,
  noteDrawing,
  startComparing,
  stopChecking,
  useDrawsMissed,
  wayOfChecking,
} from './check-mode.ts';
import { CheckActions, VerdictPanel } from './check-panel.tsx';
import { PhoneBar } from './check-phone.tsx';
import { CheckPictures } from './check-pictures.tsx';
import {
  closeReasons,
  goToFace,
  openReasons,
  setDraft,
  setFilter,
  stageViewport,
  useCheckPlace,
} from './check-place.ts';
import { CheckStage } from './check-stage.tsx';
import { checkPlaceStore } from './check-state.ts';
import { hearChecks, loadChecks, useChecks } from './check-store.ts';
import { useDrawnUse } from './drawn-use.ts';
import { MissedFaces } from './missed-faces.tsx';
import { everybodyOn, reviewerName } from './model/opinions.ts';
import { drawnBox } from './model/placing.ts';
import { NO_ANSWER, type PictureProgress, timeLeft, totalsOf } from './model/progress.ts';
import { suspicionOf } from './model/suspicion.ts';
import { type CheckSet, REASON_NAMES, REASONS, type Reason, type Verdict } from './model/verdict.ts';
import { digestsOf } from './own-checks.ts';
import { missedBoxId } from './placed-box.tsx';
import { openReport } from './report-question.ts';
import { ReviewerName } from './reviewer-name.tsx';
import { saveCheck } from './save-check.ts';
import { wantFace } from './sheet/sheet-store.ts';
import { type UnplacedVerdict, UnplacedVerdicts, unplacedOn } from './unplaced-verdicts.tsx';
import { useCheckKeys } from './use-check-keys.ts';
import { type CheckedPicture, useCheckedPictures } from './use-checked-pictures.ts';
import { useLayout } from './use-layout.ts';

const NO_FACES: readonly Face[] = [];
const NO_VERDICTS: ReadonlyMap<FaceId, Verdict> = new Map();
const NOTHING_UNPLACED: readonly UnplacedVerdict[] = [];
const NOTHING_DISPUTED: ReadonlySet<FaceId> = new Set();

type CheckAreaProps = {
  readonly config: AppConfig;
  readonly session: EngineSession;
  readonly picture: Picture;
  readonly onHelp: () => void;
};

/** Check mode, picture by picture: from looking at detections to having checked them. */
export function CheckArea({ config, session, picture, onHelp }: CheckAreaProps) {
  const client = useQueryClient();
  const layout = useLayout();
  const isPhone = layout === 'phone';
  const all = useCheckedPictures(session);
  const index = all.findIndex((each) => each.picture.id === picture.id);
  const here = all[index];
  const on = here === undefined ? undefined : judgeableOf(here, config.version);
  const { own, others, status, known, records, acts, isSaved } = useChecks((state) => state);
  const canUndo = useUndo(({ done }) => done.length > 0);
  const canRedo = useUndo(({ undone }) => undone.length > 0);
  const { selection, reasonsClosed, draft } = useCheckPlace((state) => state);
  const place = useFormattedPlace(picture.id);
  const stage = useRef<StageHandle>(null);
  const group = useRef<HTMLDivElement>(null);
  const [labelsShown, setLabelsShown] = useState(true);
  const [boxesHidden, setBoxesHidden] = useState(false);
  const [isNoteOpen, setNoteOpen] = useState(false);
  const [unplacedShown, setUnplacedShown] = useState(false);
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());

  const faces = on?.faces ?? NO_FACES;
  const size = on?.size ?? picture.size;
  const current = faces.find(({ id }) => id === primaryOf(selection));
  const opinions = here?.opinions;
  const verdicts = here?.verdicts ?? NO_VERDICTS;
  const disputed = here?.disputed ?? NOTHING_DISPUTED;
  const verdict = current === undefined ? undefined : verdicts.get(current.id);
  const open = on === undefined ? NO_FACES : openFaces(on);
  const totals = totalsOf(all.map(({ progress }) => progress));
  const reasonsOpen = verdict?.kind === 'wrong' && !reasonsClosed;
  const missed = opinions?.own.missed ?? [];
  const drawnUse = useDrawnUse();

  // ── What is kept about these pictures, and what other tabs say.
  const digests = all.flatMap(({ picture: each }) => digestsOf(each)).join(' ');
  useEffect(() => loadChecks(digests.split(' ')), [digests]);
  useEffect(hearChecks, []);
  useEffect(() => preferPicture(picture.id), [picture.id]);

  // ── Where one begins: with the first open face, once it is known what was said before.
  // Of some pictures it may be known for long, and of others not yet: those would seem to be open.
  const isRead = status === 'unavailable' || digests.split(' ').every((digest) => known.has(digest));
  const isKnown = isRead && on !== undefined;
  const drawsMissed = useDrawsMissed();
  const hasBegun = useRef(false);
  const begin = useEffectEvent(() => {
    if (!hasBegun.current) {
      hasBegun.current = true;
      // The face was chosen on the contact sheet.
      if (current !== undefined) return;
      const next = nextOpen(all, index);
      if (here?.progress.state === 'done' && next !== undefined && !drawsMissed) {
        openPicture(next.picture.id);
        return;
      }
      const chosen = primaryOf(tableSelection(picture, here));
      if (open.some(({ id }) => id === chosen)) return goToFace(chosen);
    }
    if (current === undefined) goToFace((open[0] ?? faces[0])?.id);
  });
  const scope = here === undefined ? '' : selectionScope(picture.id, here.session.engine);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture or engine is another beginning
  useEffect(() => {
    if (isKnown) begin();
  }, [scope, isKnown]);
  // Somebody saw on another page that a face was not found: it is drawn on the whole picture.
  const drawInPicture = useEffectEvent(() => {
    const [width, height] = [size.height * 0.12, size.height * 0.15];
    const bound = imageRect((size.width - width) / 2, (size.height - height) / 2, width, height);
    setDraft({ of: 'missed', bound: drawnBox(bound, size) });
    stage.current?.fit();
    noteDrawing();
  });
  useEffect(() => {
    if (isKnown && drawsMissed) drawInPicture();
  }, [isKnown, drawsMissed]);
  // The verdict has the keys from the beginning on; it is there once there is a face.
  const hasFace = current !== undefined;
  const hadFocus = useRef(false);
  useEffect(() => {
    if (!hasFace || hadFocus.current) return;
    hadFocus.current = true;
    // A box that is being drawn has them.
    if (checkPlaceStore.getState().draft === undefined) group.current?.focus({ preventScroll: true });
  }, [hasFace]);
  const scopeBefore = useRef(scope);
  // The number of a face means another face on another picture.
  useEffect(() => {
    if (scopeBefore.current === scope) return;
    scopeBefore.current = scope;
    setNoteOpen(false);
  }, [scope]);

  const leave = () => {
    if (current !== undefined && here !== undefined) {
      const { selections } = selectionStore.getState();
      selectionStore.setState({ selections: { ...selections, [scope]: selectOnly(current.id) } });
    }
    goToFace(undefined);
    stopChecking();
  };
  const openAnother = (id: Picture['id']) => {
    goToFace(undefined);
    openPicture(id);
  };
  /** To the next picture that is not done, after this one; one that this act finishes is done already. */
  const toNextPicture = () => {
    const next = nextOpen(all, index);
    if (next === undefined) return false;
    openAnother(next.picture.id);
    announce(`${next.picture.name}, ${next.progress.faces} faces`);
    return true;
  };
  /** Goes on after a face was judged: to the next open one, else to the next picture. */
  const goOn = (face: Face, what: string) => {
    const left = open.filter(({ id }) => id !== face.id);
    const next = left.find(({ faceNo }) => faceNo > face.faceNo) ?? left[0];
    const judged = `Face ${face.faceNo} ${what}.`;
    if (next !== undefined) {
      goToFace(next.id);
      announce(`${judged} Face ${next.faceNo} of ${faces.length}.`);
    } else if (!toNextPicture()) announce(`${judged} All faces are checked.`);
  };

  const sayRight = () => {
    if (on === undefined || current === undefined) return;
    judge(on, current, { kind: 'right' });
    goOn(current, 'right');
  };
  const sayWrong = () => {
    if (on === undefined || current === undefined) return;
    if (verdict?.kind === 'wrong') {
      judge(on, current, undefined);
      announce(`Face ${current.faceNo}, verdict taken back.`);
      return;
    }
    judge(on, current, { kind: 'wrong' });
    openReasons();
    announce(`Face ${current.faceNo} wrong. Why?`);
  };
  const sayWhy = (reason: Reason) => {
    if (on === undefined || current === undefined) return;
    judge(on, current, { kind: 'wrong', reason });
    // The reasons may go with the one that was pressed.
    group.current?.focus({ preventScroll: true });
    if (reason === 'shifted' || reason === 'wrong-size') {
      setDraft({ of: current.id, bound: current.bound });
      announce(`Face ${current.faceNo} wrong, ${REASON_NAMES[reason].toLowerCase()}. Draw where it is, or press Esc.`);
    } else if (reason !== 'other') goOn(current, `wrong, ${REASON_NAMES[reason].toLowerCase()}`);
  };
  const sayIsFace = (isFace: boolean) => {
    if (on === undefined || current === undefined) return;
    judge(on, current, { kind: 'wrong', reason: 'other', isFace });
    group.current?.focus({ preventScroll: true });
    goOn(current, 'wrong, other');
  };
  const keepDraft = (bound: Parameters<typeof placeMissed>[2]) => {
    if (on === undefined || draft === undefined || bound === undefined) return;
    setDraft(undefined);
    if (draft.of === 'missed') {
      placeMissed(on, undefined, bound);
      announce(`Missed face ${missed.length + 1}.`);
      group.current?.focus({ preventScroll: true });
      return;
    }
    const face = faces.find(({ id }) => id === draft.of);
    if (face === undefined || verdict?.kind !== 'wrong') return;
    judge(on, face, { ...verdict, place: bound });
    group.current?.focus({ preventScroll: true });
    goOn(face, verdictMessage(verdict));
  };
  const cancelDraft = () => {
    setDraft(undefined);
    group.current?.focus({ preventScroll: true });
    if (draft !== undefined && draft.of !== 'missed' && current !== undefined && verdict !== undefined) {
      goOn(current, verdictMessage(verdict));
    }
  };
  /** On the table, where there is room for what is made of it. */
  const toKolors = (place: number) => {
    const bound = missed[place]?.bound;
    if (drawnUse === undefined || here === undefined || bound === undefined) return;
    leave();
    const face = { id: `drawn-${place + 1}`, drawnNo: place + 1, bound } as const;
    drawnUse({ picture, engine: here.session.engine, face, size });
  };
  const startMissed = () => {
    if (on === undefined || draft !== undefined) return;
    // In the middle of what is looked at, not of what the view is flying through.
    stage.current?.arrive();
    const { scale, x, y } = stageViewport();
    const { clientWidth = 0, clientHeight = 0 } = document.getElementById('stage') ?? {};
    const [width, height] = [120 / scale, 150 / scale];
    const middle = { x: (clientWidth / 2 - x) / scale, y: (clientHeight / 2 - y) / scale };
    setDraft({
      of: 'missed',
      bound: drawnBox(imageRect(middle.x - width / 2, middle.y - height / 2, width, height), size),
    });
    announce('Draw the missed face. Or arrows move it, Shift and arrows size it, Enter keeps it, Esc does not.');
  };

  const isSeen = ({ id }: Face) => seen.has(`${scope} ${id}`);
  const noteSeen = (ids: readonly FaceId[]) => {
    const added = ids.map((id) => `${scope} ${id}`).filter((id) => !seen.has(id));
    if (added.length > 0) setSeen(new Set([...seen, ...added]));
  };
  const seenOpen = open.filter(isSeen);
  const isLast = nextOpen(all, index) === undefined;
  const sayRest = () => {
    if (on === undefined) return;
    const isToSay = faces.length === 0 ? here?.progress.state !== 'done' : seenOpen.length > 0;
    if (isToSay) judgeRest(on, seenOpen);
    const left = open.filter((face) => !isSeen(face));
    const judged = seenOpen.length === 0 ? '' : `${seenOpen.length} faces marked right.`;
    if (left.length > 0) {
      goToFace(left[0]?.id);
      announce(`${judged} ${left.length} not shown were left open.`);
      return;
    }
    if (toNextPicture()) return;
    announce(`${judged} All pictures are checked.`);
    if (!isToSay) leave();
  };
  const walk = (by: 1 | -1, repeat: boolean) => {
    const at = current?.faceNo ?? 0;
    const next =
      by === 1
        ? open.find(({ faceNo }) => faceNo > at)
        : open.toReversed().find(({ faceNo }) => current !== undefined && faceNo < at);
    if (next !== undefined) goToFace(next.id);
    else if (by === 1 && !repeat) step(1);
  };
  const step = (by: 1 | -1) => {
    if (all[index + by] === undefined) return;
    goToFace(undefined);
    stepPicture(by);
  };
  // Back to where it was said; `UndoBar` tells what was taken back.
  const goBackTo = useEffectEvent(({ step: { goTo } }: TakenStep) => {
    const to = all.find((each) => each.picture.id === goTo.picture);
    if (to !== undefined && to.picture.id !== picture.id) openAnother(to.picture.id);
    const detection = to?.detection.state === 'done' ? to.detection.result.detection : undefined;
    const face = detection?.faces.find(({ faceNo }) => faceNo === goTo.faceNo);
    if (face !== undefined) goToFace(face.id);
  });
  useEffect(() => onTaken((taken) => goBackTo(taken)), []);
  // The contact sheet opens at the face that one is at.
  const noteFace = useEffectEvent(() => {
    if (wayOfChecking() === 'sheet' && current !== undefined) {
      wantFace({ picture: picture.id, faceNo: current.faceNo });
    }
  });
  useEffect(() => hearCheckMode(() => noteFace()), []);
  const goToNext = (kind: 'wrong' | 'missed') => {
    setFilter(kind);
    const having = all.filter(({ progress }) => progress[kind] > 0);
    const after = having.find((each) => all.indexOf(each) > index) ?? having[0];
    const nextHere =
      kind === 'wrong'
        ? faces.find(({ id, faceNo }) => verdicts.get(id)?.kind === 'wrong' && faceNo > (current?.faceNo ?? 0))
        : undefined;
    if (nextHere !== undefined) goToFace(nextHere.id);
    else if (after !== undefined) {
      const found = after.detection.state === 'done' ? after.detection.result.detection.faces : NO_FACES;
      const first = found.find(({ id }) => after.opinions?.own.verdicts.get(id)?.kind === 'wrong');
      if (after.picture.id !== picture.id) openAnother(after.picture.id);
      if (kind === 'wrong') goToFace(first?.id);
    }
  };

  useCheckKeys({
    right: sayRight,
    wrong: sayWrong,
    number: ({ key }) => {
      const reason = REASONS[Number(key) - 1];
      if (reasonsOpen) {
        if (reason !== undefined) sayWhy(reason);
      } else goToFace(faces.find(({ faceNo }) => faceNo === Number(key))?.id ?? current?.id);
    },
    'rest-right': sayRest,
    missed: startMissed,
    note: () => setNoteOpen(true),
    'next-face': ({ repeat }) => walk(1, repeat),
    'previous-face': ({ repeat }) => walk(-1, repeat),
    'first-face': () => goToFace(open[0]?.id ?? current?.id),
    'last-face': () => goToFace(open.at(-1)?.id ?? current?.id),
    'next-picture': () => step(1),
    'previous-picture': () => step(-1),
    'zoom-to-face': () => current !== undefined && stage.current?.zoomToBox(current.id),
    fit: () => stage.current?.fit(),
    'zoom-in': () => stage.current?.zoomBy(ZOOM_STEP),
    'zoom-out': () => stage.current?.zoomBy(1 / ZOOM_STEP),
    'hide-boxes': setBoxesHidden,
    'toggle-labels': () => setLabelsShown(!labelsShown),
    way: () => goOnChecking('sheet'),
    compare: startComparing,
    help: onHelp,
    out: () => {
      if (draft !== undefined) cancelDraft();
      else if (reasonsOpen) closeReasons();
      else leave();
    },
  });

  const other = useOtherAnswer(here, session, picture);
  const hint =
    current === undefined
      ? undefined
      : disputed.has(current.id)
        ? disputeMessage(current, here, own, others)
        : suspicionOf(current, size, { score: current.score, onlyFoundBy: onlyFoundBy(current, on?.faces, other) })
            ?.sentence;
  const unplaced = here === undefined ? [] : unplacedOn(here, size, own, others);
  const wrongHere = here?.progress.wrong ?? 0;
  const rightHere = (here?.progress.checked ?? 0) - wrongHere;
  const facesLeft = totals.faces - totals.checked;
  const actions = on !== undefined && (
    <CheckActions
      main={{
        label: mainLabel(here?.progress ?? NO_ANSWER, seenOpen.length, isLast, isPhone),
        isTooEarly: open.length > 0 && seenOpen.length === 0,
        onPress: sayRest,
      }}
      isDrawing={draft !== undefined}
      onMissed={startMissed}
      note={here?.own?.note ?? ''}
      isPhone={isPhone}
      isNoteOpen={isNoteOpen}
      onNoteOpen={setNoteOpen}
      onNoteLeft={() => group.current?.focus({ preventScroll: true })}
      onNote={(note) => {
        if (note !== (here?.own?.note ?? '')) writeNote(on, note);
      }}
    />
  );
  const grid = faces.length > 0 && (
    <CheckFaces
      faces={faces}
      verdicts={verdicts}
      disputed={disputed}
      current={current?.id}
      pictureUrl={picture.url}
      size={size}
      onSeen={noteSeen}
      layout={isPhone ? 'row' : 'grid'}
    />
  );
  const missedList = on !== undefined && missed.length > 0 && (
    <MissedFaces
      missed={missed}
      pictureUrl={picture.url}
      size={size}
      onGoTo={(id, bound) => {
        stage.current?.lookAt(bound, 'flight');
        document.getElementById(missedBoxId(id))?.focus({ preventScroll: true });
      }}
      layout={isPhone ? 'row' : 'grid'}
    />
  );
  const panel = current !== undefined && (
    <VerdictPanel
      face={current}
      count={faces.length}
      size={size}
      pictureUrl={picture.url}
      verdict={verdict}
      hint={hint}
      reasonsOpen={reasonsOpen}
      group={group}
      onRight={sayRight}
      onWrong={sayWrong}
      onReason={sayWhy}
      onIsFace={sayIsFace}
      isPhone={isPhone}
    />
  );
  const strip = (
    <CheckPictures
      pictures={all}
      openId={picture.id}
      layout={layout === 'wide' ? 'column' : layout === 'flat' ? 'thumbs' : 'row'}
    />
  );
  const bar: CheckBarProps = {
    totals,
    leftMs: facesLeft > 0 ? timeLeft(acts, facesLeft) : undefined,
    canUndo,
    canRedo,
    onUndo: () => undoStep(),
    onRedo: redoStep,
    onNextWrong: () => goToNext('wrong'),
    onNextMissed: () => goToNext('missed'),
    onSave: records.size > 0 ? () => saveCheck(all.map((each) => each.picture)) : undefined,
    onReport: () => openReport(),
    onLeave: leave,
  };

  return (
    <>
      {isPhone ? (
        <PhoneBar
          {...bar}
          name={picture.name}
          place={place}
          pictures={(close) => <CheckPictures pictures={all} openId={picture.id} layout="column" onChosen={close} />}
        />
      ) : (
        <CheckBar {...bar} />
      )}
      <Announcement />
      <main
        className={clsx(
          'grid min-h-0 flex-1',
          layout === 'wide' && 'grid-cols-[13.5rem_minmax(0,1fr)_25rem] grid-rows-[minmax(0,1fr)]',
          layout === 'desk' && 'grid-cols-[minmax(0,1fr)_minmax(18rem,22.5rem)] grid-rows-[minmax(0,1fr)_auto]',
          layout === 'flat' && 'grid-cols-[5.5rem_minmax(0,1fr)_minmax(17rem,42%)] grid-rows-[minmax(0,1fr)]',
          // On the smallest ones all of it is scrolled.
          isPhone && 'grid-cols-[minmax(0,1fr)] grid-rows-[minmax(11rem,1fr)_auto] overflow-y-auto',
        )}
      >
        {(layout === 'wide' || layout === 'flat') && <div className="min-h-0 border-r border-line">{strip}</div>}
        <div className="relative min-h-0 min-w-0">
          <CheckStage
            key={picture.id}
            picture={picture}
            place={place}
            size={size}
            faces={faces}
            verdicts={verdicts}
            current={current}
            missed={missed}
            draft={draft}
            unplaced={unplacedShown ? unplaced : NOTHING_UNPLACED}
            hasAnswer={on !== undefined}
            isPhone={isPhone}
            stage={stage}
            labelsShown={labelsShown}
            onLabelsShown={setLabelsShown}
            boxesHidden={boxesHidden}
            onBoxesHidden={setBoxesHidden}
            onSeen={noteSeen}
            onMissed={(id, bound) => {
              if (on !== undefined) placeMissed(on, id, bound);
              announce(bound === undefined ? 'Missed face deleted.' : `Missed face ${id ?? missed.length + 1}.`);
              // The box goes, and the focus would go with it.
              if (bound === undefined) group.current?.focus({ preventScroll: true });
            }}
            onUseMissed={drawnUse === undefined ? undefined : toKolors}
            onKeepDraft={keepDraft}
            onCancelDraft={cancelDraft}
          >
            {here !== undefined && on === undefined && (
              <NoAnswer
                detection={here.detection}
                onRetry={() => void retryDetection(client, here.session, picture, failureOf(here.detection))}
                onSend={() => sendTo(session, [picture])}
              />
            )}
          </CheckStage>
        </div>
        <aside
          aria-label="Face to check"
          className={clsx(
            'flex min-w-0 flex-col bg-panel',
            isPhone
              ? 'border-t border-line pb-[env(safe-area-inset-bottom)]'
              : 'min-h-0 overflow-y-auto border-l border-line',
            layout === 'desk' && 'row-span-2',
          )}
        >
          {isPhone && grid}
          {isPhone && missedList}
          {isPhone && !isSaved && (
            <p role="status" className="px-4 pt-2 text-[0.8125rem] text-bad">
              {NOT_SAVED}
            </p>
          )}
          <div
            className={clsx(
              'flex flex-col',
              // As high with reasons as without: the picture stays where it is.
              isPhone && 'min-h-[18.5rem] border-t border-line bg-raised/40 small:min-h-0',
            )}
          >
            {panel}
            {on !== undefined && faces.length === 0 && <p className="px-4 pt-4 font-semibold">No faces were found</p>}
            <UnplacedVerdicts
              unplaced={unplaced}
              isShown={unplacedShown}
              onShown={(shown) => {
                setUnplacedShown(shown);
                const [first] = unplaced;
                if (shown && first !== undefined) stage.current?.lookAt(first.bound, 'flight');
              }}
              onLookAt={(bound) => stage.current?.lookAt(bound, 'flight')}
              onTakeBack={(judged) => on !== undefined && takeBackUnplaced(on, judged)}
            />
            {actions}
          </div>
          {!isPhone && on !== undefined && (
            <div className="flex min-h-36 flex-1 flex-col border-t border-line">
              <div className="flex min-h-10.5 flex-wrap items-center justify-between gap-x-2 px-4">
                <h2 className="text-[0.9375rem] font-semibold">
                  Faces{' '}
                  <span className="font-normal text-ink-faint tabular-nums">
                    {faces.length}
                    {missed.length > 0 && ` and ${missed.length} missed`}
                  </span>
                </h2>
                <span className="text-[0.8125rem] text-ink-faint tabular-nums">
                  {rightHere} right · {wrongHere} wrong · {open.length} open
                </span>
              </div>
              <div className="min-h-0 overflow-y-auto px-3 pb-3">
                {grid}
                {missedList}
              </div>
            </div>
          )}
          {layout === 'flat' && <ReviewerName className="mx-4 mb-3 shrink-0 text-xs" />}
        </aside>
        {layout === 'desk' && <div className="min-w-0 border-t border-line">{strip}</div>}
      </main>
      <footer
        className={clsx(
          'flex min-h-9 shrink-0 items-center gap-4 border-t border-line bg-panel px-4 text-xs text-ink-faint',
          (isPhone || layout === 'flat') && 'hidden',
        )}
      >
        <span className="tabular-nums">
          {size.width} × {size.height}
        </span>
        {on !== undefined && (
          <span className="tabular-nums">{faces.length === 1 ? '1 face' : `${faces.length} faces`}</span>
        )}
        <span>{here?.session.engine}</span>
        <span role="status" className={clsx(!isSaved && 'text-bad')}>
          {isSaved ? (records.size > 0 ? 'Saved in this browser' : '') : NOT_SAVED}
        </span>
        <ReviewerName className="ml-auto" />
        <span aria-hidden className="max-xl:hidden pointer-coarse:hidden">
          ← → face · [ ] picture · Z zoom · H hide · ? keys
        </span>
      </footer>
    </>
  );
}

const NOT_SAVED = 'Not saved: this browser has no room. Save the check as a file.';

/** The picture to go on with: the first after this one that is not done, else the first before it. */
function nextOpen(all: readonly CheckedPicture[], index: number): CheckedPicture | undefined {
  const isOpen = ({ progress }: CheckedPicture) => progress.state !== 'done';
  return all.slice(index + 1).find(isOpen) ?? all.slice(0, Math.max(0, index)).find(isOpen);
}

const tableSelection = (picture: Picture, here: CheckedPicture | undefined) =>
  (here === undefined
    ? undefined
    : selectionStore.getState().selections[selectionScope(picture.id, here.session.engine)]) ??
  checkPlaceStore.getState().selection;

function mainLabel(
  { state, faces, checked, wrong }: PictureProgress,
  seen: number,
  isLast: boolean,
  isPhone: boolean,
): string {
  const open = faces - checked;
  const next = isLast ? '' : isPhone ? ', next' : ', next picture';
  if (state === 'done') return isLast ? 'Finish' : 'Next picture';
  if (faces === 0) return isLast ? 'That is right' : 'That is right, next';
  if (seen > 0 && seen < open) return seen === 1 ? 'The one seen is right' : `The ${seen} seen are right`;
  // A phone has room for the sentence or for where it leads, which its arrow says.
  return wrong === 0 ? `All right${next}` : `The rest is right${isPhone ? '' : next}`;
}

/** What the other engine found on the same picture, where it was asked. */
function useOtherAnswer(here: CheckedPicture | undefined, session: EngineSession, picture: Picture) {
  const engine = (here?.session.engine ?? session.engine) === 'kling' ? 'embedded' : 'kling';
  const detection = usePictureDetection(sessionWith(engine), picture);
  return detection.state === 'done' && picture.origin.kind !== 'replay'
    ? { engine, detection: detection.result.detection, mine: here }
    : undefined;
}

function onlyFoundBy(
  face: Face,
  faces: readonly Face[] | undefined,
  other:
    | { readonly engine: string; readonly detection: Detection; readonly mine: CheckedPicture | undefined }
    | undefined,
): string | undefined {
  if (other === undefined || faces === undefined || other.mine?.detection.state !== 'done') return undefined;
  const { size } = other.mine.detection.result.detection;
  const { pairs } = matchBoxes(
    faces.map(({ bound }) => rescale(bound, size, other.detection.size)),
    other.detection.faces.map(({ bound }) => bound),
    SAME_FACE_IOU,
  );
  const index = faces.indexOf(face);
  if (pairs.some(({ a }) => a === index)) return undefined;
  return other.engine === 'kling' ? 'Embedded' : 'Kling';
}

/** "Anna: wrong, double · you: right". */
function disputeMessage(
  face: Face,
  here: CheckedPicture | undefined,
  own: CheckSet,
  others: readonly CheckSet[],
): string | undefined {
  if (here?.opinions === undefined) return undefined;
  const nameOf = (set: string): string => {
    const other = others.find(({ id }) => id === set);
    // Whoever reads this knows who they are, whatever name they go by.
    return set === own.id ? 'you' : other === undefined ? 'somebody else' : reviewerName(other);
  };
  return everybodyOn(here.opinions, own.id, face.id)
    .map(({ set, verdict }) => `${nameOf(set)}: ${verdictMessage(verdict)}`)
    .join(' · ');
}

const failureOf = (detection: PictureDetection) => (detection.state === 'failed' ? detection.failure : undefined);

/** What lies over a picture that cannot be judged yet. */
function NoAnswer({
  detection,
  onRetry,
  onSend,
}: {
  readonly detection: PictureDetection;
  readonly onRetry: () => void;
  readonly onSend: () => void;
}) {
  const isLooking = detection.state === 'waiting' || detection.state === 'uploading' || detection.state === 'detecting';
  return (
    <div className="absolute inset-0 z-10 grid place-items-center bg-mat/70 p-4">
      <div role="status" className="rounded-xl border border-line bg-panel p-5 shadow-float">
        {isLooking ? (
          <p>Looking for faces…</p>
        ) : detection.state === 'not-sent' ? (
          <>
            <p className="font-semibold">Kling was not asked about this picture</p>
            <Button look="primary" className="mt-3" onClick={onSend}>
              Send it to Kling
            </Button>
          </>
        ) : (
          <>
            <p className="font-semibold">No answer for this picture</p>
            <Button look="primary" className="mt-3" onClick={onRetry}>
              Try again
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
