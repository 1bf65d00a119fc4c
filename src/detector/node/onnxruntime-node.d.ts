/** onnxruntime-node 1.17.0 ships without its types; its whole surface is that of the package beneath it. */
declare module 'onnxruntime-node' {
  export * from 'onnxruntime-common';
}
