/** Which keys a focused control needs for itself, so that shortcuts stay out of its way. */

const WRITES_TEXT = /^(text|search|url|email|tel|password|number|date|month|week|time|datetime-local)$/;
const ARROWS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);
const SCROLLS = new Set([...ARROWS, 'Home', 'End', 'PageUp', 'PageDown', ' ']);
const PRESSES = new Set(['Enter', ' ']);

/** True when `key` (a `KeyboardEvent.key`) means something to the element that has the focus, or to what holds it. */
export function usesKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], dialog') !== null) return true;
  if (target.isContentEditable || target.matches('textarea, select, [role="textbox"], [role="combobox"]')) return true;
  if (target instanceof HTMLInputElement) return inputUsesKey(target.type, key);
  if (target.matches('button, summary, a[href], [role="button"], [role="option"] a')) return PRESSES.has(key);
  if (target.matches('[role="slider"], [role="spinbutton"], [role="radio"], [role="tab"], [role="separator"]')) {
    return SCROLLS.has(key);
  }
  return SCROLLS.has(key) && scrolls(target);
}

function inputUsesKey(type: string, key: string): boolean {
  if (WRITES_TEXT.test(type)) return true;
  if (type === 'range' || type === 'radio') return SCROLLS.has(key);
  return PRESSES.has(key);
}

/** True for a scrolling area that has more to show; the page itself does not count. */
const scrolls = (element: HTMLElement): boolean =>
  element !== document.body &&
  /auto|scroll/.test(getComputedStyle(element).overflow) &&
  (element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth);
