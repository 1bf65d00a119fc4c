import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import path from 'node:path';
import { MAX_INTAKE_BYTES, MIB } from '#contract/limits.ts';
import { figuresOf } from '#page/annotations/model/comparison.ts';
import { distinctNames } from '#page/painting/model/file-names.ts';
import { shownName } from '#page/pictures/model/picture-name.ts';
import { formatPictureCount } from '#shared/format-measures.ts';
import { assertNever, err, ok, type Result } from '#shared/result.ts';
import type { DetectCommand, TokenSource } from './arguments.ts';
import { compareSet, pairTruths } from './compare.ts';
import { cocoText, csvText } from './exports.ts';
import { type FoundFile, fileTrouble, findFiles, picturesAmong } from './find-files.ts';
import { noPicture } from './finders/decode-trouble.ts';
import { embeddedFinder } from './finders/embedded.ts';
import type { FaceFinder, FindFailure } from './finders/face-finder.ts';
import { serverFinder } from './finders/server.ts';
import type { EXIT_CODES } from './help.ts';
import type { Failed, LookedAt } from './looked-at.ts';
import { createProgress, type Progress } from './progress.ts';
import { readTruths, type Truths } from './read-truth.ts';
import { resultJson } from './result-json.ts';
import { type RunResult, resultTable } from './result-table.ts';
import { judge } from './thresholds.ts';

/** What a run has of the process that it runs in. */
export type Surroundings = {
  /** Folder that typed paths are relative to. */
  readonly from: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** All of standard input, for a token. */
  readonly readInput: () => Promise<string>;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly terminal: { readonly isTerminal: boolean; readonly columns: () => number };
  /** Folder of the detector's networks. */
  readonly modelsDir: string;
  readonly version: string;
  /** Aborts when a person stops the run. */
  readonly signal: AbortSignal;
};

export type Outcome = Exclude<keyof typeof EXIT_CODES, 'interrupted' | 'mistake'>;

/** Does what was asked for; says why not on standard error. Rejects with the signal's reason when it is stopped. */
export async function runDetect(command: DetectCommand, around: Surroundings): Promise<Outcome> {
  const refuse = (outcome: Outcome, sentence: string): Outcome => {
    around.writeError(`${sentence}.\n`);
    return outcome;
  };
  const prepared = await prepare(command, around);
  if (!prepared.ok) return refuse('usage', prepared.error);
  const { pictures, truths, token } = prepared.value;

  const progress = createProgress({
    total: pictures.length,
    isQuiet: command.isQuiet,
    write: around.writeError,
    ...around.terminal,
  });
  for (const note of truths?.notes ?? []) progress.say(note);
  const finder = await startFinder(command, token, progress, around);
  if (!finder.ok) return refuse('nobody-there', finder.error);
  const isDigestNeeded = truths?.pictures.some(({ sha256 }) => sha256 !== undefined) === true;
  const looked = await lookAtAll(pictures, isDigestNeeded, finder.value, progress, around.signal).finally(() => {
    progress.end();
    return finder.value.close();
  });
  if (!looked.ok) return refuse('nobody-there', `${looked.error}. Nothing was written`);

  const result = resultOf(looked.value, truths, command);
  for (const note of result.comparison?.notes ?? []) progress.say(note);
  sayWithout(result, progress);
  const written = await writeFiles(command, result, around.from);
  around.writeOut(
    command.isJson ? resultJson(result, { version: around.version, engine: command.engine }) : resultTable(result),
  );
  if (!written.ok) return refuse('usage', written.error);
  // The table tells it; whoever reads JSON by a program reads this.
  if (result.judged.some(({ isMet }) => !isMet)) return 'threshold-missed';
  return result.failed.length > 0 ? 'pictures-failed' : 'ok';
}

type Prepared = {
  readonly pictures: readonly FoundFile[];
  readonly truths: Truths | undefined;
  readonly token: string | undefined;
};

