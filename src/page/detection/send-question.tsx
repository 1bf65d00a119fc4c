import clsx from 'clsx';
import { type Answer, Question } from '#page/ui/question.tsx';
import { formatPictureCount } from '#shared/format-measures.ts';
import type { SendCause } from './ask-before-sending.ts';

/** A picture that would be sent, as far as the question shows it. */
export type AskedPicture = {
  readonly id: string;
  readonly name: string;
  readonly thumbnailUrl: string;
  readonly origin: { readonly kind: string };
};

type SendQuestionProps = {
  readonly isAsked: boolean;
  /** What the person did that would send them. */
  readonly cause: SendCause;
  /** Kling account that would get them, where one was chosen. */
  readonly account: string | undefined;
  /** How many would be sent; more than `pictures` while some are still being prepared. */
  readonly count: number;
  readonly pictures: readonly AskedPicture[];
  /** The open one, if it is among them. */
  readonly open: AskedPicture | undefined;
  readonly onAll: () => void;
  readonly onOnlyOpen: () => void;
  /** Kling is chosen, and nothing is sent. */
  readonly onNone: () => void;
  /** Esc. */
  readonly onCancel: () => void;
};

/** Asks once, with the number, before what is open goes to Kling. The focus begins on Cancel. */
export function SendQuestion({
  isAsked,
  cause,
  account,
  count,
  pictures,
  open,
  onAll,
  onOnlyOpen,
  onNone,
  onCancel,
}: SendQuestionProps) {
  const cancel: Answer = { label: 'Cancel', look: 'quiet', onChoose: onCancel };
  const all: Answer = { label: count === 1 ? 'Send it' : `All ${count}`, look: 'primary', onChoose: onAll };
  const some: readonly Answer[] =
    open !== undefined
      ? count > 1
        ? [{ label: 'Only this one', look: 'outline', onChoose: onOnlyOpen }]
        : []
      : // Without it there would be no way to look at Kling's answers but to send more.
        cause === 'engine'
        ? [{ label: 'Send none', look: 'outline', onChoose: onNone }]
        : [];
  return (
    <Question
      isAsked={isAsked}
      title={`Send ${formatPictureCount(count)} to Kling?`}
      answers={[cancel, ...some, all]}
      onCancel={onCancel}
    >
      <Thumbnails pictures={pictures} count={count} open={open} />
      {open !== undefined && count > 1 && <p className="truncate text-xs text-ink-faint">This one: {open.name}</p>}
      <p>Kling is a live service outside of this server. It keeps uploads for 7 days; finding faces there is free.</p>
      <p>{CAUSE_MESSAGES[cause]}</p>
      {account !== undefined && <p className="break-words">The account is {account}.</p>}
      {pictures.some(({ origin }) => origin.kind === 'link') && <p>Of a linked picture Kling gets the link.</p>}
    </Question>
  );
}

const CAUSE_MESSAGES = {
  engine: 'What the embedded detector found stays as it is.',
  token: 'Nothing was sent with your token yet.',
  account: 'Nothing of these was sent to this account yet.',
  files: 'They came with a file that names them or that cannot be read here. Nothing was sent yet.',
  compare: 'What was found stays beside it.',
  copy: 'The link cannot be sent as it is, so a copy of what is shown here would be uploaded.',
} as const satisfies Record<SendCause, string>;

/** So many fit beside each other on the narrowest phone, with the number of the others behind them. */
const SHOWN = 5;

/** What the question is about, to see at a glance. Its names are in the words. */
function Thumbnails({ pictures, count, open }: Pick<SendQuestionProps, 'pictures' | 'count' | 'open'>) {
  const shown = pictures.slice(0, count === SHOWN + 1 ? SHOWN + 1 : SHOWN);
  const others = count - shown.length;
  if (shown.length === 0) return null;
  return (
    <div aria-hidden className="flex gap-2 py-1.5">
      {shown.map(({ id, thumbnailUrl }) => (
        <img
          key={id}
          src={thumbnailUrl}
          alt=""
          draggable={false}
          className={clsx(
            'size-11 shrink-0 rounded object-cover ring-offset-2 ring-offset-panel',
            id === open?.id && count > 1 ? 'ring-2 ring-accent' : 'ring-1 ring-line',
          )}
        />
      ))}
      {others > 0 && (
        <span className="grid size-11 shrink-0 place-items-center rounded bg-raised text-xs font-medium text-ink-soft tabular-nums">
          +{others}
        </span>
      )}
    </div>
  );
}
