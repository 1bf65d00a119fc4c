/**
 * Colours of face boxes: Okabe and Ito's set for colour-blind readers (https://jfly.uni-koeln.de/color/) and lighter
 * kin of it, all readable on the dark badge. The number is what tells faces apart; colour comes second.
 */
const FACE_COLORS = ['#56b4e9', '#e69f00', '#009e73', '#f0e442', '#cc79a7', '#d55e00', '#7ca6f8', '#a6d854'] as const;

/** Colour of a face by its number; repeats after the last. */
export const faceColor = (faceNo: number): string =>
  FACE_COLORS[(((faceNo - 1) % FACE_COLORS.length) + FACE_COLORS.length) % FACE_COLORS.length] ?? FACE_COLORS[0];
