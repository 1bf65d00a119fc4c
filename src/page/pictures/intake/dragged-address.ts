/**
 * The address of a picture that is dragged from another page. The page's HTML is asked first: for a picture inside a
 * link, `text/uri-list` names the page behind the link, and only the HTML names the picture.
 */
export function draggedAddress(data: Pick<DataTransfer, 'getData'>): string | undefined {
  return imageInHtml(data.getData('text/html')) ?? firstAddress(data.getData('text/uri-list'));
}

/** Parsed, not run: a document made this way loads nothing and executes nothing. */
function imageInHtml(html: string): string | undefined {
  if (html === '') return undefined;
  const image = new DOMParser().parseFromString(html, 'text/html').querySelector('img[src]');
  const source = image?.getAttribute('src') ?? '';
  return /^(?:https?:|data:image\/)/i.test(source) ? source : undefined;
}

/** RFC 2483: one address a line, comments begin with `#`. */
const firstAddress = (list: string): string | undefined =>
  list.split(/\r?\n/).find((line) => line !== '' && !line.startsWith('#'));
