/** Where the ledger lives: the origin of the app that this extension was built for. */
declare const __PWA_ORIGIN__: string;
