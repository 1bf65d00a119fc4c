import { queryOptions } from '@tanstack/react-query';
import { type AppConfig, appConfig } from '#contract/app-config.ts';
import { appPaths } from '#contract/routes.ts';
import { FailureError } from '#page/platform/failure-error.ts';
import { callApi } from './api-client.ts';
import { startEngine } from './session-store.ts';

/** `GET /app/config`: what this server offers, asked once; the page begins with the engine that it names. */
export const appConfigQuery = queryOptions({
  queryKey: ['app-config'] as const,
  queryFn: async ({ signal }): Promise<AppConfig> => {
    const reply = await callApi({ method: 'GET', path: appPaths.config, signal });
    if (!reply.ok) throw new FailureError(reply.error);
    const parsed = appConfig.safeParse(reply.value.json);
    if (parsed.success) {
      startEngine(parsed.data);
      return parsed.data;
    }
    throw new FailureError({
      code: 'unreadable-reply',
      detail: undefined,
      retryAfterMs: undefined,
      exchange: reply.value.exchange,
    });
  },
});
