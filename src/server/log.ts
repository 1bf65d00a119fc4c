/** Levels from talkative to quiet; `silent` writes nothing. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;
export type Logger = Readonly<Record<Exclude<LogLevel, 'silent'>, (message: string, fields?: LogFields) => void>>;

/**
 * A logger that writes one JSON object a line. Known secrets are cut out of every line, whatever field they got into;
 * fields are named one by one by those who log, so headers and bodies never get in.
 */
export function createLogger(options: {
  readonly level: LogLevel;
  readonly write: (line: string) => void;
  readonly secrets?: readonly (string | undefined)[];
}): Logger {
  const secrets = (options.secrets ?? []).filter((secret) => secret !== undefined && secret !== '');
  const threshold = LOG_LEVELS.indexOf(options.level);
  const redact = (text: string) =>
    secrets.reduce<string>(
      (clean, secret) => clean.replaceAll(JSON.stringify(secret).slice(1, -1), '[redacted]'),
      text,
    );
  const at =
    (level: Exclude<LogLevel, 'silent'>) =>
    (message: string, fields: LogFields = {}) => {
      if (LOG_LEVELS.indexOf(level) < threshold) return;
      options.write(`${redact(JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }))}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/**
 * A request's path for the log: the value of `url=` (a linked picture's address) and of `email=` is dropped, an email
 * in the path too, and of a file's unguessable name only the beginning is kept. `decodedPath` is the one that the router
 * goes by, so that a path with needless escapes hides nothing from this.
 */
export function loggablePath(decodedPath: string, url: string): string {
  const { searchParams } = new URL(url);
  const path = decodedPath.replace(/^(\/files\/.{8}).*$/s, '$1…').replace(/(\/accounts\/).+/s, '$1…');
  const query = [...searchParams.keys()]
    .map((key) => (key === 'url' || key === 'email' ? `${key}=…` : `${key}=${searchParams.get(key) ?? ''}`))
    .join('&');
  return (query === '' ? path : `${path}?${query}`).slice(0, 300);
}
