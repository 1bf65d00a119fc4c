/** What the rooms beside this one may use of `requests`. */
export { foldableLines, jsonLines, searchLines } from './json/json-lines.ts';
export { JsonTree } from './json/json-tree.tsx';
export { RequestSnippets, type ShownCall } from './request-snippets.tsx';
