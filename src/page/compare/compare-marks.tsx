/** The marks of a comparison, on the picture and beside it: line first, colour second. */
export const TONES = { matched: '#5fd6a4', missed: '#ffc14d', false: '#ff7d63', truth: '#ffffff' } as const;

/** Two answers: the first solid, the second dashed. */
export const ANSWER_TONES = { first: '#7ca6f8', second: '#f0e442' } as const;

type Mark = keyof typeof TONES;

/** Colour of the mark in panels, where the ground is the theme's. */
const IN_PANELS: Readonly<Record<Mark, string>> = {
  matched: 'text-good',
  missed: 'text-warn',
  false: 'text-bad',
  truth: 'text-ink',
};

/** The line of a mark as it is drawn on the picture. */
export function MarkLine({ mark }: { readonly mark: Mark }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 26 14"
      className={`h-3.5 w-6.5 shrink-0 ${IN_PANELS[mark]}`}
      fill="none"
      stroke="currentColor"
    >
      {mark === 'matched' && <rect x="1.5" y="1.5" width="23" height="11" strokeWidth="2" />}
      {mark === 'missed' && <rect x="1.5" y="1.5" width="23" height="11" strokeWidth="2" strokeDasharray="4.5 2.5" />}
      {mark === 'false' && (
        <>
          <rect x="1.5" y="1.5" width="23" height="11" strokeWidth="2" />
          <path d="M1.5 1.5l5 3.5M24.5 1.5l-5 3.5M1.5 12.5l5-3.5M24.5 12.5l-5-3.5" strokeWidth="1.75" />
        </>
      )}
      {mark === 'truth' && <rect x="1.5" y="1.5" width="23" height="11" strokeWidth="1.25" strokeDasharray="2 2" />}
    </svg>
  );
}
