import { AlertDialog } from 'radix-ui';
import { creditsInWords } from '#domain/kolors/kolors-request.ts';
import { buttonClass } from '#lib/ui/button.tsx';

type ConfirmCostProps = {
  readonly open: boolean;
  readonly credits: number;
  readonly account: string | undefined;
  /** Whose token pays. */
  readonly credential: 'server' | 'own';
  /** True when an earlier try may have been paid already. */
  readonly isAgain: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
};

/** Asks once, naming the cost, before anything is paid. The focus begins on Cancel. */
export function ConfirmCost({ open, credits, account, credential, isAgain, onConfirm, onCancel }: ConfirmCostProps) {
  const cost = creditsInWords(credits);
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onCancel()}>
      <AlertDialog.Portal>
        <div aria-hidden className="fixed inset-0 z-[60] bg-black/50" />
        <AlertDialog.Content className="fixed inset-x-4 top-1/2 z-[60] mx-auto max-w-sm -translate-y-1/2 rounded-xl border border-line bg-panel p-5 shadow-float outline-none">
          <AlertDialog.Title className="text-base font-semibold">
            {isAgain ? `Pay ${cost} again?` : `Spend ${cost}?`}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink-soft">
            {isAgain
              ? `The first request may have been paid: no answer came. Sending it again costs ${cost} more.`
              : `Generating costs ${cost}`}
            {!isAgain &&
              (account === undefined
                ? credential === 'server'
                  ? ', paid with this server’s token.'
                  : ', paid with your token.'
                : ` of ${account}.`)}
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel className={buttonClass('outline', 'min-h-10 px-4 pointer-coarse:min-h-11')}>
              Cancel
            </AlertDialog.Cancel>
            <AlertDialog.Action
              className={buttonClass('primary', 'min-h-10 px-4 pointer-coarse:min-h-11')}
              onClick={onConfirm}
            >
              {isAgain ? `Send again for ${cost}` : `Generate for ${cost}`}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
