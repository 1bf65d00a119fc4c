const TEXT_INPUTS = /^(?:text|search|url|email|tel|password|number)$/;

/** True when text that is pasted or dropped there belongs to the field, not to the page. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && TEXT_INPUTS.test(target.type);
}
