/** Where the ledger lives: the origin of the app that this extension was built for. */
declare const __PWA_ORIGIN__: string;

/** A script that is put into pages: the name of its file in the built extension. */
declare module '*?script' {
  const file: string;
  export default file;
}
