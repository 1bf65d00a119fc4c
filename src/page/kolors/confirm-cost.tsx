import { Question } from '#page/ui/question.tsx';
import { formatCredits } from './model/kolors-request.ts';
import { obstacle, payerWords, usePayer } from './spending.tsx';

/** What would be paid, and by whom. */
export type Cost = {
  readonly credits: number;
  readonly account: string | undefined;
  /** Whose token pays. */
  readonly credential: 'server' | 'own';
  /** True when an earlier try may have been paid already. */
  readonly isAgain: boolean;
};

type ConfirmCostProps = {
  /** Nothing is asked without one. */
  readonly cost: Cost | undefined;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
};

/** Asks once, naming the cost, before anything is paid. The focus begins on Cancel. */
export function ConfirmCost({ cost, onConfirm, onCancel }: ConfirmCostProps) {
  const credits = formatCredits(cost?.credits ?? 0);
  const isAgain = cost?.isAgain === true;
  return (
    <Question
      isAsked={cost !== undefined}
      title={isAgain ? `Pay ${credits} again?` : `Spend ${credits}?`}
      answers={[
        { label: 'Cancel', look: 'outline', onChoose: onCancel },
        {
          label: isAgain ? `Send again for ${credits}` : `Generate for ${credits}`,
          look: 'primary',
          onChoose: onConfirm,
        },
      ]}
      onCancel={onCancel}
    >
      {cost !== undefined && (
        <>
          <p>{isAgain ? againMessage(credits, cost) : `Generating costs ${credits}${payer(cost)}.`}</p>
          <PayerNote cost={cost} />
        </>
      )}
    </Question>
  );
}

/** What the account has, and why Kling would refuse it now: told before anything is sent. */
function PayerNote({ cost }: { readonly cost: Cost }) {
  const known = usePayer(cost.account);
  const words = payerWords(known);
  const problem = obstacle(known, cost.credits);
  return (
    <>
      {words !== '' && <p className="tabular-nums">{words}.</p>}
      {problem !== undefined && <p className="text-warn">{problem}</p>}
    </>
  );
}

const againMessage = (credits: string, cost: Cost): string =>
  `The first request may have been paid: no answer came. Sending it again costs ${credits} more${payer(cost)}.`;

const payer = ({ account, credential }: Cost): string => {
  if (account !== undefined) return ` of ${account}`;
  return credential === 'server' ? ', paid with this server’s token' : ', paid with your token';
};
