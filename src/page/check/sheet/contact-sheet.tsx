import { type ReactNode, useEffect, useRef } from 'react';
import { undoStep, undoStore, useUndo } from '#page/pictures/undo-stack.ts';
import { Button } from '#page/ui/button.tsx';
import type { PictureId } from '#shared/picture-id.ts';
import { judgeableOf, judgeMany, type Ruling, verdictMessage } from '../check-actions.ts';
import { goOnChecking, startComparing, stopChecking } from '../check-mode.ts';
import { announce } from '../check-place.ts';
import {
  countsOf,
  type FoundItem,
  isPaged,
  itemsFor,
  keyStart,
  pageNow,
  placesOf,
  restLabel,
  restMessage,
  restOf,
  type SheetFilter,
  type SheetItem,
} from '../model/sheet.ts';
import { rangeChange } from '../model/sheet-layout.ts';
import { REASONS, type Reason, type Verdict } from '../model/verdict.ts';
import { useCheckKeys } from '../use-check-keys.ts';
import type { CheckedPicture } from '../use-checked-pictures.ts';
import { CropPreview } from './crop-preview.tsx';
import { type CropWish, wishForCrops } from './crops.ts';
import { filterName, SheetChips, useCropSide } from './sheet-chips.tsx';
import { ClosedNote, SheetEnd } from './sheet-end.tsx';
import { SheetList } from './sheet-list.tsx';
import {
  beginPage,
  closePage,
  extendToCrop,
  filterSheet,
  goToCrop,
  hidePreview,
  openSheetAt,
  sheetStore,
  useSheet,
} from './sheet-store.ts';
import { useSheetFaces } from './use-sheet-faces.ts';

/** Crops that are cut ahead of what is looked at: a large screen of them. */
const AHEAD = 100;

type ContactSheetProps = {
  readonly all: readonly CheckedPicture[];
  /** Version of the page, which records note. */
  readonly version: string;
  readonly onHelp: () => void;
  /** Opens the report. */
  readonly onReport: () => void;
};