/** Looks at everything that can be wrong before the first picture is looked at. The error is a sentence. */
async function prepare(command: DetectCommand, around: Surroundings): Promise<Result<Prepared, string>> {
  const files = await findFiles(command.inputs, around.from, around.signal);
  if (!files.ok) return files;
  const found = await picturesAmong(files.value);
  if (found.length === 0) return err(`There is no picture in ${command.inputs.join(', ')}`);
  const names = distinctNames(found.map(({ name }) => name));
  const pictures = found.map((picture, index) => ({ ...picture, name: names[index] ?? picture.name }));

  const truthFiles = await findFiles(command.truths, around.from, around.signal);
  if (!truthFiles.ok) return truthFiles;
  const truths = command.truths.length === 0 ? ok(undefined) : await readTruths(truthFiles.value, command.kinds);
  if (!truths.ok) return truths;
  if (truths.value !== undefined) {
    const told = truths.value.pictures;
    if (told.length === 0) return err(`There are no boxes in ${command.truths.join(', ')}`);
    const isByName = told.every(({ sha256 }) => sha256 === undefined);
    const known = pictures.map(({ name, file }) => ({ name, path: withSlashes(file), sha256: undefined }));
    if (isByName && pairTruths(told, known).length === 0) {
      return err(`The truth tells of none of these pictures. It tells of ${examples(told)}`);
    }
  }
  const outputs = await checkOutputs(command, around.from, [...files.value, ...truthFiles.value]);
  if (!outputs.ok) return outputs;
  const token = command.token === undefined ? ok(undefined) : await readToken(command.token, around);
  if (!token.ok) return token;
  return ok({ pictures, truths: truths.value, token: token.value });
}

const withSlashes = (file: string): string => file.split(path.sep).join('/');

function examples(told: Truths['pictures']): string {
  const names = told.slice(0, 3).map(({ pictureName, fileName }) => shownName(pictureName ?? fileName));
  return names.join(', ') + (told.length > names.length ? ' and others' : '');
}

async function readToken(
  source: TokenSource,
  { environment, readInput }: Surroundings,
): Promise<Result<string, string>> {
  const given = source.kind === 'environment' ? environment[source.name] : await readInput();
  const token = given?.trim() ?? '';
  const place = source.kind === 'environment' ? `The variable ${source.name}` : 'Standard input';
  if (token === '') return err(`${place} holds no token`);
  return /^[\x21-\x7e]{1,1024}$/.test(token)
    ? ok(token)
    : err(`${place} holds something that is no token: it is one word`);
}

/** Looks whether results can be written, so that nobody waits an hour for that. The error is a sentence. */
async function checkOutputs(
  { coco, csv }: DetectCommand,
  from: string,
  inputs: readonly FoundFile[],
): Promise<Result<undefined, string>> {
  const taken = new Set(inputs.map(({ file }) => file));
  for (const typed of [coco, csv]) {
    if (typed === undefined) continue;
    const file = path.resolve(from, typed);
    const real = await realpath(file).catch(() => file);
    if (taken.has(file) || taken.has(real)) return err(`${typed} is read here, so nothing is written over it`);
    taken.add(real);
    const there = await stat(file).catch(() => undefined);
    if (there?.isDirectory() === true) return err(`${typed} is a folder`);
    const folder = await stat(path.dirname(file)).catch(() => undefined);
    if (folder?.isDirectory() !== true) return err(`The folder of ${typed} is not there`);
    const target = there === undefined ? path.dirname(file) : file;
    const mayWrite = await access(target, constants.W_OK).then(
      () => true,
      () => false,
    );
    if (!mayWrite) return err(`${typed} may not be written`);
  }
  return ok(undefined);
}

async function startFinder(
  { server, engine, account }: DetectCommand,
  token: string | undefined,
  progress: Progress,
  { modelsDir, signal }: Surroundings,
): Promise<Result<FaceFinder, string>> {
  if (server === undefined) return embeddedFinder(modelsDir);
  if (token !== undefined && isOpenNetwork(server)) {
    progress.say(`${server} is not encrypted: whoever is on the way can read the token. Use https.`);
  }
  return serverFinder({ server, engine, token, account, onWait: progress.wait }, signal);
}

/** An address that leaves this machine in the clear. */
function isOpenNetwork(server: string): boolean {
  const { protocol, hostname } = new URL(server);
  const isHere =
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    hostname.endsWith('.localhost') ||
    (isIPv4(hostname) && hostname.startsWith('127.'));
  return protocol === 'http:' && !isHere;
}

type Looked = { readonly pictures: readonly LookedAt[]; readonly failed: readonly Failed[] };

