import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { dropSteps, onTaken, pushStep, redoStep, undoStep, undoStore } from './undo-stack.ts';
import type { UndoStep } from './undo-step.ts';

const GO_TO = { picture: '1', faceNo: undefined };

/** A step that adds a letter to a text and takes it away again, wherever it stands by then. */
function stepOn(text: { value: string }, letter: string, onDropped?: () => void): UndoStep {
  const redo = () => {
    text.value += letter;
  };
  const undo = () => {
    text.value = text.value.replace(letter, '');
  };
  return { label: letter, goTo: GO_TO, undo, redo, ...(onDropped === undefined ? {} : { onDropped }) };
}

function doStep(text: { value: string }, letter: string, onDropped?: () => void): UndoStep {
  const step = stepOn(text, letter, onDropped);
  step.redo();
  pushStep(step);
  return step;
}

describe('the stack of undo', () => {
  beforeEach(() => {
    dropSteps(() => true);
    undoStore.setState({ taken: undefined });
  });

  it('goes back through whatever was done and forward again, and stops at the ends', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...'abcdefgh')), fc.nat(10), (letters, back) => {
        dropSteps(() => true);
        const text = { value: '' };
        for (const letter of letters) doStep(text, letter);
        for (let count = 0; count < back; count++) undoStep();
        expect(text.value).toBe(letters.slice(0, Math.max(0, letters.length - back)).join(''));
        for (let count = 0; count < back; count++) redoStep();
        expect(text.value).toBe(letters.join(''));
      }),
    );
  });

  it('has nothing to do again once something else was done, and says so to what held something for that', () => {
    const text = { value: '' };
    const dropped = vi.fn();
    doStep(text, 'a', dropped);
    undoStep();
    doStep(text, 'b');
    expect(dropped).toHaveBeenCalledTimes(1);
    redoStep();
    expect(text.value).toBe('b');
  });

  it('takes a step out of turn back where that is asked for', () => {
    const text = { value: '' };
    const first = doStep(text, 'a');
    doStep(text, 'b');
    undoStep(first);
    expect(text.value).toBe('b');
    undoStep(first);
    expect(text.value).toBe('b');
    redoStep();
    expect(text.value).toBe('ba');
  });

  it('tells what was taken back and done again', () => {
    const heard = vi.fn();
    const stop = onTaken(({ what, step }) => heard(what, step.label));
    doStep({ value: '' }, 'a');
    undoStep();
    undoStep();
    redoStep();
    stop();
    undoStep();
    expect(heard.mock.calls).toEqual([
      ['undone', 'a'],
      ['redone', 'a'],
    ]);
  });
});
