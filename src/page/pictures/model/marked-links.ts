/**
 * Takes addresses out of what people copy around them: `<img>` and links of a page, BBCode of a forum, Markdown. Loops
 * instead of patterns, because texts come from anywhere and may be long.
 */

/** Stand around an address that was taken out of markup, so that the words beside it are known for words. */
const [BEGIN, END] = ['\u0001', '\u0002'];

/** The text with each address in markup on a line of its own; a picture's address wins over that of a link around it. */
export function withoutMarkup(text: string): string {
  const clean = text.replaceAll(BEGIN, ' ').replaceAll(END, ' ');
  const marked = markMarkdown(markBbcode(markHtml(clean)));
  if (!marked.includes(BEGIN)) return clean;
  return marked.split('\n').flatMap(addressesOfLine).join('\n');
}

/** Beside an address in markup only what is an address itself counts; a line without any stays as it is. */
function addressesOfLine(line: string): readonly string[] {
  if (!line.includes(BEGIN)) return [line];
  const [before = '', ...rest] = line.split(BEGIN);
  const parts = rest.flatMap((part) => {
    const [address = '', behind = ''] = part.split(END);
    return [address, ...(isAddress(behind) ? [behind] : [])];
  });
  return isAddress(before) ? [before, ...parts] : parts;
}

const isAddress = (text: string): boolean => text.includes('://') || text.includes('data:image/');

const mark = (address: string): string => `${BEGIN}${address.trim()}${END}`;

type Piece = { readonly kind: 'text' | 'picture' | 'link'; readonly text: string };

/** Pictures where there are any, else links; and the text that is an address by itself. */
function joinPieces(pieces: readonly Piece[], keepsWords: boolean): string {
  const wanted = pieces.some(({ kind }) => kind === 'picture') ? 'picture' : 'link';
  return pieces
    .map(({ kind, text }) =>
      kind === wanted ? mark(text) : kind !== 'text' ? ' ' : keepsWords || isAddress(text) ? text : ' ',
    )
    .join(keepsWords ? '' : '\n');
}

/** Tags of HTML. `<https://…>`, which is Markdown, is none: a tag's name is followed by a space or its end. */
function markHtml(text: string): string {
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const name = /^<\/?([a-z][a-z\d]*)(?=[\s/>])/i.exec(text.slice(at, at + 20))?.[1]?.toLowerCase();
    if (name === undefined) continue;
    const end = endOfTag(text, at);
    if (end < 0) break;
    pieces.push({ kind: 'text', text: text.slice(from, at) });
    const address = webAddress(attribute(text.slice(at, end), name === 'a' ? 'href' : 'src'));
    if (address !== undefined && name === 'img') pieces.push({ kind: 'picture', text: address });
    if (address !== undefined && name === 'a') pieces.push({ kind: 'link', text: address });
    from = end;
    at = end - 1;
  }
  if (pieces.every(({ kind }) => kind === 'text')) return text;
  return joinPieces([...pieces, { kind: 'text', text: text.slice(from) }], false);
}

/** Place behind the `>` that ends a tag, which may stand in quotes before; -1 when the tag does not end. */
function endOfTag(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '>') return at + 1;
  }
  return -1;
}

/** An attribute's value, with or without quotes. */
function attribute(tag: string, name: string): string | undefined {
  const lower = tag.toLowerCase();
  for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
    const rest = tag.slice(at + name.length).trimStart();
    // `data-src` ends with the same letters.
    if (!/\s/.test(tag.charAt(at - 1)) || !rest.startsWith('=')) continue;
    const value = rest.slice(1).trimStart();
    const quote = value.charAt(0);
    if (quote === '"' || quote === "'") return value.slice(1, value.indexOf(quote, 1));
    return value.split(/[\s>]/, 1)[0];
  }
  return undefined;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&#38;': '&',
  '&#x26;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&lt;': '<',
  '&gt;': '>',
};

