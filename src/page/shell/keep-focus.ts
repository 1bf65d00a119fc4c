import { useEffect } from 'react';

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [tabindex="0"]';
/** What a person was at in a list: the open picture among pictures, the faces among what belongs to them. */
const PREFERRED = '[aria-current="true"], [role="listbox"]';
/** Comes over the page and goes again; what had the focus before gets it back. */
const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"], dialog';

/**
 * Keeps the keyboard's place when the control that has the focus goes away by what it did (a removed picture, a
 * dismissed notice, a cancelled upload): the nearest area that is still there takes it, instead of the page's top, and
 * after a dialog what had it before. Those that give the focus back themselves are waited for.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let path: readonly Element[] = [];
    let beneath: HTMLElement | undefined;
    let frame = 0;
    const onFocus = ({ target }: FocusEvent) => {
      path = target instanceof Element ? ancestorsOf(target) : [];
      if (target instanceof HTMLElement && target.closest(OVERLAY) === null) beneath = target;
    };
    const isLost = () =>
      path[0] !== undefined && !path[0].isConnected && (document.activeElement ?? document.body) === document.body;
    const observer = new MutationObserver(() => {
      if (!isLost()) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => {
          if (!isLost()) return;
          const wasOverlay = path.some((element) => element.matches(OVERLAY));
          const place = wasOverlay ? placeBeneath(beneath, path) : placeNear(path);
          place?.focus({ preventScroll: true });
        });
      });
    });
    document.addEventListener('focusin', onFocus);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      document.removeEventListener('focusin', onFocus);
    };
  }, []);
}

function ancestorsOf(element: Element): readonly Element[] {
  const path: Element[] = [];
  for (let each: Element | null = element; each !== null; each = each.parentElement) path.push(each);
  return path;
}

/** What had the focus before something came over the page; the faces when nothing had it, where every key works. */
const placeBeneath = (beneath: HTMLElement | undefined, path: readonly Element[]): HTMLElement | undefined =>
  beneath?.isConnected && beneath.checkVisibility()
    ? beneath
    : (firstSeen(document.body, '[role="listbox"]') ?? placeNear(path));

/** The control to go on with in the nearest ancestor that is left; where that is the whole page, in its main part. */
function placeNear(path: readonly Element[]): HTMLElement | undefined {
  for (const ancestor of path) {
    if (!ancestor.isConnected) continue;
    const area = ancestor.querySelector('main') ?? ancestor;
    const place = firstSeen(area, PREFERRED) ?? firstSeen(area, FOCUSABLE);
    if (place !== undefined) return place;
  }
  return undefined;
}

const firstSeen = (area: Element, selector: string): HTMLElement | undefined =>
  [...area.querySelectorAll<HTMLElement>(selector)].find((element) => element.checkVisibility());
