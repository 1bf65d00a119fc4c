import { describe, expect, test } from 'vitest';
import { readAudit } from './audit-report.ts';

const withFindings = (...severities: readonly string[]) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      severities.map((severity, index) => [
        `package-${index}`,
        { name: `package-${index}`, severity, isDirect: true, via: [], range: '<2.0.0', fixAvailable: true },
      ]),
    ),
    metadata: { vulnerabilities: { total: severities.length } },
  });

describe('what npm audit wrote', () => {
  test('without a finding is clean', () => {
    expect(readAudit(withFindings())).toEqual({ kind: 'clean' });
  });

  test('names every finding, and fails from high on', () => {
    expect(readAudit(withFindings('low', 'moderate'))).toEqual({
      kind: 'found',
      fails: false,
      lines: ['low: package-0 <2.0.0', 'moderate: package-1 <2.0.0'],
    });
    for (const severity of ['high', 'critical']) {
      expect(readAudit(withFindings('low', severity))).toMatchObject({ fails: true });
    }
  });

  test.each([
    ['a registry that takes no such question', '{"message":"405 Method Not Allowed","statusCode":405}', /405/],
    ['nothing, without a network', '', /no JSON/],
    ['something else', '{"hello":1}', /another form/],
  ])('is no answer, and no failure, where it is %s', (_name, output, why) => {
    expect(readAudit(output)).toEqual({ kind: 'no-answer', why: expect.stringMatching(why) });
  });
});
