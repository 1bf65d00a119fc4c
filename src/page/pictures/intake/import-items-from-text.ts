import { type LinkProblem, parseLinks } from '../model/links.ts';
import { fileFromDataUrl } from './data-url.ts';
import type { FileVia, ImportItem } from './import-item.ts';

/** What a text of addresses brings in, and which parts of it are no addresses. */
export function importItemsFromText(
  text: string,
  via: FileVia,
): { readonly items: readonly ImportItem[]; readonly problems: readonly LinkProblem[] } {
  const { links, dataUrls, problems } = parseLinks(text);
  const files = dataUrls.map((dataUrl) => ({ dataUrl, file: fileFromDataUrl(dataUrl, 'Picture from a page') }));
  return {
    items: [
      ...links.map((link): ImportItem => ({ kind: 'link', ...link })),
      ...files.flatMap(({ file }): ImportItem[] =>
        file === undefined ? [] : [{ kind: 'file', file, via, name: file.name }],
      ),
    ],
    problems: [
      ...problems,
      ...files
        .filter(({ file }) => file === undefined)
        .map(
          ({ dataUrl }): LinkProblem => ({
            text: `${dataUrl.slice(0, 24)}…`,
            whole: dataUrl,
            code: 'not-an-address',
            suggestion: undefined,
          }),
        ),
    ],
  };
}
