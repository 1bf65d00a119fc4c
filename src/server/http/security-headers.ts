import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { ServerEnv } from './env.ts';

/** A fresh style nonce for one response. */
export const newNonce = (): string => randomBytes(16).toString('base64');

/**
 * The page's policy; `nonce` lets in the style elements that libraries add, `scriptHashes` (`'sha256-…'`) the scripts
 * that stand in the built shell itself, and no other.
 */
export const pagePolicy = (nonce: string, scriptHashes: readonly string[]): string =>
  [
    "default-src 'none'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...scriptHashes].join(' '),
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** For everything that is not the page: whatever it holds, opened by itself it can do nothing. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

const FIXED: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-frame-options': 'DENY',
};
/** Half a year, once the page is served over TLS. */
const STRICT_TRANSPORT = 'max-age=15552000';

/** Sets the headers that every answer carries. A policy that a route has set stays. */
export const securityHeaders: MiddlewareHandler<ServerEnv> = async (c, next) => {
  await next();
  const { headers } = c.res;
  for (const [name, value] of Object.entries(FIXED)) headers.set(name, value);
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', DATA_POLICY);
  if (c.get('origin')?.startsWith('https:')) headers.set('strict-transport-security', STRICT_TRANSPORT);
};
