import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange, Failure, FailureCode } from '#shared/failure.ts';
import { FAILURE_MESSAGES } from '#shared/failure-message.ts';
import {
  advance,
  eventOfFailedSend,
  type Generation,
  type GenerationEvent,
  generation,
  isOpen,
  mayClaim,
} from './generation.ts';
import { ownWords, phaseMessage, refusalMessage } from './generation-message.ts';

const sending = (id: string, change: Partial<Generation> = {}): Generation => ({
  id,
  createdAt: 1,
  request: {
    prompt: 'A lighthouse keeper',
    reference: 'face',
    imageReference: 'https://s21-kling.klingai.com/a.jpg',
    faceNo: 1,
    faceStrength: 65,
    aspect_ratio: '16:9',
    imageCount: 2,
    version: 'kling-v2-1',
  },
  credential: 'server',
  pictureName: 'team.jpg',
  pictureSha256: 'aa',
  faceName: 'Face 1',
  phase: { kind: 'sending' },
  ...change,
});

const history = (...events: readonly GenerationEvent[]): Generation => events.reduce(advance, sending('a'));
const made: GenerationEvent = { kind: 'task-made', taskId: '7' };
const lost: GenerationEvent = { kind: 'no-answer', detail: undefined };

describe('claiming a paid request', () => {
  it('is free when nothing like it is known', () => {
    expect(mayClaim([], sending('a'), undefined).ok).toBe(true);
  });

  it('works once for one confirmation, even after the first is over', () => {
    const over = advance(sending('a'), { kind: 'refused', failure: { code: 'at-capacity' } });
    expect(mayClaim([over], sending('a'), undefined)).toMatchObject({ error: { reason: 'already-confirmed' } });
  });

  it.each([
    ['on its way', history()],
    ['at work', history(made)],
    ['of unknown outcome', history(lost)],
  ])('is refused for the same request while one is %s', (_, earlier) => {
    expect(mayClaim([earlier], sending('b'), undefined)).toMatchObject({ error: { reason: 'same-request-open' } });
  });

  const { request } = sending('b');

  it('is free for another request, another picture, another account, or once the first is over', () => {
    const first = { ...history(made), request: { ...request, email: 'x@y.z' } };
    expect(mayClaim([first], sending('b', { request: { ...request, prompt: 'A baker' } }), undefined).ok).toBe(true);
    expect(mayClaim([first], sending('b', { pictureSha256: 'bb' }), undefined).ok).toBe(true);
    expect(mayClaim([first], sending('b', { request: { ...request, email: 'a@b.c' } }), undefined).ok).toBe(true);
    const end: GenerationEvent = {
      kind: 'polled',
      snapshot: { phase: 'failed', statusName: 'failed', message: undefined },
    };
    expect(mayClaim([history(made, end)], sending('b'), undefined).ok).toBe(true);
  });

  it('is refused for the same request also when the picture was uploaded again, or another token pays', () => {
    const imageReference = 'https://s21-kling.klingai.com/b.jpg';
    expect(mayClaim([history(lost)], sending('b', { request: { ...request, imageReference } }), undefined).ok).toBe(
      false,
    );
    expect(mayClaim([history(lost)], sending('b', { credential: 'own' }), undefined).ok).toBe(false);
    expect(mayClaim([history(lost)], sending('b', { request: { ...request, email: 'a@b.c' } }), undefined).ok).toBe(
      false,
    );
  });

  it('may be repeated knowingly after an unknown outcome, and only once', () => {
    expect(mayClaim([history(lost)], sending('b'), 'a').ok).toBe(true);
    const repeated = { ...history(lost), sentAgainAs: 'b' };
    expect(mayClaim([repeated], sending('c'), 'a').ok).toBe(false);
    expect(mayClaim([repeated, sending('b')], sending('c'), 'a').ok).toBe(false);
  });

  it('is free again once the one that was sent in the place of an unknown one is over', () => {
    const repeated = { ...history(lost), sentAgainAs: 'b' };
    const over = advance(sending('b'), { kind: 'refused', failure: { code: 'at-capacity' } });
    expect(mayClaim([repeated, over], sending('c'), undefined).ok).toBe(true);
  });

  it('may not be repeated while the first is at work', () => {
    expect(mayClaim([history(made)], sending('b'), 'a').ok).toBe(false);
    expect(mayClaim([history()], sending('b'), 'a').ok).toBe(false);
  });

  it('goes out at most once for each confirmation, however tabs, reloads and lost answers come together', () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('confirm' as const),
        id: fc.constantFrom('a', 'b', 'c'),
        again: fc.option(fc.constantFrom('a', 'b')),
      }),
      fc.record({ do: fc.constant('happens' as const), id: fc.constantFrom('a', 'b', 'c'), event: anyEvent }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let remembered: readonly Generation[] = [];
        const sent: string[] = [];
        for (const each of steps) {
          if (each.do === 'happens') {
            remembered = remembered.map((one) => (one.id === each.id ? advance(one, each.event) : one));
            continue;
          }
          const again = each.again ?? undefined;
          const openBefore = remembered.filter((one) => isOpen(one) && one.id !== again).length;
          if (!mayClaim(remembered, sending(each.id), again).ok) continue;
          // All requests here are the same: nothing goes out beside another one that is open.
          expect(openBefore).toBe(0);
          remembered = [
            ...remembered.map((one) => (one.id === again ? { ...one, sentAgainAs: each.id } : one)),
            sending(each.id),
          ];
          sent.push(each.id);
        }
        expect(new Set(sent).size).toBe(sent.length);
      }),
    );
  });
});

