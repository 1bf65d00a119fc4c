import { CLUSTER_PROGRAMS, findProgram } from '#testing/server/programs.ts';

/**
 * Before a run of unit tests: says once, loudly, which programs are missing whose tests are skipped. CI has to have them
 * all.
 */
export function setup(): void {
  const missing = CLUSTER_PROGRAMS.filter((name) => findProgram(name) === undefined);
  if (missing.length === 0) return;
  const sentence = `!! This machine has no ${missing.join(' and no ')}: the tests of a cluster that need it are skipped.`;
  if (process.env['CI'] !== undefined) throw new Error(sentence);
  console.warn(sentence);
}
