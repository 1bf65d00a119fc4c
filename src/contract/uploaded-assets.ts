import * as z from 'zod/mini';

/** Most ids that one `DELETE /assets/uploaded/` takes. Vendor's limit. */
export const MOST_DELETED_AT_ONCE = 10;

/** What `GET /assets/uploaded/` may be asked by; anything else is not sent on. `fileName` is a keyword search. */
export const UPLOADED_ASSETS_QUERY = ['email', 'fileName', 'contentType', 'pageNum', 'pageSize', 'sort'] as const;

/** Ids as `DELETE /assets/uploaded/` takes them: numbers as text, with commas between them. */
export const assetIds = z.string().check(
  z.regex(/^\d{1,40}(?:,\d{1,40})*$/),
  z.refine((text) => text.split(',').length <= MOST_DELETED_AT_ONCE),
);

/** The vendor's 400 for other ids, word for word. */
export const assetIdsRefused = (id: string) => ({
  error: `Parameter id (${id}) must be a numeric string or a comma-separated list of up to ${MOST_DELETED_AT_ONCE} numeric strings`,
});

/** An id of the vendor's: text, though a service may write it as a number. One that a number cannot hold exactly is none. */
const id = z.union([z.string().check(z.trim(), z.minLength(1)), z.pipe(z.int(), z.transform(String))]);

/** One upload of the list, as far as it can be told which it is; anything else may be missing or odd. */
export const uploadedAsset = z.looseObject({
  id,
  name: z.string(),
  resource: z.looseObject({ resource: z.string() }),
});
export type UploadedAsset = z.infer<typeof uploadedAsset>;

/** Reply of `GET /assets/uploaded/`, read leniently: an entry that does not tell which upload it is costs itself alone. */
export const uploadedAssetsReply = z.looseObject({
  uploadAssetsList: z.pipe(
    z.array(z.unknown()),
    z.transform((entries) => ({
      /** How many the service listed on this page of the list, readable or not. */
      listed: entries.length,
      assets: entries.flatMap((entry): UploadedAsset[] => {
        const parsed = uploadedAsset.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      }),
    })),
  ),
});

/** Reply of `DELETE /assets/uploaded/`: only an id that it names was confirmed to be gone. */
export const deletedAssetsReply = z.looseObject({ ids: z.array(id) });
