import { useState } from 'react';
import { useAnnounced } from '#page/platform/notices.ts';

/** Reads out what `announce` tells from now on: what was told before it was there is over. */
export function Announcement() {
  const announced = useAnnounced();
  const [before] = useState(announced);
  const { text, count } = announced;
  return (
    <p aria-live="polite" className="sr-only">
      {/* The same sentence twice in a row would not be read again. */}
      {announced !== before && (count % 2 === 0 ? text : `${text}\u00a0`)}
    </p>
  );
}
