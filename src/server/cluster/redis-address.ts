import { errorText } from '#shared/error-text.ts';

/*
 * Addresses of Redis, without the client: the log cuts their passwords out before anything of a cluster is loaded.
 */

/** Shown in the place of what is secret. */
const MASK = '…';

/** An address of Redis as logs and errors may show it: without its password. */
export function maskedRedisUrl(url: string): string {
  if (!URL.canParse(url)) return MASK;
  const shown = new URL(url);
  if (shown.password !== '') shown.password = MASK;
  return shown.href.replace(encodeURIComponent(MASK), MASK);
}

/** What a failure of Redis says, without the password of its address in whatever form. */
export function redisErrorText(error: unknown, url: string): string {
  return redisSecrets(url).reduce((text, secret) => text.replaceAll(secret, MASK), errorText(error));
}

/** What of an address of Redis is a secret, as it stands there and as it is sent: for the log to cut out. */
export function redisSecrets(url: string): readonly string[] {
  if (!URL.canParse(url)) return [];
  const { password } = new URL(url);
  return password === '' ? [] : [...new Set([password, decoded(password)])];
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
