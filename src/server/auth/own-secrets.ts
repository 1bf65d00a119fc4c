import { sameText } from './constant-time.ts';

/** Secrets of this server that no other service may ever see. */
export type OwnSecrets = {
  /** Whether a bearer is one of them. Takes the same time whichever it is, or none. */
  include(bearer: string): boolean;
};

/**
 * The access key, the embedded engine's token and the signing secret in the ways in which it can be written down.
 * A program that is set up for the embedded engine sends its token to `/v1/kling` as well; once that is Kling, it must
 * not leave. The token of the live service is what that service is to be sent, even where another secret equals it.
 */
export function createOwnSecrets(options: {
  readonly accessKey: string | undefined;
  readonly embeddedToken: string | undefined;
  readonly useapiToken: string | undefined;
  readonly signingSecret: Uint8Array;
}): OwnSecrets {
  const signing = Buffer.from(options.signingSecret);
  const hex = signing.toString('hex');
  const base64 = signing.toString('base64');
  const secrets = [
    options.accessKey,
    options.embeddedToken,
    hex,
    hex.toUpperCase(),
    base64,
    base64.replaceAll('=', ''),
    signing.toString('base64url'),
  ]
    .filter((secret) => secret !== undefined)
    .filter((secret) => secret !== options.useapiToken);
  return {
    include: (bearer) => secrets.filter((secret) => sameText(bearer, secret)).length > 0,
  };
}
