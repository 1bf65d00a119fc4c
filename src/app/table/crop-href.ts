import { appPaths } from '#contract/routes.ts';

/**
 * Address under which the page may load a crop: our own files as they are, everything else through the relay, because
 * the Content-Security-Policy lets pictures come from this origin only.
 */
export function cropHref(url: string): string {
  return new URL(url).origin === location.origin ? url : `${appPaths.image}?${new URLSearchParams({ url })}`;
}