/** Looks at all pictures, a few at a time; results are in the order of the files. The error is a sentence. */
async function lookAtAll(
  files: readonly FoundFile[],
  isDigestNeeded: boolean,
  finder: FaceFinder,
  progress: Progress,
  signal: AbortSignal,
): Promise<Result<Looked, string>> {
  const outcomes: (Result<LookedAt, Failed> | undefined)[] = files.map(() => undefined);
  let next = 0;
  let gone: string | undefined;
  const lane = async () => {
    while (gone === undefined && next < files.length) {
      signal.throwIfAborted();
      const place = next;
      next += 1;
      const file = files[place];
      if (file === undefined) return;
      const looked = await lookAt(file, isDigestNeeded, finder, signal);
      if (looked.ok) {
        outcomes[place] = looked;
        progress.step(looked.value.detection.faces.length);
      } else if (looked.error.kind === 'nobody-there') {
        gone = looked.error.sentence;
      } else {
        outcomes[place] = err({ name: file.name, reason: looked.error.reason });
        progress.say(`${shownName(file.name)} ${looked.error.reason}.`);
        progress.step(0);
      }
    }
  };
  await Promise.all(Array.from({ length: finder.atOnce }, lane));
  if (gone !== undefined) return err(gone);
  return ok({
    pictures: outcomes.flatMap((outcome) => (outcome?.ok === true ? [outcome.value] : [])),
    failed: outcomes.flatMap((outcome) => (outcome?.ok === false ? [outcome.error] : [])),
  });
}

async function lookAt(
  { file, name }: FoundFile,
  isDigestNeeded: boolean,
  finder: FaceFinder,
  signal: AbortSignal,
): Promise<Result<LookedAt, FindFailure>> {
  const failed = (reason: string): Result<never, FindFailure> => err({ kind: 'picture', reason });
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    if ((await stat(file)).size > MAX_INTAKE_BYTES) return failed(`is larger than ${MAX_INTAKE_BYTES / MIB} MB`);
    bytes = new Uint8Array(await readFile(file, { signal }));
  } catch (error) {
    signal.throwIfAborted();
    return failed(fileTrouble(error));
  }
  const unlike = noPicture(bytes);
  if (unlike !== undefined) return failed(unlike);
  const found = await finder.find(bytes, signal);
  if (!found.ok) return found;
  const sha256 = isDigestNeeded ? createHash('sha256').update(bytes).digest('hex') : undefined;
  return ok({ name, path: withSlashes(file), sha256, ...found.value });
}

function resultOf({ pictures, failed }: Looked, truths: Truths | undefined, command: DetectCommand): RunResult {
  const { matchFrom } = command;
  const comparison = truths === undefined ? undefined : compareSet(pictures, truths, matchFrom);
  const judged = comparison === undefined ? [] : judge(command.thresholds, figuresOf(comparison.total));
  return { pictures, failed, comparison, matchFrom, judged };
}

/** How many names are told of pictures that the truth says nothing of. */
const MOST_NAMES = 5;

function sayWithout({ comparison, pictures }: RunResult, progress: Progress): void {
  const without = comparison?.without ?? [];
  if (without.length === 0) return;
  const names = without.slice(0, MOST_NAMES).map(({ name }) => shownName(name));
  const more = without.length > names.length ? ', …' : '';
  progress.say(
    `The truth does not tell of ${without.length} of ${formatPictureCount(pictures.length)}, which are in no figure: ${names.join(', ')}${more}`,
  );
}

async function writeFiles(
  command: DetectCommand,
  { pictures }: RunResult,
  from: string,
): Promise<Result<undefined, string>> {
  const wanted = (['coco', 'csv'] as const).flatMap((form) => {
    const typed = command[form];
    return typed === undefined ? [] : [{ typed, form }];
  });
  for (const { typed, form } of wanted) {
    try {
      await writeFile(path.resolve(from, typed), textOf(form, pictures));
    } catch (error) {
      return err(`${typed} could not be written: it ${fileTrouble(error).replace('read', 'written')}`);
    }
  }
  return ok(undefined);
}

function textOf(form: 'coco' | 'csv', pictures: readonly LookedAt[]): string {
  switch (form) {
    case 'coco':
      return cocoText(pictures);
    case 'csv':
      return csvText(pictures);
    default:
      return assertNever(form);
  }
}
