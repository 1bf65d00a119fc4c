import { parseArgs } from 'node:util';
import { ENGINE_NAMES, type EngineName } from '#contract/routes.ts';
import { IOU_RANGE } from '#page/annotations/model/comparison.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { FIGURE_NAMES, type Threshold } from './thresholds.ts';

/** Where a token comes from: never an argument, which everybody on the machine could read. */
export type TokenSource = { readonly kind: 'environment'; readonly name: string } | { readonly kind: 'input' };

/** What the command is asked to do. Paths are as they were typed. */
export type DetectCommand = {
  readonly inputs: readonly string[];
  readonly engine: EngineName;
  /** Origin of a running server; undefined for the detector of our own. */
  readonly server: string | undefined;
  readonly token: TokenSource | undefined;
  /** Kling's account, where there are several. */
  readonly account: string | undefined;
  readonly coco: string | undefined;
  readonly csv: string | undefined;
  readonly isJson: boolean;
  readonly truths: readonly string[];
  /** Kinds of boxes in the truth that are compared with; empty: those that are called a face, a head or a person. */
  readonly kinds: readonly string[];
  readonly matchFrom: number;
  readonly thresholds: readonly Threshold[];
  readonly isQuiet: boolean;
};

const OPTIONS = {
  engine: { type: 'string' },
  server: { type: 'string' },
  'token-env': { type: 'string' },
  'token-stdin': { type: 'boolean' },
  account: { type: 'string' },
  coco: { type: 'string' },
  csv: { type: 'string' },
  json: { type: 'boolean' },
  truth: { type: 'string', multiple: true },
  kind: { type: 'string', multiple: true },
  'match-from': { type: 'string' },
  'fail-under': { type: 'string', multiple: true },
  quiet: { type: 'boolean', short: 'q' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** Reads what was typed. The error is a sentence, which repeats no value that may be a secret. */
export function parseCommand(argv: readonly string[]): Result<DetectCommand | 'help' | 'version', string> {
  const parsed = parse(argv);
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  if (values.help === true) return ok('help');
  if (values.version === true) return ok('version');

  if (positionals.length === 0) return err('Name at least one picture or folder');
  const engine = ENGINE_NAMES.find((known) => known === (values.engine ?? 'embedded'));
  if (engine === undefined) return err(`--engine is one of: ${ENGINE_NAMES.join(', ')}`);
  const server = values.server === undefined ? ok(undefined) : readServer(values.server);
  if (!server.ok) return server;
  const token = readTokenSource(values['token-env'], values['token-stdin'] === true);
  if (!token.ok) return token;
  if (server.value === undefined && engine === 'kling') return err('--engine kling needs a running server: --server');
  if (server.value === undefined && token.value !== undefined) return err('A token is for a running server: --server');
  if (engine === 'kling' && token.value === undefined) {
    return err('Kling needs a token: --token-env NAME names the variable that holds it, --token-stdin reads it');
  }
  if (values.account !== undefined && engine !== 'kling') return err('--account is for --engine kling');
  const matchFrom = values['match-from'] === undefined ? ok(IOU_RANGE.usual) : readMatch(values['match-from']);
  if (!matchFrom.ok) return matchFrom;
  const thresholds = readThresholds(values['fail-under'] ?? []);
  if (!thresholds.ok) return thresholds;
  const truths = values.truth ?? [];
  if (truths.length === 0 && thresholds.value.length > 0) return err('--fail-under compares with a truth: add --truth');
  return ok({
    inputs: positionals,
    engine,
    server: server.value,
    token: token.value,
    account: values.account,
    coco: values.coco,
    csv: values.csv,
    isJson: values.json === true,
    truths,
    kinds: values.kind ?? [],
    matchFrom: matchFrom.value,
    thresholds: thresholds.value,
    isQuiet: values.quiet === true,
  });
}

function parse(argv: readonly string[]) {
  try {
    return ok(parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true }));
  } catch (error) {
    // Node's own first sentence names the option, and never what was given to one that is known.
    const [sentence = 'It cannot be read'] = (error instanceof Error ? error.message : String(error)).split('. ', 1);
    return err(sentence.replace(/\.$/, ''));
  }
}

function readServer(text: string): Result<string, string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return err('--server is an http or https address, such as http://127.0.0.1:4173');
  }
  if (url.username !== '' || url.password !== '') {
    return err('--server holds no password: everybody on this machine could read it. Use --token-env or --token-stdin');
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return err('--server is the address of the server alone, without a path');
  }
  return ok(url.origin);
}

function readTokenSource(name: string | undefined, isInput: boolean): Result<TokenSource | undefined, string> {
  if (name !== undefined && isInput) return err('A token has one place: --token-env or --token-stdin');
  if (isInput) return ok({ kind: 'input' });
  if (name === undefined) return ok(undefined);
  // Somebody who gives the token itself would find it in the list of processes; it is not repeated here as well.
  return /^[A-Za-z_]\w{0,99}$/.test(name)
    ? ok({ kind: 'environment', name })
    : err('--token-env is the name of a variable that holds the token, not the token');
}

/** A share as `.95`, `0.95` or `95%`; undefined when it is none from 0 to 1. */
function readShare(text: string): number | undefined {
  const percent = /^(\d{1,3}(?:\.\d{1,6})?)\s?%$/.exec(text)?.[1];
  if (percent === undefined && !/^(?:\d(?:\.\d{1,6})?|\.\d{1,6})$/.test(text)) return undefined;
  const share = percent === undefined ? Number(text) : Number(percent) / 100;
  return share >= 0 && share <= 1 ? share : undefined;
}

function readMatch(text: string): Result<number, string> {
  const share = readShare(text);
  return share !== undefined && share >= IOU_RANGE.least && share <= IOU_RANGE.most
    ? ok(share)
    : err(`--match-from is an IoU from ${IOU_RANGE.least} to ${IOU_RANGE.most}`);
}

function readThresholds(texts: readonly string[]): Result<readonly Threshold[], string> {
  const thresholds: Threshold[] = [];
  for (const text of texts.flatMap((each) => each.split(','))) {
    const [name, value, ...more] = text.split('=').map((part) => part.trim());
    const figure = FIGURE_NAMES.find((known) => known === name?.toLowerCase());
    const atLeast = value === undefined ? undefined : readShare(value);
    if (figure === undefined || atLeast === undefined || more.length > 0) {
      return err(
        `--fail-under is a figure with its least value, such as recall=.95. Figures: ${FIGURE_NAMES.join(', ')}`,
      );
    }
    if (thresholds.some((known) => known.figure === figure)) return err(`--fail-under names ${figure} twice`);
    thresholds.push({ figure, atLeast });
  }
  return ok(thresholds);
}