/** Check mode as a contact sheet: crops of all pictures, the most suspicious first, page by page. */
export function ContactSheet({ all, version, onHelp, onReport }: ContactSheetProps) {
  const { found, drawn, said, pictures } = useSheetFaces(all);
  const {
    filter,
    page: pageBefore,
    active: activeBefore,
    anchor,
    seen,
    preview,
    closed,
    turn,
    wanted,
  } = useSheet((state) => state);
  const lastStep = useUndo(({ done }) => done.at(-1));
  const side = useCropSide();
  const list = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLElement>(null);

  const byKey = new Map<string, SheetItem>([...found, ...drawn].map((item) => [item.key, item]));
  const items = itemsFor(filter, found, drawn, said);
  const page = pageNow(pageBefore, filter, items, (key) => byKey.has(key));
  const shown = page.keys.flatMap((key) => byKey.get(key) ?? []);
  const active = activeBefore !== undefined && page.keys.includes(activeBefore) ? activeBefore : page.keys[0];
  const current = active === undefined ? undefined : byKey.get(active);
  const places = placesOf(page, items);
  const counts = countsOf(found, drawn, said);
  const rest = restOf(shown, said, (key) => seen.get(key));
  const judged = shown.length - rest.right.length - rest.notShown - rest.unseen;
  const isDone = judged === shown.length;
  const label = restLabel(rest, judged);

  // ── Where one comes from, and the keys at what comes in.
  useEffect(() => {
    if (wanted === undefined) return;
    const start = keyStart(wanted.picture, pictures.get(wanted.picture)?.session.engine ?? 'embedded', wanted.faceNo);
    const item = found.find(({ key }) => key.startsWith(start));
    if (item !== undefined) openSheetAt(item.key, page, items, found);
  }, [wanted, found, pictures, page, items]);
  const hasCrops = shown.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page takes the keys, and the first crops that come
  useEffect(() => {
    const isElsewhere =
      document.activeElement?.closest('[role="toolbar"], [role="radiogroup"], [role="dialog"]') ?? null;
    if (isElsewhere === null) (list.current ?? area.current)?.focus({ preventScroll: true });
  }, [turn, hasCrops]);
  const at = active === undefined ? 0 : Math.max(0, page.keys.indexOf(active));
  // A page is cut whole, and the beginning of the next one; of a longer list what lies around the keys.
  const onPage = new Set(page.keys);
  const near = isPaged(filter)
    ? [...shown, ...items.filter(({ key }) => !onPage.has(key)).slice(0, AHEAD)]
    : shown.slice(Math.max(0, at - AHEAD), at + AHEAD);
  useEffect(() => wishForCrops(wishesFor(near, pictures)));
  useEffect(() => () => wishForCrops([]), []);

  const judge = (rulings: readonly Ruling<FoundItem>[], what: string, about: FoundItem) => {
    beginPage(page);
    const known = rulings.flatMap(({ face: item, verdict }) => {
      const checked = pictures.get(item.picture);
      const on = checked === undefined ? undefined : judgeableOf(checked, version);
      return on === undefined ? [] : [{ on, face: item.face, verdict }];
    });
    judgeMany(known, what, { picture: about.picture, faceNo: about.face.faceNo });
  };
  const mark = (item: SheetItem | undefined, verdict: Verdict | undefined) => {
    if (item?.kind !== 'found') return;
    const what = `face ${item.face.faceNo}, ${verdict === undefined ? 'no verdict' : verdictMessage(verdict)}`;
    judge([{ face: item, verdict }], what, item);
    announce(
      verdict === undefined
        ? `Face ${item.face.faceNo}, verdict taken back.`
        : `Face ${item.face.faceNo} ${verdictMessage(verdict)}.`,
    );
  };
  const toggleWrong = (item: SheetItem | undefined) => {
    if (item?.kind !== 'found') return;
    mark(item, said(item)?.kind === 'wrong' ? undefined : { kind: 'wrong' });
  };
  const toggleRight = (item: SheetItem | undefined) => {
    if (item?.kind !== 'found') return;
    mark(item, said(item)?.kind === 'right' ? undefined : { kind: 'right' });
  };
  /** Marks what comes into a range and takes back what leaves it, as one step. */
  const extendTo = (key: string) => {
    if (active === undefined) return;
    const from = anchor ?? active;
    const [a, b, to] = [from, active, key].map((each) => page.keys.indexOf(each));
    if (a === undefined || b === undefined || to === undefined) return;
    const { added, left } = rangeChange(a, b, to, anchor === undefined);
    const foundAt = (places: readonly number[]) =>
      places.flatMap((place) => {
        const item = shown[place];
        return item?.kind === 'found' ? [item] : [];
      });
    const rulings: readonly Ruling<FoundItem>[] = [
      ...foundAt(added)
        .filter((item) => said(item)?.kind !== 'wrong')
        .map((face) => ({ face, verdict: { kind: 'wrong' as const } })),
      ...foundAt(left)
        .filter((item) => said(item)?.kind === 'wrong')
        .map((face) => ({ face, verdict: undefined })),
    ];
    const about = rulings[0]?.face;
    if (about !== undefined) {
      const more = rulings.filter(({ verdict }) => verdict !== undefined).length;
      const less = rulings.length - more;
      const what = more > 0 ? `${facesWord(more)} wrong` : `${facesWord(less)}, no verdict`;
      judge(rulings, what, about);
      announce(more > 0 ? `${facesWord(more)} marked wrong.` : `${facesWord(less)}, verdict taken back.`);
    }
    beginPage(page);
    extendToCrop(from, key);
  };
  const moveTo = (key: string) => {
    beginPage(page);
    goToCrop(key);
  };
  const moveBy = (by: number) => {
    const key = page.keys[at + by];
    if (key !== undefined) moveTo(key);
  };
  const open = (item: SheetItem | undefined) => {
    if (item === undefined) return;
    beginPage(page);
    goToCrop(item.key);
    hidePreview();
    goOnChecking('picture');
  };
  const choose = (next: SheetFilter) => {
    filterSheet(next);
    announce(`${filterName(next)}, ${facesWord(counts[next])}`);
  };
  /** What was seen is right; a page that is done closes, and the next one comes. */
  const sayRest = () => {
    const about = rest.right[0];
    if (about === undefined && !isDone) {
      if (rest.notShown > 0) announce(`${rest.notShown} not shown stay open.`);
      return;
    }
    const message = about === undefined ? '' : restMessage(rest);
    if (about !== undefined) {
      const rulings = rest.right.map((face) => ({ face, verdict: { kind: 'right' as const } }));
      judge(rulings, `${facesWord(rest.right.length)} right`, about);
    }
    const step = about === undefined ? undefined : undoStore.getState().done.at(-1);
    if (isPaged(filter)) closePage(page, step, message);
    else sheetStore.setState({ closed: { message, step } });
    if (message !== '') announce(message);
  };
  const isLookedThrough = filter === 'wrong' || filter === 'missed';

  useCheckKeys({
    right: () => toggleRight(current),
    wrong: () => toggleWrong(current),
    number: ({ key }) => {
      const reason = REASONS[Number(key) - 1];
      if (reason !== undefined) mark(current, { kind: 'wrong', reason });
    },
    'rest-right': () => {
      if (!isLookedThrough) sayRest();
    },
    way: () => open(current),
    'next-face': () => moveBy(1),
    'previous-face': () => moveBy(-1),
    'first-face': () => moveBy(-at),
    'last-face': () => moveBy(page.keys.length - 1 - at),
    compare: startComparing,
    help: onHelp,
    out: () => {
      if (preview !== undefined) {
        hidePreview();
        list.current?.focus({ preventScroll: true });
      } else stopChecking();
    },
  });

  const isAnswered = all.every(({ detection }) => detection.state === 'done');
  const previewed = preview !== undefined && page.keys.includes(preview.key) ? preview : undefined;
  return (
    <main ref={area} tabIndex={-1} className="relative flex min-h-0 flex-1 flex-col bg-page outline-none">
      {/* On a phone the page's header, which has the name of the page, is away while one checks. */}
      <h1 className="sr-only hidden phone:block">Contact sheet</h1>
      <SheetChips filter={filter} counts={counts} without={withoutAny(found, counts)} onChoose={choose} />
      {shown.length === 0 ? (
        <Nothing filter={filter} isAnswered={isAnswered} hasFaces={found.length > 0} onReport={onReport} />
      ) : (
        <SheetList
          key={turn}
          items={shown}
          pictures={pictures}
          said={said}
          first={places.first}
          count={places.all}
          active={active}
          side={side}
          list={list}
          onMove={moveTo}
          onExtend={extendTo}
          onMark={(key) => {
            moveTo(key);
            toggleWrong(byKey.get(key));
          }}
          onMarkTo={extendTo}
          onOpen={(key) => open(byKey.get(key))}
          onTouch={() => beginPage(page)}
          previewed={previewed?.key}
          preview={(key, room): ReactNode => {
            const item = byKey.get(key);
            const checked = item === undefined ? undefined : pictures.get(item.picture);
            if (item === undefined || checked === undefined) return null;
            return (
              <CropPreview
                {...room}
                item={item}
                checked={checked}
                verdict={item.kind === 'found' ? said(item) : undefined}
                isHeld={previewed?.isHeld === true}
                onWrong={() => toggleWrong(item)}
                onRight={() => toggleRight(item)}
                onReason={(reason: Reason) => mark(item, { kind: 'wrong', reason })}
                onOpen={() => open(item)}
              />
            );
          }}
        />
      )}
      <div className="relative controls">
        {closed !== undefined && (closed.step === undefined || closed.step === lastStep) && (
          <div className="absolute inset-x-0 top-0">
            <ClosedNote key={turn} message={closed.message} onUndo={() => undoStep(closed.step)} />
          </div>
        )}
        {shown.length > 0 && (
          <SheetEnd
            places={places}
            order={isPaged(filter) ? 'most suspicious first' : undefined}
            wrong={isPaged(filter) ? rest.wrong : 0}
            notShown={rest.notShown}
            main={
              isLookedThrough || (isDone && !isPaged(filter))
                ? undefined
                : {
                    label: label ?? (isDone ? 'Next page' : rest.unseen > 0 ? 'Not seen yet' : 'Not shown yet'),
                    isOff: label === undefined && !isDone,
                    onPress: sayRest,
                  }
            }
          />
        )}
      </div>
    </main>
  );
}

