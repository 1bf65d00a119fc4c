import { CONTRACT_BASE, engineBase } from '#contract/routes.ts';

/** `openApiDocument` as JSON, without `servers`: those depend on the address that it is asked for at. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

/** Where the contract is answered, below the base of our addresses, as the document lists it. */
export const serversAt = (base: string) => [
  { url: `${base}${CONTRACT_BASE}`, description: 'The default engine' },
  { url: `${base}${engineBase('embedded')}`, description: 'The embedded engine' },
  { url: `${base}${engineBase('kling')}`, description: 'Kling' },
];
