import type { ObscureKind } from './obscure-plan.ts';

/** How many found faces of how many pictures are covered, and how many stay clear because they were chosen. */
export type CoveredCount = {
  readonly covered: number;
  readonly clear: number;
  readonly pictures: number;
  /** Faces that were drawn by hand, which are covered as well. */
  readonly drawn?: number;
};

export const howCovered = (kind: ObscureKind): string => (kind === 'blur' ? 'blurred' : 'in blocks');

export const nothingCovered = (kind: ObscureKind): string =>
  kind === 'blur' ? 'Nothing is blurred' : 'Nothing is covered';

/**
 * What every covered picture has to say for itself, because a detector covers what it found and nothing else: "28 found
 * faces blurred. A face that was not found${drawn === 0 ? '' : ' or drawn'} stays visible: check the picture".
 */
export function coverMessage({ covered, clear, pictures, drawn = 0 }: CoveredCount, kind: ObscureKind): string {
  const other = clear > 0 ? 'other ' : '';
  const where = pictures === 1 ? '' : ` of ${pictures} pictures`;
  const done =
    covered + drawn === 0
      ? `${nothingCovered(kind)}: no ${other}face was found`
      : `${covered} ${other}found${drawn === 0 ? '' : ` and ${drawn} drawn`} ${covered + drawn === 1 ? 'face' : 'faces'}${where} ${howCovered(kind)}`;
  return `${done}. A face that was not found${drawn === 0 ? '' : ' or drawn'} stays visible: check the ${pictures === 1 ? 'picture' : 'pictures'}`;
}
