import type { FailureCode } from '#shared/failure.ts';
import { FAILURE_MESSAGES } from '#shared/failure-message.ts';
import { assertNever } from '#shared/result.ts';
import type { GenerationPhase, KeptFailure } from './generation.ts';

/** What happened to a generation, and what to do: short, sentence case, without blame. */
export type GenerationMessage = { readonly title: string; readonly text: string };

const NOTHING_PAID = 'Nothing was started and nothing was paid.';

/** How services speak of pictures and prompts that they will not work on. */
const MODERATION = /moderat|sensitive|violat|inappropriate|prohibit|unsafe|not allowed|risk/i;

const MODERATED: GenerationMessage = {
  title: 'Moderation stopped this',
  text: 'Kling does not work on this prompt or picture. Change the prompt, or use another picture. No task was started.',
};

const ACCOUNT_FORBIDDEN: GenerationMessage = {
  title: 'The account may not do this',
  text: `The service refused it for this account. Check the subscription at useapi.net. ${NOTHING_PAID}`,
};

/** Codes that mean something else, or call for something else, when they come from a generation. */
const SEND_MESSAGES: Partial<Readonly<Record<FailureCode, GenerationMessage>>> = {
  'bad-request': {
    title: 'Kling did not accept the request',
    text: `It found something in it that it could not use; its own words are below. ${NOTHING_PAID}`,
  },
  unauthorized: {
    title: 'The token was not accepted',
    text: `Enter it again, or copy a fresh one from your useapi.net account. ${NOTHING_PAID}`,
  },
  'no-subscription': {
    title: 'Not enough credits, or no subscription',
    text: `Check both at useapi.net and Kling, or ask for fewer pictures. ${NOTHING_PAID}`,
  },
  'no-credits': {
    title: 'Not enough credits',
    text: `Add credits at Kling, choose another account, or ask for fewer pictures. ${NOTHING_PAID}`,
  },
  forbidden: ACCOUNT_FORBIDDEN,
  'service-forbidden': ACCOUNT_FORBIDDEN,
  moderated: MODERATED,
  'not-found': {
    title: 'The account is not there',
    text: `The service does not know the Kling account. Choose another, or set it up at useapi.net. ${NOTHING_PAID}`,
  },
  'result-gone': {
    title: 'The picture is no longer at Kling',
    text: `Uploads are kept for 7 days. The page uploads it again by itself, which is free; then generate again. ${NOTHING_PAID}`,
  },
  'at-capacity': {
    title: 'Kling is at capacity',
    text: `Every account is busy with other tasks. Wait a minute, then generate again. ${NOTHING_PAID}`,
  },
  restarting: {
    title: 'The server is restarting',
    text: `It sent nothing to Kling. Generate again in a moment. ${NOTHING_PAID}`,
  },
  'session-broken': {
    title: 'The Kling account has lost its session',
    text: `Renew the account’s session at useapi.net, then generate again. If Kling shows a slider captcha there, the set-up page at useapi.net explains the pass token that leads past it. ${NOTHING_PAID}`,
  },
};

/** Words for a request that the service refused. */
export function refusalMessage({ code, detail }: KeptFailure): GenerationMessage {
  if (code === 'moderated-or-fault') {
    return MODERATION.test(detail ?? '')
      ? MODERATED
      : {
          title: 'Kling failed on the request',
          text: 'Its own words are below. No task was started. Generate again, or change the prompt.',
        };
  }
  const { title, cause, cure } = FAILURE_MESSAGES[code];
  return SEND_MESSAGES[code] ?? { title, text: `${cause} ${cure}` };
}

/** Words for where a generation stands. */
export function phaseMessage(phase: GenerationPhase): GenerationMessage {
  switch (phase.kind) {
    case 'sending':
      return { title: 'Sending', text: 'The request is on its way to Kling.' };
    case 'unknown':
      return {
        title: 'Sent, outcome unknown',
        text: 'No answer came back. Kling may be working on it and may have taken the credits. Look at your tasks at Kling before you send it again.',
      };
    case 'refused':
      return refusalMessage(phase.failure);
    case 'running':
      return { title: 'Kling is working on it', text: 'You can close this panel or reload the page: it goes on.' };
    case 'succeeded':
      return {
        title: phase.pictures.length === 1 ? '1 picture' : `${phase.pictures.length} pictures`,
        text:
          phase.lost === 0
            ? `Kling keeps ${phase.pictures.length === 1 ? 'it' : 'them'} for 7 days.`
            : `Kling keeps ${phase.pictures.length === 1 ? 'it' : 'them'} for 7 days. ${phase.lost === 1 ? 'One more picture' : `${phase.lost} more pictures`} could not be made.`,
      };
    case 'failed':
      return failedMessage(phase);
    case 'vanished':
      return phase.why === 'result-gone'
        ? { title: 'The result is gone', text: 'Kling keeps results for 7 days.' }
        : {
            title: 'The task has vanished',
            text: 'Kling no longer knows it: it was deleted, moderation stopped it, or it belongs to another token.',
          };
    default:
      return assertNever(phase);
  }
}

function failedMessage({ statusName, message }: Extract<GenerationPhase, { kind: 'failed' }>): GenerationMessage {
  if (MODERATION.test(`${statusName ?? ''} ${message ?? ''}`)) {
    return {
      title: 'Moderation stopped this',
      text: 'Kling began and then refused the prompt or the picture. Change the prompt, or use another picture.',
    };
  }
  return statusName === 'succeed'
    ? { title: 'Done, but without a picture', text: 'Kling says that it succeeded and sent no picture with it.' }
    : { title: 'Kling could not finish this', text: 'The task ended without a picture. Its own words are below.' };
}

/** The service's own words about a generation, if it had any. */
export function ownWords(phase: GenerationPhase): string | undefined {
  switch (phase.kind) {
    case 'refused':
      return phase.failure.detail;
    case 'failed':
      return phase.message ?? (phase.statusName === undefined ? undefined : `Status: ${phase.statusName}`);
    case 'unknown':
      return phase.detail;
    default:
      return undefined;
  }
}
