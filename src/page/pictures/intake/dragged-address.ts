import { importItemsFromText } from './import-items-from-text.ts';

/**
 * The address of a picture that is dragged from another page, or the text that was dragged. The page's HTML is asked
 * first: for a picture inside a link, `text/uri-list` names the page behind the link, and only the HTML names the
 * picture. A placeholder that stands there until the picture is loaded is not what the person sees: then the HTML's
 * other attributes and `text/uri-list` count, the page behind a link last.
 */
export function draggedAddress(data: Pick<DataTransfer, 'getData'>): string | undefined {
  const listed = firstAddress(data.getData('text/uri-list'));
  const { source, behind, lazy } = imageInHtml(data.getData('text/html'));
  if (source !== undefined && !isPlaceholder(source)) return source;
  const isPage = listed !== undefined && listed === behind;
  const listedPicture = isPage || listed === undefined || isPlaceholder(listed) ? undefined : listed;
  return listedPicture ?? lazy ?? source ?? listed ?? asText(data.getData('text/plain'));
}

/**
 * Longest `data:` address that is taken for a placeholder, in letters: grey dots and blurred copies have some hundred
 * to two thousand, a picture with a face to be found has more.
 */
const LONGEST_PLACEHOLDER = 4096;

const isPlaceholder = (source: string): boolean => /^data:/i.test(source) && source.length <= LONGEST_PLACEHOLDER;

type DraggedImage = {
  /** Where the picture is, or is written out. */
  readonly source: string | undefined;
  /** The page behind the link that it lies in. */
  readonly behind: string | undefined;
  /** Where its page will load it from later. */
  readonly lazy: string | undefined;
};

/** Attributes in which pages keep the address until the picture comes into view. */
const LAZY_ATTRIBUTES = ['data-src', 'data-original', 'data-lazy-src'];

/** Parsed, not run: a document made this way loads nothing and executes nothing. */
function imageInHtml(html: string): DraggedImage {
  const parsed = html === '' ? undefined : new DOMParser().parseFromString(html, 'text/html');
  const image = parsed?.querySelector('img[src]');
  const source = image?.getAttribute('src')?.trim() ?? '';
  const later = [...LAZY_ATTRIBUTES.map((name) => image?.getAttribute(name)), firstOf(image?.getAttribute('srcset'))];
  return {
    source: /^(?:https?:|data:image\/)/i.test(source) ? source : undefined,
    behind: image?.closest('a[href]')?.getAttribute('href') ?? undefined,
    lazy: later.find((address) => address?.startsWith('https://') || address?.startsWith('http://')) ?? undefined,
  };
}

/** The first address of a `srcset`. */
const firstOf = (sources: string | null | undefined): string | undefined => sources?.trim().split(/\s/, 1)[0];

/** RFC 2483: one address a line, comments begin with `#`. */
const firstAddress = (list: string): string | undefined =>
  list.split(/\r?\n/).find((line) => line !== '' && !line.startsWith('#'));

/** Text with an address in it, as from a message or an address bar. */
const asText = (text: string): string | undefined =>
  importItemsFromText(text, 'drop').items.length > 0 ? text : undefined;
