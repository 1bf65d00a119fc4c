import { z } from 'zod';

/** What a registry knows against the packages that run: a finding a line, or that it did not answer. */
export type AuditVerdict =
  | { readonly kind: 'clean' }
  /** `fails`: one is high or critical. */
  | { readonly kind: 'found'; readonly fails: boolean; readonly lines: readonly string[] }
  | { readonly kind: 'no-answer'; readonly why: string };

const FAILING = new Set(['high', 'critical']);

const report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ name: z.string(), severity: z.string(), range: z.string().default('') }),
  ),
});
const failure = z.object({ message: z.string() });

/** Reads what `npm audit --json` wrote. Its exit code tells a finding and a registry that is out of reach alike. */
export function readAudit(output: string): AuditVerdict {
  let json: unknown;
  try {
    json = JSON.parse(output);
  } catch {
    return { kind: 'no-answer', why: 'npm audit wrote no JSON' };
  }
  const read = report.safeParse(json);
  if (!read.success) {
    const told = failure.safeParse(json);
    return { kind: 'no-answer', why: told.success ? told.data.message : 'its answer has another form' };
  }
  const found = Object.values(read.data.vulnerabilities);
  if (found.length === 0) return { kind: 'clean' };
  return {
    kind: 'found',
    fails: found.some(({ severity }) => FAILING.has(severity)),
    lines: found.map(({ name, severity, range }) => `${severity}: ${name} ${range}`.trim()),
  };
}
