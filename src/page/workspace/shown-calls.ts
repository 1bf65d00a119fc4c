import type { AppConfig } from '#contract/app-config.ts';
import { DETAILS_PARAMETER } from '#contract/recognize-faces.ts';
import { contractPaths, engineBase } from '#contract/routes.ts';
import { askedDetails } from '#page/pictures/model/face-details.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import type { ShownCall } from '#page/requests/request-snippets.tsx';
import type { EngineSession } from '#page/session/engine-session.ts';

/**
 * The calls behind a picture as anybody can repeat them: at the live service for Kling, at this server for the
 * embedded engine. They hold no token.
 */
export function shownCalls(
  config: AppConfig,
  session: EngineSession,
  picture: Picture,
  imageReference: string | undefined,
): readonly ShownCall[] {
  // Read from a file: whatever was called then, it was not this.
  if (picture.origin.kind === 'replay' && picture.origin.saved.exchange.readFrom !== undefined) return [];
  const base = session.engine === 'kling' ? config.klingBaseUrl : location.origin + engineBase('embedded');
  const email = session.email === undefined ? {} : { email: session.email };
  const calls: ShownCall[] = [];
  const source = picture.origin.kind === 'replay' ? picture.origin.saved.source : picture.origin;
  if (source.kind === 'file') {
    const url = new URL(base + contractPaths.assets);
    if (session.email !== undefined) url.searchParams.set('email', session.email);
    calls.push({
      label: 'Upload',
      request: { method: 'POST', url, body: { kind: 'file', fileName: picture.name, contentType: picture.blob.type } },
    });
  }
  if (imageReference !== undefined) {
    const url = new URL(base + contractPaths.recognizeFaces);
    const details = askedDetails(session.engine);
    // Written as it is sent: an escaped comma would say the same and read worse.
    if (details !== '') url.search = `?${DETAILS_PARAMETER}=${details}`;
    calls.push({
      label: 'Detect faces',
      request: {
        method: 'POST',
        url,
        body: { kind: 'json', value: { ...email, imageReference } },
      },
    });
  }
  return calls;
}
