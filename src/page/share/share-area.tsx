import { AgreeToKling } from './agree-to-kling.tsx';
import { shareQuestion } from './follow-address.ts';

/** The question that a shared address asks which would send its link to Kling. */
export function ShareArea() {
  const standing = shareQuestion.use();
  return (
    <AgreeToKling
      link={standing?.asked.link}
      onKling={() => standing?.answer('kling')}
      onEmbedded={() => standing?.answer('embedded')}
      onCancel={() => standing?.answer()}
    />
  );
}
