import { describe, expect, test } from 'vitest';
import { parseCommand } from './arguments.ts';

const parsed = (...argv: string[]) => {
  const command = parseCommand(argv);
  if (!command.ok || typeof command.value === 'string') throw new Error(JSON.stringify(command));
  return command.value;
};
const refusal = (...argv: string[]) => {
  const command = parseCommand(argv);
  return command.ok ? undefined : command.error;
};

describe('the command line', () => {
  test('looks with the embedded detector at what is named, unless told otherwise', () => {
    expect(parsed('photos', 'a.jpg')).toMatchObject({
      inputs: ['photos', 'a.jpg'],
      engine: 'embedded',
      server: undefined,
      matchFrom: 0.5,
      truths: [],
      isJson: false,
    });
  });

  test.each([
    ['recall=.95', 0.95],
    ['recall=0.95', 0.95],
    ['Recall=95%', 0.95],
    ['recall=97.5 %', 0.975],
    ['recall=1', 1],
    ['recall=0', 0],
  ])('takes %s', (text, atLeast) => {
    expect(parsed('a', '--truth', 't', '--fail-under', text).thresholds).toEqual([{ figure: 'recall', atLeast }]);
  });

  test('takes several thresholds, by commas or by options', () => {
    const { thresholds } = parsed(
      'a',
      '--truth',
      't',
      '--fail-under',
      'recall=.9,precision=.8',
      '--fail-under',
      'f1=.7,iou=.6',
    );
    expect(thresholds.map(({ figure }) => figure)).toEqual(['recall', 'precision', 'f1', 'iou']);
  });

  test.each(['recall', 'recall=', 'recall=95', 'recall=-1', 'accuracy=.9', 'recall=.9=.8', 'recall=1e0', ''])(
    'refuses %j as a threshold',
    (text) => expect(refusal('a', '--truth', 't', '--fail-under', text)).toMatch(/--fail-under is a figure/),
  );

  test.each([
    [['--fail-under', 'recall=.9', 'a'], /add --truth/],
    [['a', '--truth', 't', '--fail-under', 'f1=.9,f1=.8'], /twice/],
    [[], /at least one picture/],
    [['a', '--match-from', '.95'], /from 0\.3 to 0\.9/],
    [['a', '--engine', 'other'], /embedded, kling/],
    [['a', '--engine', 'kling'], /running server/],
    [['a', '--engine', 'kling', '--server', 'http://localhost:4173'], /token/],
    [['a', '--token-env', 'TOKEN'], /running server/],
    [['a', '--server', 'localhost:4173'], /http or https/],
    [['a', '--server', 'http://localhost:4173/page'], /without a path/],
    [['a', '--account', 'a@b.c'], /kling/],
    [['a', '--unknown'], /--unknown/],
    [['a', '--coco'], /--coco/],
  ])('refuses %j with a sentence', (argv, sentence) => expect(refusal(...argv)).toMatch(sentence));

  test.each([
    [['a', '--server', 'http://me:secret-word@localhost:4173']],
    [['a', '--server', 'http://localhost:4173', '--token-env', 'user:secret-word']],
    [['a', '--server', 'http://localhost:4173', '--token=secret-word']],
  ])('never repeats what may be a secret', (argv) => {
    const sentence = refusal(...argv);
    expect(sentence).toBeDefined();
    expect(sentence).not.toContain('secret-word');
  });

  test('a file whose name begins with a dash stands behind two', () => {
    expect(parsed('--json', '--', '-a.jpg').inputs).toEqual(['-a.jpg']);
  });
});
