import * as z from 'zod/mini';

/** How many generations an account may run at once, and how many more it takes now. */
const accountPlaces = z.looseObject({
  email: z.string(),
  available: z.int(),
  maxJobs: z.catch(z.optional(z.int()), undefined),
});
export type AccountPlaces = z.infer<typeof accountPlaces>;

/** Reply of `GET /scheduler/available`, read leniently: an entry that says nothing of an account costs itself alone. */
export const freePlacesReply = z.looseObject({
  available: z.pipe(
    z.array(z.unknown()),
    z.transform((entries) =>
      entries.flatMap((entry): AccountPlaces[] => {
        const parsed = accountPlaces.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      }),
    ),
  ),
});
