/**
 * Names how this pipeline answers. Raised by hand whenever the same picture may get other boxes, numbers or crops; a
 * test holds recorded answers against it. Answers are remembered under it, so that a build that changes nothing of the
 * pipeline throws none away, and one that does throws all away.
 */
export const PIPELINE = 'facebound-4';
