/**
 * The text without the letters (UTF-16 units) at its end that `goes` names. One step a letter: a pattern such as `/x+$/`
 * tries from every x in the text, which takes minutes where there are 100,000.
 */
export function trimEndWhile(text: string, goes: (letter: string) => boolean): string {
  let end = text.length;
  while (end > 0 && goes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** A file's name without its last ending; a name without one, or a dot file's, is cut at its dot all the same. */
export function withoutLastEnding(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}
