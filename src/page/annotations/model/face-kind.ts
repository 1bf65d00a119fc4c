/** What data sets call a face, each in small letters and without what stands between the words. */
const FACE_KINDS: ReadonlySet<string> = new Set([
  'face',
  'faces',
  'face drawn',
  'human face',
  'human faces',
  'person face',
  'face person',
  'people face',
  'frontal face',
  'gesicht',
  'visage',
  'cara',
  'rostro',
  'rosto',
  'viso',
  'volto',
  'gezicht',
  'ansikte',
  'twarz',
  'лицо',
  'обличчя',
  'yüz',
  '脸',
  '人脸',
  '人臉',
  '顔',
  '얼굴',
  'चेहरा',
  'وجه',
]);

/**
 * Whether boxes of this kind are faces. Only what is called so: a head, a person or a face mask is something else, and
 * whoever wants it taken for a face is asked.
 */
export const isFaceKind = (name: string): boolean =>
  FACE_KINDS.has(
    name
      .normalize('NFC')
      .toLowerCase()
      .replace(/[\s_\-./]+/g, ' ')
      .trim(),
  );

const HEADS_AND_PERSONS: readonly ReadonlySet<string>[] = [
  new Set(['head', 'heads', 'human head', 'kopf', 'tête', 'cabeza']),
  new Set(['person', 'persons', 'people', 'human', 'pedestrian']),
];

/**
 * The kinds of a truth that faces are compared with: those called a face, else a head, else a person. Undefined where
 * none is called so, and then a person is asked.
 */
export function comparedKinds(kinds: readonly string[]): ReadonlySet<string> | undefined {
  const called = [
    isFaceKind,
    ...HEADS_AND_PERSONS.map((names) => (kind: string) => names.has(kind.toLowerCase().trim())),
  ];
  for (const isCalledSo of called) {
    const found = kinds.filter(isCalledSo);
    if (found.length > 0) return new Set(found);
  }
  return kinds.length === 0 ? new Set() : undefined;
}
