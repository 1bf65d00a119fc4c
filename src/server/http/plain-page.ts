import { parseAccept } from 'hono/utils/accept';
import { type Problem, problemResponse } from '#api/problem.ts';
import type { ServerContext } from './env.ts';
import { newNonce } from './security-headers.ts';

/** What a person reads who opened an address of ours in the browser: plain text, never anything of the request. */
export type PlainPage = { readonly title: string; readonly sentence: string };

const STYLE = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { min-height: 100vh; margin: 0; display: grid; place-content: center; text-align: center; }
main { max-width: 28rem; padding: 1.5rem; }
h1 { font-size: 1.25rem; margin: 0; }`;

/** True when a browser shows the answer to a person: only then is a web page asked for by name. */
function wantsPage(c: ServerContext): boolean {
  const accept = c.req.header('accept');
  return (
    (c.req.method === 'GET' || c.req.method === 'HEAD') &&
    accept !== undefined &&
    parseAccept(accept).some(({ type, q }) => type.toLowerCase() === 'text/html' && q > 0)
  );
}

/** A refusal in the form that its reader understands: a small page for a person, the error form for everything else. */
export function readableProblem(c: ServerContext, problem: Problem, page: PlainPage): Response {
  if (!wantsPage(c)) return problemResponse(problem);
  const nonce = newNonce();
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${page.title} · Facebound</title>
    <style nonce="${nonce}">${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>${page.title}</h1>
      <p>${page.sentence}</p>
      <p><a href="/">Open Facebound</a></p>
    </main>
  </body>
</html>
`;
  return new Response(html, {
    status: problem.status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      // Not the one for data: its sandbox would make the link a stranger's.
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      ...problem.headers,
    },
  });
}
