import { once } from '#shared/once.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const relative = once(() => new Intl.RelativeTimeFormat('en', { numeric: 'auto' }));
const date = once(() => new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' }));

/** How long ago, in words: "just now", "5 minutes ago", "yesterday"; the date after a week. Milliseconds since 1970. */
export function timeAgo(at: number, now: number): string {
  const passed = now - at;
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return relative().format(-Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return relative().format(-Math.floor(passed / HOUR), 'hour');
  if (passed < 7 * DAY) return relative().format(-Math.floor(passed / DAY), 'day');
  return date().format(at);
}
