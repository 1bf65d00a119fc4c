/** What is being dragged, as far as browsers tell before it is dropped: kinds and types, never names or content. */
export type DragContent =
  | { readonly kind: 'files'; readonly pictures: number; readonly others: number; readonly unknown: number }
  | { readonly kind: 'address' };

type DragData = {
  readonly types: readonly string[];
  readonly items: Iterable<{ readonly kind: string; readonly type: string }>;
};

/** Nothing when what is dragged can hold no picture. A piece of text may be an address: that shows when it is dropped. */
export function dragContent({ types, items }: DragData): DragContent | undefined {
  const files = [...items].filter((item) => item.kind === 'file');
  if (types.includes('Files') || files.length > 0) {
    // A folder and a HEIC file both come without a type, so "unknown" may well be pictures.
    const pictures = files.filter(({ type }) => type.startsWith('image/') && type !== 'image/svg+xml').length;
    const unknown = files.filter(({ type }) => type === '').length;
    return { kind: 'files', pictures, unknown, others: files.length - pictures - unknown };
  }
  return ADDRESS_TYPES.some((type) => types.includes(type)) ? { kind: 'address' } : undefined;
}

/** Kinds of text in which an address may come. */
const ADDRESS_TYPES = ['text/uri-list', 'text/html', 'text/plain'];

export type DropMessage = { readonly title: string; readonly detail: string; readonly welcome: boolean };

/**
 * What dropping it here will do, in words. `welcome` is false when nothing of it can be used; `goesToKling` is true when
 * pictures are sent to the live service as they come in.
 */
export function dropMessage(content: DragContent, goesToKling: boolean): DropMessage {
  if (content.kind === 'address') {
    if (goesToKling) {
      return {
        title: 'Drop to send this link to Kling',
        detail: 'Kling is chosen: it gets the address of the picture.',
        welcome: true,
      };
    }
    return { title: 'Drop to load this picture', detail: 'It is loaded by its address.', welcome: true };
  }
  const { pictures, others, unknown } = content;
  const total = pictures + others + unknown;
  if (total > 0 && others === total) {
    return {
      title: total === 1 ? 'This is not a picture' : 'These are not pictures',
      detail: 'JPEG, PNG, WebP, HEIC and other pictures, or folders of them, can be dropped here.',
      welcome: false,
    };
  }
  const left =
    others === 1
      ? 'One file is not a picture and will be left out.'
      : `${others} files are not pictures and will be left out.`;
  if (goesToKling) {
    const sent = 'Kling is chosen: pictures are turned upright, freed of metadata and sent.';
    return { title: titleToKling(pictures, unknown), detail: others > 0 ? `${sent} ${left}` : sent, welcome: true };
  }
  return {
    title: titleFor(pictures, unknown),
    detail: others > 0 ? left : 'Turned upright and freed of metadata before anything is sent.',
    welcome: true,
  };
}

function titleToKling(pictures: number, unknown: number): string {
  if (pictures === 1 && unknown === 0) return 'Drop to send this picture to Kling';
  return pictures > 1 && unknown === 0
    ? `Drop to send ${pictures} pictures to Kling`
    : 'Drop to send the pictures to Kling';
}

function titleFor(pictures: number, unknown: number): string {
  if (pictures + unknown === 1) return pictures === 1 ? 'Drop to find the faces' : 'Drop to look for pictures';
  if (pictures > 0 && unknown === 0) return `Drop ${pictures} pictures to find their faces`;
  return unknown > 0 ? `Drop ${pictures + unknown} files and folders to find their faces` : 'Drop to find the faces';
}
