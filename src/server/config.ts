import path from 'node:path';
import { z } from 'zod';
import { MIB } from '#contract/limits.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { trimEndWhile } from '#shared/trim.ts';
import { isLoopbackHost } from './auth/own-origins.ts';
import { readSecret } from './auth/secret.ts';
import type { S3Config } from './files/s3/s3-config.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';
import type { FiguresAddress } from './metrics/start-figures.ts';

/** A host that links may use although its address is private; without a port, any port of it. */
export type LinkHost = { readonly hostname: string; readonly port: string | undefined };

/**
 * What a process does: all of it, answer calls and have pictures looked at by workers, or look at pictures for those who
 * answer.
 */
export const SERVER_ROLES = ['all', 'web', 'worker'] as const;
export type ServerRole = (typeof SERVER_ROLES)[number];

/** The queue of a cluster. */
export type QueueConfig = {
  /** `redis://` or `rediss://`. Its password is shown nowhere: see `maskedRedisUrl`. */
  readonly url: string;
  /** Most pictures that wait for a worker, whoever asks. */
  readonly limit: number;
};

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
  readonly role: ServerRole;
  /** Undefined where the process detects by itself. */
  readonly queue: QueueConfig | undefined;
  /** Signs sessions and names files; undefined leaves it to the data directory's. */
  readonly secret: Uint8Array | undefined;
  /** Where files are kept; undefined for the data directory. */
  readonly s3: S3Config | undefined;
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
const HEADER_TEXT = /^[\x21-\x7e]+$/;
const headerText = (message: string) => z.string().regex(HEADER_TEXT, message);

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

/** Why there is no server that keeps things outside its data directory without saying by which secret. */
const SECRET_MISSING =
  'FACEBOUND_SECRET must be set with an object store or a queue, so that all replicas name files alike: 32 random bytes in hex or base64, or what “base64 .facebound/secret” prints of the data directory that was used before';

const ORIGIN_MESSAGE = 'must be an origin such as https://faces.example.com, or several separated by commas';

/** Enough for the burst of a class for each of several workers; whoever comes later is told when to come again. */
const DEFAULT_QUEUE_LIMIT = 256;

/** Whether it is an address of Redis: a host, a port, a password and the number of a database at most. */
function isRedisUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(text);
  return (
    /^rediss?:$/.test(protocol) && hostname !== '' && /^(\/\d{0,3})?$/.test(pathname) && search === '' && hash === ''
  );
}

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
  FACEBOUND_ROLE: z.enum(SERVER_ROLES, `must be one of ${SERVER_ROLES.join(', ')}`).default('all'),
  FACEBOUND_QUEUE_URL: z.string().refine(isRedisUrl, 'must be an address such as redis://10.0.0.5:6379').optional(),
  FACEBOUND_QUEUE_LIMIT: wholeNumber('must be a whole number of pictures from 1 to 100000', 1, 100_000).optional(),
  FACEBOUND_METRICS: z
    .string()
    .transform((text, context) => {
      const address = parseFiguresAddress(text);
      if (address === undefined) context.addIssue({ code: 'custom', message: METRICS_MESSAGE });
      return address;
    })
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  FACEBOUND_SECRET: z
    .string()
    .transform((text, context) => {
      const secret = readSecret(text);
      if (secret === undefined) context.addIssue({ code: 'custom', message: 'must be 32 bytes in hex or base64' });
      return secret;
    })
    .optional(),
  FACEBOUND_S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .refine(
      (text) => URL.canParse(text) && isPlainAddress(new URL(text)),
      'must hold no user name, no query and nothing after a #',
    )
    .transform((text) => trimEndWhile(text, (letter) => letter === '/'))
    .optional(),
  FACEBOUND_S3_BUCKET: z
    .string()
    .regex(/^[0-9A-Za-z][0-9A-Za-z._-]{1,62}$/, 'must be the name of a bucket')
    .optional(),
  FACEBOUND_S3_REGION: z
    .string()
    .regex(/^[0-9A-Za-z-]{1,64}$/, 'must be a region such as eu-central-1')
    .optional(),
  // Other programs' as well: looked at only beside the three above.
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
});

const isPlainAddress = ({ username, password, search, hash }: URL): boolean =>
  `${username}${password}${search}${hash}` === '';

type Parsed = z.infer<typeof schema>;

/** The object store of this environment, if any; the error names what is missing of it. */
function s3Of(value: Parsed): Result<S3Config | undefined, string> {
  const { FACEBOUND_S3_ENDPOINT: endpoint, FACEBOUND_S3_BUCKET: bucket, FACEBOUND_S3_REGION: region } = value;
  if (endpoint === undefined && bucket === undefined && region === undefined) return ok(undefined);
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = value;
  const all = {
    FACEBOUND_S3_ENDPOINT: endpoint,
    FACEBOUND_S3_BUCKET: bucket,
    FACEBOUND_S3_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  const missing = Object.entries(all).flatMap(([name, text]) => (text === undefined ? [name] : []));
  if (!endpoint || !bucket || !region || !accessKeyId || !secretAccessKey) {
    return err(`an object store also needs ${missing.join(' and ')}`);
  }
  const unsendable = Object.entries({ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey })
    .filter(([, text]) => !HEADER_TEXT.test(text))
    .map(([name]) => name);
  if (unsendable.length > 0) return err(`${unsendable.join(' and ')} must be one word without spaces`);
  return ok({ endpoint, bucket, region, accessKeyId, secretAccessKey });
}

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
  const halfSet = halfOfQueue(value);
  if (halfSet !== undefined) return err(halfSet);
  const loopbackOnly =
    isLoopbackHost(value.HOST) && value.FACEBOUND_ORIGIN.every((origin) => isLoopbackHost(new URL(origin).hostname));
  // A worker answers nobody but whoever asks whether it is well.
  if (value.FACEBOUND_ROLE !== 'worker' && !loopbackOnly && value.FACEBOUND_ACCESS_KEY === undefined) {
    return err(
      `FACEBOUND_ACCESS_KEY must be set (at least ${MIN_ACCESS_KEY_LENGTH} characters) when HOST or FACEBOUND_ORIGIN reaches beyond this machine`,
    );
  }
  const s3 = s3Of(value);
  if (!s3.ok) return s3;
  const isShared = s3.value !== undefined || value.FACEBOUND_QUEUE_URL !== undefined;
  if (isShared && value.FACEBOUND_SECRET === undefined) return err(SECRET_MISSING);
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
    role: value.FACEBOUND_ROLE,
    queue:
      value.FACEBOUND_QUEUE_URL === undefined
        ? undefined
        : { url: value.FACEBOUND_QUEUE_URL, limit: value.FACEBOUND_QUEUE_LIMIT ?? DEFAULT_QUEUE_LIMIT },
    secret: value.FACEBOUND_SECRET,
    s3: s3.value,
    metrics: value.FACEBOUND_METRICS,
  });
}

/** What is missing where only a part of a queue is set. */
function halfOfQueue({
  FACEBOUND_ROLE: role,
  FACEBOUND_QUEUE_URL: url,
  FACEBOUND_QUEUE_LIMIT: limit,
}: z.infer<typeof schema>): string | undefined {
  if (url !== undefined) return undefined;
  if (role !== 'all') return `FACEBOUND_ROLE=${role} needs FACEBOUND_QUEUE_URL, where web and workers meet`;
  return limit === undefined ? undefined : 'FACEBOUND_QUEUE_LIMIT needs FACEBOUND_QUEUE_URL, whose queue it limits';
}