const facesWord = (count: number): string => (count === 1 ? '1 face' : `${count} faces`);

const wishesFor = (
  items: readonly SheetItem[],
  pictures: ReadonlyMap<PictureId, CheckedPicture>,
): readonly CropWish[] =>
  items.flatMap(({ key, picture, size, bound }) => {
    const blob = pictures.get(picture)?.picture.blob;
    return blob === undefined ? [] : [{ key, picture, size, bound, blob }];
  });

/** Reasons that no face here can have: no engine tells scores, or only one was asked. */
const withoutAny = (
  found: readonly FoundItem[],
  counts: Readonly<Record<SheetFilter, number>>,
): readonly SheetFilter[] => {
  const hasScores = found.some(({ face }) => face.score !== undefined);
  const isDoubted = found.some(({ group }) => group === 'engines-disagree');
  return [
    ...(isDoubted || counts['engines-disagree'] > 0 ? [] : (['engines-disagree'] as const)),
    ...(hasScores ? [] : (['low-score'] as const)),
  ];
};

type NothingProps = {
  readonly filter: SheetFilter;
  readonly isAnswered: boolean;
  readonly hasFaces: boolean;
  readonly onReport: () => void;
};

/** What stands where there is no crop. */
function Nothing({ filter, isAnswered, hasFaces, onReport }: NothingProps) {
  const isAllChecked = filter === 'to-check' && isAnswered && hasFaces;
  return (
    <div className="grid min-h-0 flex-1 place-items-center p-6 text-center">
      {isAllChecked ? (
        <div role="status" className="flex flex-col items-center gap-4">
          <p className="text-base font-semibold">Nothing left to check.</p>
          <Button look="primary" className="min-h-11 rounded-lg px-4 text-sm font-semibold" onClick={onReport}>
            Open the report
          </Button>
        </div>
      ) : (
        <p role="status" className="text-ink-soft">
          {!isAnswered && filter !== 'wrong' && filter !== 'missed' ? 'Looking for faces…' : 'No faces here.'}
        </p>
      )}
    </div>
  );
}
