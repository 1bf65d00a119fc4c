/** The part of libheif's script that we use; its own types cover only the generated functions, not these classes. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  export type HeifImage = {
    is_primary(): boolean;
    get_width(): number;
    get_height(): number;
    /** Fills RGBA into `target.data`; calls back with null when the picture cannot be decoded. */
    display(target: ImageData, done: (drawn: ImageData | null) => void): void;
    free(): void;
  };
  export type HeifDecoder = { decode(file: Uint8Array): HeifImage[] };
  // biome-ignore lint/style/noDefaultExport: the library's own shape.
  export default function createLibheif(): { HeifDecoder: new () => HeifDecoder };
}
