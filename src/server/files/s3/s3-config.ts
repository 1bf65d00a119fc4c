/** Where an object store is, and as whom it is asked. */
export type S3Config = {
  /** An origin, perhaps with a folder of it; without a slash at its end. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};