const anyEvent: fc.Arbitrary<GenerationEvent> = fc.constantFrom<GenerationEvent>(
  made,
  lost,
  { kind: 'refused', failure: { code: 'at-capacity' } },
  { kind: 'polled', snapshot: { phase: 'running', statusName: 'processing' } },
  { kind: 'polled', snapshot: { phase: 'succeeded', pictures: [], lost: 0 } },
  { kind: 'polled', snapshot: { phase: 'failed', statusName: 'failed', message: 'no' } },
  { kind: 'not-there', why: 'not-found' },
  { kind: 'look-again' },
);

describe('a generation', () => {
  it('runs from the answer to the pictures', () => {
    const url = 'https://cdn.example.com/a.png';
    const picture = { workId: '70', url, width: 10, height: 10 };
    const done = history(made, { kind: 'polled', snapshot: { phase: 'succeeded', pictures: [picture], lost: 0 } });
    expect(done.phase).toEqual({ kind: 'succeeded', taskId: '7', pictures: [picture], lost: 0 });
  });

  it('believes a late answer over a lost one, and never a lost one over an answer', () => {
    expect(history(lost, made).phase.kind).toBe('running');
    expect(history(made, lost).phase.kind).toBe('running');
  });

  it('can be looked for again after it vanished', () => {
    const vanished = history(made, { kind: 'not-there', why: 'not-found' });
    expect(vanished.phase).toMatchObject({ kind: 'vanished', taskId: '7' });
    expect(advance(vanished, { kind: 'look-again' }).phase).toEqual({ kind: 'running', taskId: '7' });
  });

  it('keeps the number of its task through everything that happens, and can always be stored', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const end = events.reduce(advance, history(made));
        expect(end.phase).toMatchObject({ taskId: '7' });
        expect(generation.parse(structuredClone(end))).toEqual(end);
      }),
    );
  });
});

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

const failure = (code: FailureCode, status: number | undefined): Failure => {
  const exchange: Exchange = { method: 'POST', path: '/', status, durationMs: 1, body: '', requestId: undefined };
  return { code, detail: 'why', retryAfterMs: undefined, exchange: status === undefined ? undefined : exchange };
};

