import { openChannel } from './browser-storage.ts';

/**
 * What tabs of this page tell each other. They tell that something changed, never what: each reads it itself.
 *
 * - `changed`: remembered pictures or answers; `wiped`: a person had everything forgotten; `generations`: paid requests;
 *   `uploads`: what lies at Kling; `checks`: verdicts; `truths`: what answers are compared with.
 */
const NEWS = ['changed', 'wiped', 'generations', 'uploads', 'checks', 'truths'] as const;
export type TabNews = (typeof NEWS)[number];

/** A name that tabs of earlier versions listen to as well: they hear `changed` and `wiped`, and ignore other words. */
const channel = openChannel('facebound.memory');

/** False when this browser lets no tab hear of another. */
export const otherTabsHear = channel.isShared;

export const tellOtherTabs = (what: TabNews): void => channel.post(what);

/** Runs when another tab tells something, until the returned function is called. */
export const onOtherTab = (run: (what: TabNews) => void): (() => void) =>
  channel.onMessage((message) => {
    const news = NEWS.find((known) => known === message);
    if (news !== undefined) run(news);
  });
