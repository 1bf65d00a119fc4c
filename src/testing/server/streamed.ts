/** A request body of unknown length, sent in chunks. (`duplex` is what `fetch` asks for, and what its types lack.) */
export const streamed = (bytes: Uint8Array): RequestInit & { readonly duplex: 'half' } => ({
  body: new Blob([new Uint8Array(bytes)]).stream(),
  duplex: 'half',
});
