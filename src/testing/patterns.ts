import { isSafePattern } from 'redos-detector';
import { parseSync, Visitor } from 'vite';
import type { SourceTree } from './read-source.ts';

/** Tests match what we ourselves wrote, and nobody waits for them. */
const TEST_FILE = /\.test\.tsx?$/;

/** Methods of strings that turn a text which they are given into a pattern. */
const COMPILING_METHODS = ['match', 'matchAll', 'search'];

/** A name in capitals stands for what is written in the source. */
const CONSTANT = /^[A-Z\d_]+$/;

/** Flags that the checker follows (`g`, `d` and `y` only narrow where a match may begin). */
const CHECKED_FLAGS = /^[dgimsuy]*$/;

type Found = { readonly line: number; readonly pattern: string; readonly flags: string };

/**
 * Holds that no text from outside can keep the page or the server busy through a regular expression: no pattern can
 * match the same text in more and more ways as the text grows (V8 would try them all), and none is made at run time.
 * One message for each that could, with its place; an empty list means that all is well.
 */
export function checkPatterns(tree: SourceTree): string[] {
  const problems: string[] = [];
  const checked = new Map<string, string | undefined>();
  for (const [path, source] of tree) {
    if (TEST_FILE.test(path)) continue;
    const { literals, madeAtRunTime } = patternsOf(path, source);
    for (const line of madeAtRunTime) {
      problems.push(`${path}:${line} makes a pattern at run time: write it as a literal, or compare texts`);
    }
    for (const { line, pattern, flags } of literals) {
      const shown = `/${pattern}/${flags}`;
      if (!checked.has(shown)) checked.set(shown, problemOf(pattern, flags));
      const problem = checked.get(shown);
      if (problem !== undefined) problems.push(`${path}:${line} ${shown} ${problem}`);
    }
  }
  return problems;
}

/**
 * What is wrong with one pattern, or undefined. Without limits of time: a busy machine never changes the answer. The
 * checker asks whether one text can be matched in several ways, starts within the text included, so `/\s+$/` counts.
 */
function problemOf(pattern: string, flags: string): string | undefined {
  if (!CHECKED_FLAGS.test(flags)) return 'has a flag that cannot be checked: do without it';
  // The checker takes `^` for the text's beginning only, and would pass what begins anew at every line.
  if (flags.includes('m'))
    return 'cannot be checked with the flag m: split the text into lines, or name the line break';
  try {
    const { safe } = isSafePattern(pattern, {
      caseInsensitive: flags.includes('i'),
      unicode: flags.includes('u'),
      dotAll: flags.includes('s'),
    });
    return safe
      ? undefined
      : 'can match one text in ever more ways: let no two neighbours, and no two starts, take the same letter; or search with indexOf';
  } catch (error) {
    return `cannot be checked: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The patterns that a module writes down, and the lines at which it makes others out of text. */
function patternsOf(path: string, source: string): { literals: readonly Found[]; madeAtRunTime: readonly number[] } {
  const parsed = parseSync(path, source);
  const [firstError] = parsed.errors;
  if (firstError !== undefined) throw new Error(`${path} cannot be parsed: ${firstError.message}`);
  const lineOf = (start: number) => source.slice(0, start).split('\n').length;
  const literals: Found[] = [];
  const named: number[] = [];
  const asType = new Set<number>();
  const compiled: number[] = [];
  new Visitor({
    Literal: (node) => {
      if ('regex' in node) literals.push({ line: lineOf(node.start), ...node.regex });
    },
    Identifier: (node) => {
      if (node.name === 'RegExp') named.push(node.start);
    },
    TSTypeReference: (node) => {
      asType.add(node.typeName.start);
    },
    CallExpression: ({ callee, arguments: [first] }) => {
      if (callee.type !== 'MemberExpression' || callee.computed || first === undefined) return;
      if (callee.property.type !== 'Identifier' || !COMPILING_METHODS.includes(callee.property.name)) return;
      const isWritten =
        (first.type === 'Literal' && 'regex' in first) || (first.type === 'Identifier' && CONSTANT.test(first.name));
      if (!isWritten) compiled.push(callee.property.start);
    },
  }).visit(parsed.program);
  return { literals, madeAtRunTime: [...named.filter((start) => !asType.has(start)), ...compiled].map(lineOf) };
}
