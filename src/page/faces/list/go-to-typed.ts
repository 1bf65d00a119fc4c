import { TypedNumber } from '#page/keyboard/typed-number.ts';
import { selectionStore } from '#page/pictures/selection-store.ts';
import { type Face, faceId } from '#shared/face.ts';

/** One for the page: a number means the same whether the list has the focus or anything else. */
const typedNumber = new TypedNumber();

/** Selects the face whose number is being typed. False for a digit that is not taken: `0` fits the picture. */
export function goToTyped(digit: string, faces: readonly Face[]): boolean {
  const faceNo = typedNumber.take(digit, faces.at(-1)?.faceNo ?? 0);
  if (faceNo === undefined) return false;
  const id = faceId(faceNo);
  if (faces.some((face) => face.id === id)) selectionStore.getState().select(id);
  return true;
}
