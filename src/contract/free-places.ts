import { z } from 'zod';

/** How many generations an account may run at once, and how many more it takes now. */
const accountPlaces = z.looseObject({
  email: z.string(),
  available: z.number().int(),
  maxJobs: z.number().int().optional().catch(undefined),
});
export type AccountPlaces = z.infer<typeof accountPlaces>;

/** Reply of `GET /scheduler/available`, read leniently: an entry that says nothing of an account costs itself alone. */
export const freePlacesReply = z.looseObject({
  available: z.array(z.unknown()).transform((entries) =>
    entries.flatMap((entry): AccountPlaces[] => {
      const parsed = accountPlaces.safeParse(entry);
      return parsed.success ? [parsed.data] : [];
    }),
  ),
});
