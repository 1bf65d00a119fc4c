import { useState } from 'react';
import { useSelection } from '#page/pictures/selection-store.ts';
import { createPreference } from '#page/platform/preference.ts';

/** `folded` once a person folded it while a face was selected: then selecting does not open it any more. */
const preference = createPreference('facebound.inspector', ['on-selecting', 'folded']);

/**
 * Whether the inspector is open: while a face is selected, unless it was folded by hand, and from where it was opened by
 * hand until it is folded again.
 */
export function useInspectorFold(): { readonly isOpen: boolean; readonly onChange: (open: boolean) => void } {
  const hasSelection = useSelection().ids.length > 0;
  const wish = preference.use();
  const [isHeldOpen, setHeldOpen] = useState(false);
  return {
    isOpen: isHeldOpen || (hasSelection && wish === 'on-selecting'),
    onChange: (open) => {
      setHeldOpen(open && !hasSelection);
      if (open) preference.set('on-selecting');
      else if (hasSelection) preference.set('folded');
    },
  };
}