describe('what a failed send means', () => {
  /** The whole table: every other status, of any code, leaves it open whether a task was made and paid. */
  const REFUSED = new Set([...range(400, 499), 500, 501, 596].filter((status) => status !== 408 && status !== 499));

  it('every status below 600 is a refusal or leaves the outcome open, and only these are refusals', () => {
    const refusals = range(100, 999).filter(
      (status) => eventOfFailedSend(failure('service-fault', status)).kind === 'refused',
    );
    expect(refusals).toEqual([...REFUSED]);
  });

  it.each([400, 401, 402, 403, 404, 410, 412, 413, 422, 429, 500, 501, 596])(
    '%i proves that nothing was started',
    (status) => {
      expect(eventOfFailedSend(failure('bad-request', status)).kind).toBe('refused');
    },
  );

  it.each([200, 302, 408, 499, 502, 503, 504, 507, 520, 521, 522, 523, 524, 525, 526, 527, 530, 599])(
    '%i proves nothing',
    (status) => {
      expect(eventOfFailedSend(failure('service-trouble', status)).kind).toBe('no-answer');
    },
  );

  it('500 is the service’s own answer only where our own server does not say that it failed itself', () => {
    expect(eventOfFailedSend(failure('moderated-or-fault', 500)).kind).toBe('refused');
    expect(eventOfFailedSend(failure('server-fault', 500)).kind).toBe('no-answer');
  });

  it('our own server that sent nothing on because it stops proves that nothing was started, silence after it proves nothing', () => {
    expect(eventOfFailedSend(failure('restarting', 503)).kind).toBe('refused');
    expect(eventOfFailedSend(failure('restarting', undefined)).kind).toBe('no-answer');
  });

  it('no answer at all proves nothing, and our own advice to try again is not passed on', () => {
    for (const code of ['unreachable', 'service-unreachable', 'reply-broken', 'offline', 'too-slow'] as const) {
      expect(eventOfFailedSend(failure(code, undefined))).toEqual({ kind: 'no-answer', detail: undefined });
    }
  });

  it('keeps what the service says about an answer that proves nothing', () => {
    expect(eventOfFailedSend(failure('server-fault', 503))).toEqual({ kind: 'no-answer', detail: 'why' });
  });
});

describe('words', () => {
  const codes = Object.keys(FAILURE_MESSAGES).filter((code): code is FailureCode => code in FAILURE_MESSAGES);

  it.each(codes)('a refusal says what happened and what to do: %s', (code) => {
    const words = refusalMessage({ code });
    expect(words.title).not.toBe('');
    expect(words.text).toMatch(/\.$/);
  });

  it('tells moderation from a fault by the service’s own words', () => {
    expect(refusalMessage({ code: 'moderated-or-fault', detail: 'rejected by content moderation' }).title).toBe(
      'Moderation stopped this',
    );
    expect(refusalMessage({ code: 'moderated-or-fault', detail: 'Internal error' }).title).toBe(
      'Kling failed on the request',
    );
  });

  it('tells missing credits, capacity and a vanished task apart', () => {
    const titles = [
      refusalMessage({ code: 'no-subscription' }).title,
      refusalMessage({ code: 'at-capacity' }).title,
      phaseMessage({ kind: 'vanished', taskId: '7', why: 'not-found' }).title,
      phaseMessage({ kind: 'unknown' }).title,
    ];
    expect(titles).toEqual([
      'Not enough credits, or no subscription',
      'Kling is at capacity',
      'The task has vanished',
      'Sent, outcome unknown',
    ]);
  });

  it('counts the pictures that were made and those that were not', () => {
    const picture = { workId: '70', url: 'https://a.test/1.png', width: 1, height: 1 };
    const said = (made: number, lost: number) => {
      const { title, text } = phaseMessage({
        kind: 'succeeded',
        taskId: '7',
        pictures: Array.from({ length: made }, () => picture),
        lost,
      });
      return `${title}. ${text}`;
    };
    expect(said(1, 0)).toBe('1 picture. Kling keeps it for 7 days.');
    expect(said(3, 1)).toBe('3 pictures. Kling keeps them for 7 days. One more picture could not be made.');
    expect(said(2, 2)).toBe('2 pictures. Kling keeps them for 7 days. 2 more pictures could not be made.');
  });

  it('never hides the service’s own words', () => {
    expect(ownWords({ kind: 'refused', failure: { code: 'bad-request', detail: 'Bad prompt' } })).toBe('Bad prompt');
    expect(ownWords({ kind: 'failed', taskId: '7', statusName: 'failed' })).toBe('Status: failed');
  });
});