/** An address as a page writes it; nothing where it is of a kind that only means something inside that page. */
function webAddress(value: string | undefined): string | undefined {
  const plain = value
    ?.trim()
    .replaceAll(/&(?:amp|quot|lt|gt|#38|#39|#x26);/gi, (entity) => ENTITIES[entity.toLowerCase()] ?? entity);
  if (plain?.startsWith('//') === true) return `https:${plain}`;
  return plain !== undefined && /^(?:https?:\/\/|data:image\/)/i.test(plain) ? plain : undefined;
}

/** `[img]…[/img]`, with sizes too, and `[url=…]…[/url]`, `[url]…[/url]`. */
function markBbcode(text: string): string {
  const lower = text.toLowerCase();
  const pieces: Piece[] = [];
  let from = 0;
  const take = (piece: Piece, at: number, end: number): void => {
    pieces.push({ kind: 'text', text: text.slice(from, at) }, piece);
    from = end;
  };
  for (let at = lower.indexOf('['); at >= 0; at = lower.indexOf('[', Math.max(from, at + 1))) {
    const tag = /^\[(img|url)(?=[\]= ])|^\[\/url\]/.exec(lower.slice(at, at + 8));
    if (tag === null) continue;
    const close = lower.indexOf(']', at);
    if (close < 0) break;
    if (tag[1] === undefined) take({ kind: 'text', text: ' ' }, at, close + 1);
    else if (tag[1] === 'url' && lower.charAt(at + 4) === '=') {
      take({ kind: 'link', text: unquoted(text.slice(at + 5, close)) }, at, close + 1);
    } else {
      const end = lower.indexOf(`[/${tag[1]}]`, close);
      if (end < 0) break;
      // A thumbnail in a link: the picture is inside.
      if (tag[1] === 'url' && lower.slice(close, end).includes('[img'))
        take({ kind: 'text', text: ' ' }, at, close + 1);
      else take({ kind: tag[1] === 'img' ? 'picture' : 'link', text: text.slice(close + 1, end) }, at, end + 6);
    }
  }
  if (pieces.every(({ kind }) => kind === 'text')) return text;
  return joinPieces([...pieces, { kind: 'text', text: text.slice(from) }], true);
}

const unquoted = (text: string): string => (/^["']/.test(text) ? text.slice(1, -1) : text);

/** `![words](address "title")` and `[words](address)`, with brackets in both as long as they come in pairs. */
function markMarkdown(text: string): string {
  const pieces: Piece[] = [];
  /** Where a label began, and whether it is a picture's; those inside others come last. */
  const open: { readonly at: number; readonly isPicture: boolean }[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '\n') open.length = 0;
    if (letter === '[') {
      const isPicture = text.charAt(at - 1) === '!';
      open.push({ at: isPicture ? at - 1 : at, isPicture });
    }
    if (letter !== ']') continue;
    const label = open.pop();
    const target = label === undefined || text.charAt(at + 1) !== '(' ? undefined : readTarget(text, at + 2);
    if (label === undefined || target === undefined) continue;
    // Of a link around a picture the beginning is behind us already.
    pieces.push({ kind: 'text', text: text.slice(from, Math.max(from, label.at)) });
    pieces.push({ kind: label.isPicture ? 'picture' : 'link', text: target.address });
    from = target.end;
    at = target.end - 1;
  }
  if (pieces.every(({ kind }) => kind === 'text')) return text;
  return joinPieces([...pieces, { kind: 'text', text: text.slice(from) }], true);
}

/** Longest address with its title, in characters: each begins a search of its own. */
const LONGEST_TARGET = 4096;

/** The address in the round brackets of a link, and the place behind them. */
function readTarget(text: string, from: number): { readonly address: string; readonly end: number } | undefined {
  let depth = 0;
  let addressEnd: number | undefined;
  for (let at = from; at < Math.min(text.length, from + LONGEST_TARGET); at += 1) {
    const letter = text.charAt(at);
    if (letter === '\n') return undefined;
    if (letter === '(') depth += 1;
    // In angle brackets an address may hold spaces.
    if (letter === ' ' && at > from && text.charAt(from) !== '<') addressEnd ??= at;
    if (letter !== ')') continue;
    if (depth === 0) {
      const address = text.slice(from, addressEnd ?? at).trim();
      const bare = address.startsWith('<') ? (address.slice(1).split('>', 1)[0] ?? '') : address;
      return isAddress(bare) ? { address: bare, end: at + 1 } : undefined;
    }
    depth -= 1;
  }
  return undefined;
}
