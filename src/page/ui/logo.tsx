/** The mark: a face in the corners of its bounding box. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 64 64" className={className} fill="none" strokeWidth="4" strokeLinecap="round" aria-hidden="true">
      <path
        className="stroke-accent"
        d="M6 20v-6a8 8 0 0 1 8-8h6M44 6h6a8 8 0 0 1 8 8v6M58 44v6a8 8 0 0 1-8 8h-6M20 58h-6a8 8 0 0 1-8-8v-6"
      />
      <path className="stroke-ink" d="M22 39c3 4.500 6.500 6 10 6s7-1.500 10-6" />
      <circle className="fill-ink" cx="23" cy="27" r="3.500" />
      <circle className="fill-ink" cx="41" cy="27" r="3.500" />
    </svg>
  );
}
