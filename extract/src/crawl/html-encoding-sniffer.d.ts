declare module 'html-encoding-sniffer' {
  /** The name of the encoding that a page's BOM or meta tag says (WHATWG names), or `defaultEncoding`. */
  export default function sniffHTMLEncoding(bytes: Uint8Array, options: { readonly defaultEncoding: string }): string;
}
