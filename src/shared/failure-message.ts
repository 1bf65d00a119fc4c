import type { ResponseFile } from '#contract/saved-result-file.ts';
import type { Failure, FailureCode } from './failure.ts';

/** What happened, why, and what to do: short, sentence case, without blame. */
export type FailureMessage = {
  readonly title: string;
  readonly cause: string;
  readonly cure: string;
  /** Whether trying the same again can help, so that a Retry button is offered. */
  readonly canRetry: boolean;
};

/** The one table from failure code to words. */
export const FAILURE_MESSAGES: Readonly<Record<FailureCode, FailureMessage>> = {
  'bad-request': {
    title: 'The service did not accept the request',
    cause: 'It found something in the request that it could not use.',
    cure: 'The Response tab shows what it answered.',
    canRetry: false,
  },
  unauthorized: {
    title: 'The token was not accepted',
    cause: 'The service does not know this API token, or it was changed.',
    cure: 'Enter the token again, or copy a fresh one from your useapi.net account.',
    canRetry: false,
  },
  'token-required': {
    title: 'Kling needs a token',
    cause: 'Neither this server nor this tab has an API token for the live service.',
    cure: 'Enter your useapi.net token, or switch to the embedded engine.',
    canRetry: false,
  },
  'session-ended': {
    title: 'Your session has ended',
    cause: 'It was signed out, it is older than 12 hours, or the server was restarted with another key.',
    cure: 'Try again to open a new one. Your work stays where it is.',
    canRetry: true,
  },
  'cookie-refused': {
    title: 'This browser keeps no cookie of this page',
    cause: 'Without it the server takes every call for a stranger’s.',
    cure: 'Allow cookies and site data for this address in the browser’s settings, then reload the page.',
    canRetry: false,
  },
  'no-subscription': {
    title: 'The subscription does not cover this',
    cause: 'The account has no active subscription or not enough credits.',
    cure: 'Check the subscription and the credits at useapi.net and Kling.',
    canRetry: false,
  },
  'no-credits': {
    title: 'Not enough credits',
    cause: 'The Kling account has too few credits left for this.',
    cure: 'Add credits at Kling, or choose another account in the header.',
    canRetry: true,
  },
  'service-forbidden': {
    title: 'The account may not do this',
    cause: 'The service refused it for this account.',
    cure: 'Check the account and its subscription at useapi.net.',
    canRetry: false,
  },
  forbidden: {
    title: 'The server refused this request',
    cause: 'It does not come from the address that the server knows as its own.',
    cure: 'Open the page at the address the server printed, or set FACEBOUND_ORIGIN to the address you use.',
    canRetry: false,
  },
  'not-found': {
    title: 'There is nothing at this address',
    cause: 'The service does not know what was asked for. Perhaps no Kling account is configured yet.',
    cure: 'Configure an account at useapi.net, then try again.',
    canRetry: true,
  },
  'account-required': {
    title: 'Choose an account',
    cause: 'Several Kling accounts are configured, and the service wants to know which one to use.',
    cure: 'Choose an account in the header.',
    canRetry: false,
  },
  'result-gone': {
    title: 'This picture is no longer there',
    cause: 'Uploads and results are kept for 7 days.',
    cure: 'Upload the picture again.',
    canRetry: true,
  },
  'too-large': {
    title: 'This picture is too large',
    cause: 'The service takes at most 10 MB, and a proxy in between may take less.',
    cure: 'Drop the file itself: the page shrinks it before sending. If that is refused, too, raise the proxy’s limit.',
    canRetry: false,
  },
  'unsupported-picture': {
    title: 'This picture could not be read',
    cause: 'It is broken, cut off, or of a kind that the service does not take.',
    cure: 'Open it in a picture editor, save it as JPEG or PNG, and try again.',
    canRetry: false,
  },
  'at-capacity': {
    title: 'The service is busy',
    cause: 'Everything that can work on this is working on something else.',
    cure: 'The page tries again by itself after the wait that the service asked for.',
    canRetry: true,
  },
  moderated: {
    title: 'Moderation refused this',
    cause: 'The service does not work on what was sent.',
    cure: 'Use another picture.',
    canRetry: false,
  },
  'moderated-or-fault': {
    title: 'The service refused or failed',
    cause: 'It answers like this when moderation stops a picture, and also when something broke on its side.',
    cure: 'Read its own words below. Try again, or use another picture.',
    canRetry: true,
  },
  'server-fault': {
    title: 'Something broke on the server',
    cause: 'It could not finish this picture, although it tried again.',
    cure: 'Try once more. If it stays like this, save the picture as a new JPEG and drop that.',
    canRetry: true,
  },
  'not-implemented': {
    title: 'The embedded engine does not do this',
    cause: 'It finds faces; it does not generate pictures.',
    cure: 'Switch to Kling and enter a token.',
    canRetry: false,
  },
  'link-refused': {
    title: 'This link did not give a picture',
    cause: 'The address could not be used as a picture.',
    cure: 'Open the picture itself in a tab and copy its address, or save it and drop the file.',
    canRetry: true,
  },
  'link-changed': {
    title: 'The link changed meanwhile',
    cause:
      'When the engine fetched it, it gave another picture than the one shown here. Its faces are not shown on this one.',
    cure: 'Upload what is shown, and that is what the engine looks at.',
    canRetry: false,
  },
  'session-broken': {
    title: 'The Kling account has lost its session',
    cause: 'The service could not sign in to the linked Kling account (596).',
    cure: 'Renew the account’s session at useapi.net, then try again. If Kling shows a slider captcha there, the set-up page at useapi.net explains the pass token that leads past it.',
    canRetry: true,
  },
  unreachable: {
    title: 'The server did not answer',
    cause: 'It is not running, or the connection to it was cut.',
    cure: 'Check that the server is running, then try again.',
    canRetry: true,
  },
  restarting: {
    title: 'The server is restarting',
    cause: 'It was stopped, perhaps for an update.',
    cure: 'The page goes on by itself as soon as it is back.',
    canRetry: true,
  },
  'store-away': {
    title: 'The server cannot reach its store',
    cause: 'The place where it keeps pictures does not answer.',
    cure: 'The page goes on by itself as soon as it is back.',
    canRetry: true,
  },
  'queue-away': {
    title: 'The server cannot reach its queue',
    cause: 'Its detectors, and what it shares with other servers, are behind it.',
    cure: 'The page goes on by itself as soon as it is back.',
    canRetry: true,
  },
  'service-unreachable': {
    title: 'The live service could not be reached',
    cause: 'The server got no answer from Kling’s API.',
    cure: 'Check the server’s network, then try again.',
    canRetry: true,
  },
  'service-trouble': {
    title: 'The service has trouble',
    cause: 'It cannot be reached through its own gateway just now, or takes no requests.',
    cure: 'This usually passes in a few minutes. Try again.',
    canRetry: true,
  },
  'service-certificate': {
    title: 'The service’s certificate is not valid',
    cause: 'Its own gateway does not trust it (526), so no request gets through.',
    cure: 'Only whoever runs the service can mend that. Try again later.',
    canRetry: true,
  },
  'service-fault': {
    title: 'The service failed',
    cause: 'Something broke on its side.',
    cure: 'Try again in a moment. If it stays like this, report it with the request id.',
    canRetry: true,
  },
  'reply-broken': {
    title: 'The service’s answer broke off',
    cause: 'It began to answer and stopped before the answer was whole.',
    cure: 'Try again in a moment. If it stays like this, the trouble is at the service.',
    canRetry: true,
  },
  offline: {
    title: 'You are offline',
    cause: 'This device has no network connection.',
    cure: 'The page goes on when the connection is back.',
    canRetry: true,
  },
  'too-slow': {
    title: 'No answer in time',
    cause: 'The service took too long, or whatever stands before it gave up waiting.',
    cure: 'It is not asked again by itself, because each try may take minutes. Try again when you like.',
    canRetry: true,
  },
  'unreadable-reply': {
    title: 'The reply could not be read',
    cause: 'The answer was not the JSON that the contract describes.',
    cure: 'The Response tab shows what came. Try again, or report it with the request id.',
    canRetry: true,
  },
  'refused-by-service': {
    title: 'The service could not do this',
    cause: 'The call went through, but the answer says no.',
    cure: 'Its own words are below.',
    canRetry: true,
  },
  'picture-stopped': {
    title: 'This picture stopped the detector',
    cause: 'It took far more time or memory than a picture needs, so the server does not try it again for a while.',
    cure: 'Save it as a new JPEG and drop that.',
    canRetry: true,
  },
};

/** Words for one failure. A linked picture's failure carries the server's own sentence, which is more exact. */
export function messageFor(failure: Failure): FailureMessage {
  const words = FAILURE_MESSAGES[failure.code];
  return failure.code === 'link-refused' && failure.detail !== undefined ? { ...words, cause: failure.detail } : words;
}

/** Where a reply comes from that nobody is known to have given, to follow a name or stand alone. */
export const responseFileLabel = (file: ResponseFile): string => `from a ${RESPONSE_FILE_NAMES[file]}`;

/** What each of them is called. */
export const RESPONSE_FILE_NAMES: Readonly<Record<ResponseFile, string>> = {
  coco: 'COCO file',
  response: 'saved response',
  yolo: 'YOLO file',
  'pascal-voc': 'Pascal VOC file',
  csv: 'CSV file',
};
