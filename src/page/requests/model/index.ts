/** What the pure code of the rooms beside this one may use of `requests`. */
export {
  type JsonObject,
  javaScriptLiteral,
  pythonLiteral,
  requestSnippet,
  type ShownRequest,
  TOKEN_PLACEHOLDER,
} from './request-snippets.ts';
