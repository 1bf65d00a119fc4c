import { useStore } from 'zustand';
import { AgreeToKling } from './agree-to-kling.tsx';
import { cancelShared, shareStore, takeShared } from './follow-address.ts';

/** The question that a shared address asks which would send its link to Kling. */
export function ShareArea() {
  const asked = useStore(shareStore, (state) => state.asked);
  return (
    <AgreeToKling
      link={asked?.link}
      onKling={() => takeShared('kling')}
      onEmbedded={() => takeShared('embedded')}
      onCancel={cancelShared}
    />
  );
}
