import path from 'node:path';
import { z } from 'zod';
import { MIB } from '#contract/limits.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { trimEndWhile } from '#shared/trim.ts';
import { isLoopbackHost } from './auth/own-origins.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';
import type { FiguresAddress } from './metrics/start-figures.ts';

/** A host that links may use although its address is private; without a port, any port of it. */
export type LinkHost = { readonly hostname: string; readonly port: string | undefined };

/** Everything that the environment decides, parsed once at start. */
export type ServerConfig = {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly useapiToken: string | undefined;
  /** Without a trailing slash. */
  readonly useapiBaseUrl: string;
  readonly accessKey: string | undefined;
  readonly embeddedToken: string | undefined;
  /** Whether a server with an access key sends calls with a stranger's bearer on to the live service. */
  readonly relayBearers: boolean;
  readonly dataDir: string;
  readonly dataMaxBytes: number;
  /** Public origins behind a reverse proxy; empty when the server is called directly. */
  readonly origins: readonly string[];
  readonly linkHosts: readonly LinkHost[];
  readonly logLevel: LogLevel;
  /** How long a server that is told to stop still answers new calls, with 503, in milliseconds. */
  readonly drainMs: number;
  /** True when only this machine can reach the server. */
  readonly loopbackOnly: boolean;
  /** Where figures are served, on a listener of their own; undefined where nobody counts. Port 0 lets the system choose. */
  readonly metrics: FiguresAddress | undefined;
};

const DEFAULT_USEAPI_BASE_URL = 'https://api.useapi.net/v1/kling';
/** Shortest access key, in characters: what cannot be guessed over a network. */
const MIN_ACCESS_KEY_LENGTH = 20;
/** Seconds that balancers need to notice that a server is about to stop; on this machine alone nobody has to. */
const DEFAULT_DRAIN_S = 5;

const METRICS_MESSAGE = 'must be host:port, such as 127.0.0.1:9464';

/** Text that can travel in a header: visible ASCII. */
const headerText = (message: string) => z.string().regex(/^[\x21-\x7e]+$/, message);

const wholeNumber = (message: string, min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);

const separated = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** An origin as browsers write it, or undefined when the text is something else. */
function parseOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const onlyOrigin = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return /^https?:$/.test(url.protocol) && onlyOrigin ? url.origin : undefined;
}

function parseLinkHost(text: string): LinkHost | undefined {
  const [, host, port] = /^(\[[0-9a-fA-F:.]+\]|[^:/@?#\s[]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (host === undefined || !URL.canParse(`http://${host}/`)) return undefined;
  return { hostname: new URL(`http://${host}/`).hostname, port };
}

/** A host is always typed: a port alone would have to mean this machine to some, and all of its addresses to others. */
function parseFiguresAddress(text: string): FiguresAddress | undefined {
  const [, host, port] = /^(\[[0-9a-fA-F:.]+\]|[0-9A-Za-z.-]+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65535) return undefined;
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}

const parsedList = <T>(parse: (text: string) => T | undefined, message: string) =>
  z.string().transform((text, context): T[] => {
    const values = separated(text).map(parse);
    if (values.some((value) => value === undefined)) context.addIssue({ code: 'custom', message });
    return values.filter((value) => value !== undefined);
  });

const ORIGIN_MESSAGE = 'must be an origin such as https://faces.example.com, or several separated by commas';

const schema = z.object({
  HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:_-]+$/, 'must be an IP address or a host name')
    .default('127.0.0.1'),
  PORT: wholeNumber('must be a whole number from 0 to 65535', 0, 65535).default(4173),
  USEAPI_TOKEN: headerText('must be one word without spaces').optional(),
  USEAPI_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .refine(
      (text) => URL.canParse(text) && new URL(text).username === '' && new URL(text).search === '',
      'must hold no user name and no query',
    )
    .transform((text) => trimEndWhile(text, (letter) => letter === '/'))
    .default(DEFAULT_USEAPI_BASE_URL),
  FACEBOUND_ACCESS_KEY: z
    .string()
    .min(MIN_ACCESS_KEY_LENGTH, `must be at least ${MIN_ACCESS_KEY_LENGTH} characters long`)
    .max(1024)
    .optional(),
  FACEBOUND_EMBEDDED_TOKEN: headerText('must be one word without spaces').optional(),
  FACEBOUND_RELAY_BEARERS: z.enum(['yes', 'no'], 'must be yes or no').default('no'),
  FACEBOUND_DATA_DIR: z.string().default('.facebound'),
  FACEBOUND_DATA_MAX_MB: wholeNumber('must be a whole number of megabytes from 16 to 1000000', 16, 1_000_000).default(
    1024,
  ),
  FACEBOUND_ORIGIN: parsedList(parseOrigin, ORIGIN_MESSAGE).default([]),
  FACEBOUND_LINK_HOSTS: parsedList(parseLinkHost, 'must be a list such as pictures.lan,10.0.0.5:8080').default([]),
  FACEBOUND_DRAIN_S: wholeNumber('must be a whole number of seconds from 0 to 600', 0, 600).optional(),
  FACEBOUND_METRICS: z
    .string()
    .transform((text, context) => {
      const address = parseFiguresAddress(text);
      if (address === undefined) context.addIssue({ code: 'custom', message: METRICS_MESSAGE });
      return address;
    })
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/**
 * Reads the environment. An empty variable counts as unset. The error names every bad variable in one line and never
 * repeats a value, which may be a secret.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Result<ServerConfig, string> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, env[name]?.trim() === '' ? undefined : env[name]?.trim()]),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    return err([...new Set(lines)].join('; '));
  }
  const value = parsed.data;
  const loopbackOnly =
    isLoopbackHost(value.HOST) && value.FACEBOUND_ORIGIN.every((origin) => isLoopbackHost(new URL(origin).hostname));
  if (!loopbackOnly && value.FACEBOUND_ACCESS_KEY === undefined) {
    return err(
      `FACEBOUND_ACCESS_KEY must be set (at least ${MIN_ACCESS_KEY_LENGTH} characters) when HOST or FACEBOUND_ORIGIN reaches beyond this machine`,
    );
  }
  return ok({
    host: value.HOST,
    port: value.PORT,
    useapiToken: value.USEAPI_TOKEN,
    useapiBaseUrl: value.USEAPI_BASE_URL,
    accessKey: value.FACEBOUND_ACCESS_KEY,
    embeddedToken: value.FACEBOUND_EMBEDDED_TOKEN,
    relayBearers: value.FACEBOUND_RELAY_BEARERS === 'yes',
    dataDir: path.resolve(value.FACEBOUND_DATA_DIR),
    dataMaxBytes: value.FACEBOUND_DATA_MAX_MB * MIB,
    origins: value.FACEBOUND_ORIGIN,
    linkHosts: value.FACEBOUND_LINK_HOSTS,
    logLevel: value.LOG_LEVEL,
    drainMs: (value.FACEBOUND_DRAIN_S ?? (loopbackOnly ? 0 : DEFAULT_DRAIN_S)) * 1000,
    loopbackOnly,
    metrics: value.FACEBOUND_METRICS,
  });
}
