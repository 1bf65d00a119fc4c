/** An element of an XML text: its children that are elements, and all text in it put together. */
export type XmlElement = { readonly name: string; readonly children: readonly XmlElement[]; readonly text: string };

/** Deeper, or more of them, is no annotation. */
const DEEPEST = 32;
const MOST_ELEMENTS = 1_000_000;

type Open = { name: string; children: XmlElement[]; text: string };

/**
 * The root of an XML text, without attributes, namespaces and whatever a DTD would define: entities beyond XML's own
 * five stay as they are written. Undefined when its tags do not fit each other. One pass; never throws.
 */
export function readXml(text: string): XmlElement | undefined {
  const root: Open = { name: '', children: [], text: '' };
  const open: Open[] = [root];
  let elements = 0;
  let at = 0;
  for (;;) {
    const here = open.at(-1);
    if (here === undefined) return undefined;
    const tag = text.indexOf('<', at);
    here.text += decoded(text.slice(at, tag === -1 ? text.length : tag));
    if (tag === -1) break;
    const skipped = skip(text, tag);
    if (skipped !== undefined) {
      if (skipped.end === -1) return undefined;
      here.text += skipped.text;
      at = skipped.end;
      continue;
    }
    const end = text.indexOf('>', tag);
    if (end === -1) return undefined;
    const inner = text.slice(tag + 1, end);
    at = end + 1;
    if (inner.startsWith('/')) {
      if (open.length < 2 || inner.slice(1).trim() !== here.name) return undefined;
      open.pop();
      open.at(-1)?.children.push(here);
      continue;
    }
    const isEmpty = inner.endsWith('/');
    const name = (isEmpty ? inner.slice(0, -1) : inner).split(/\s/, 1)[0] ?? '';
    elements += 1;
    if (name === '' || elements > MOST_ELEMENTS || open.length > DEEPEST) return undefined;
    if (isEmpty) here.children.push({ name, children: [], text: '' });
    else open.push({ name, children: [], text: '' });
  }
  return open.length === 1 ? root.children[0] : undefined;
}

/** What is no tag: a declaration, a comment, text that is written as it is. */
function skip(text: string, tag: number): { readonly end: number; readonly text: string } | undefined {
  const upTo = (closing: string, from: number) => {
    const found = text.indexOf(closing, from);
    return found === -1 ? -1 : found + closing.length;
  };
  if (text.startsWith('<![CDATA[', tag)) {
    const end = upTo(']]>', tag + 9);
    return { end, text: end === -1 ? '' : text.slice(tag + 9, end - 3) };
  }
  if (text.startsWith('<!--', tag)) return { end: upTo('-->', tag + 4), text: '' };
  if (text.startsWith('<?', tag)) return { end: upTo('?>', tag + 2), text: '' };
  if (text.startsWith('<!', tag)) return { end: upTo('>', tag + 2), text: '' };
  return undefined;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

const decoded = (text: string): string =>
  text.replace(/&(#?[0-9A-Za-z]{1,8});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES.get(name) ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
