import { appPaths } from '#contract/routes.ts';
import type { Picture } from './work-store.ts';

/**
 * Address under which the page may load a crop: our own files as they are, everything else through the relay, because
 * the Content-Security-Policy lets pictures come from this origin only.
 */
export function cropHref(url: string): string {
  return new URL(url).origin === location.origin ? url : `${appPaths.image}?${new URLSearchParams({ url })}`;
}

/** The same for the crops of one picture: those of a saved result came with it, and nothing is fetched for them. */
export const cropHrefOf = ({ origin }: Picture): ((url: string) => string) =>
  origin.kind === 'replay' ? (url) => origin.saved.crops.get(url)?.url ?? NO_PICTURE : cropHref;

/** Fails to load without a call, so that our own crop stands in. */
const NO_PICTURE = 'data:,';
