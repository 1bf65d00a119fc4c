/** Where crops come from. */
export type CropSource = {
  /** Address of the picture as the page shows it (an object URL): our own crops are cut from it. */
  readonly pictureUrl: string | undefined;
  /** The address through which the page may load a crop of the service, e.g. through the relay. */
  readonly cropHref: (url: string) => string;
};
