import { Question } from '#page/ui/question.tsx';

type AgreeToKlingProps = {
  /** Address of the picture that somebody shared; nothing is asked without one. */
  readonly link: string | undefined;
  readonly onKling: () => void;
  readonly onEmbedded: () => void;
  readonly onCancel: () => void;
};

/**
 * A shared address that asks for Kling sends nothing there by itself: this names what would be sent, and offers the
 * embedded detector instead. Esc opens nothing.
 */
export function AgreeToKling({ link, onKling, onEmbedded, onCancel }: AgreeToKlingProps) {
  return (
    <Question
      isAsked={link !== undefined}
      title="Send this link to Kling?"
      answers={[
        { label: 'Open nothing', look: 'quiet', onChoose: onCancel },
        { label: 'Use the embedded detector', look: 'outline', onChoose: onEmbedded },
        { label: 'Send to Kling', look: 'primary', onChoose: onKling },
      ]}
      onCancel={onCancel}
    >
      <p>The address that you opened asks the live service for the faces. Kling would get the link</p>
      <p className="max-h-24 overflow-y-auto rounded bg-raised px-2 py-1.5 font-mono text-xs break-all text-ink">
        {link}
      </p>
      <p>The embedded detector numbers faces in its own order, so a face that was chosen may be another one there.</p>
    </Question>
  );
}
