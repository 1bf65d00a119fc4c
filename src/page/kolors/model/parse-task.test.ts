import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTask, taskIdOf } from './parse-task.ts';

const work = (id: string, extra: object = {}) => ({
  workId: id,
  contentType: 'image',
  resource: { resource: `https://cdn.example.com/${id}.png`, width: 1024, height: 576 },
  status_name: 'succeed',
  status_final: true,
  ...extra,
});

const done = (...works: readonly unknown[]) => ({
  status: 99,
  status_name: 'succeed',
  status_final: true,
  message: '',
  task: { id: '7' },
  works,
});

describe('a task’s reply', () => {
  it('is running until the service calls it final', () => {
    expect(parseTask({ status: 10, status_name: 'processing', status_final: false, task: { id: '7' } })).toEqual({
      ok: true,
      value: { phase: 'running', statusName: 'processing' },
    });
    expect(parseTask({ status_name: 'succeed', task: {} })).toMatchObject({ value: { phase: 'running' } });
  });

  it.each([true, 1, 'true', '1'])('is final when the service says so as %j, in the reply or in its task', (yes) => {
    const failed = { value: { phase: 'failed', message: 'No luck' } };
    expect(parseTask({ status_final: yes, error: { message: 'No luck' } })).toMatchObject(failed);
    expect(parseTask({ task: { status_final: yes }, error: ['No luck'] })).toMatchObject(failed);
    expect(parseTask({ status_final: null, task: { status_final: yes, message: 'No luck' } })).toMatchObject(failed);
  });

  it('gives the pictures of a success in their order', () => {
    expect(parseTask(done(work('a'), work('b')))).toEqual({
      ok: true,
      value: {
        phase: 'succeeded',
        lost: 0,
        pictures: [
          { workId: 'a', url: 'https://cdn.example.com/a.png', width: 1024, height: 576 },
          { workId: 'b', url: 'https://cdn.example.com/b.png', width: 1024, height: 576 },
        ],
      },
    });
  });

  it('loses only the works that have no picture', () => {
    const odd = [
      work('a', { status_name: 'failed' }),
      work('b', { resource: { resource: 'javascript:alert(1)' } }),
      null,
    ];
    expect(parseTask(done(...odd, work('c')))).toMatchObject({
      value: { phase: 'succeeded', lost: 3, pictures: [{ workId: 'c' }] },
    });
  });

  it('takes anything final but succeed for a failure, with the service’s words', () => {
    expect(parseTask({ status_name: 'failed', status_final: true, message: ' No luck ', works: [work('a')] })).toEqual({
      ok: true,
      value: { phase: 'failed', statusName: 'failed', message: 'No luck' },
    });
    expect(parseTask(done())).toMatchObject({ value: { phase: 'failed', statusName: 'succeed' } });
  });

  it('is not a task when it is something else', () => {
    expect(parseTask([])).toMatchObject({ ok: false });
    expect(parseTask({ hello: 'world' })).toMatchObject({ ok: false });
  });

  it('tells the task’s number as text, also when it came as a number', () => {
    expect(taskIdOf({ task: { id: 12 } })).toBe('12');
    expect(taskIdOf({ task: { id: ' ab ' } })).toBe('ab');
    expect(taskIdOf({ task: {} })).toBeUndefined();
    expect(taskIdOf('no')).toBeUndefined();
  });

  it('never breaks on anything', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.record({ status_final: fc.constant(true), works: fc.anything() })),
        (body) => {
          parseTask(body);
          taskIdOf(body);
        },
      ),
    );
  });
});
