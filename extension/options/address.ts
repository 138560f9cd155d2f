export type ReadAddress = { ok: true; url: URL } | { ok: false; message: string };

const no = (message: string): { ok: false; message: string } => ({ ok: false, message });

/** Names of this computer: what is said to them goes over no wire. */
const HERE = ['localhost', '127.0.0.1'];

/** Reads the address of a system as a person types it. What is wrong is said in a sentence. */
export function readAddress(typed: string): ReadAddress {
  const text = typed.trim();
  if (text === '') return no('Type the address as the browser shows it, like https://pms.example.com.');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase() ?? null;
  if (scheme !== null && scheme !== 'https' && scheme !== 'http')
    return no(`An address of a clinic’s system begins with https://, and this one with ${scheme}://.`);
  const url = URL.parse(scheme === null ? `https://${text}` : text);
  if (!url || !/^[a-z0-9.-]+$|^\[[0-9a-f:]+\]$/i.test(url.hostname))
    return no(`"${text}" is not an address. Type it as the browser shows it, like https://pms.example.com.`);
  if (url.username !== '' || url.password !== '')
    return no('Leave out what stands in front of the @: nobody’s name or password belongs here.');
  if (url.protocol === 'http:' && !HERE.includes(url.hostname))
    return no(
      'That address is not encrypted, so anybody on the way could change the page. Use its https address.',
    );
  return { ok: true, url };
}

export type TypedSite = { ok: true; pattern: string } | { ok: false; message: string };

/** Reads an address that a person typed, as the match pattern of its origin. */
export function readSite(typed: string): TypedSite {
  const address = readAddress(typed);
  return address.ok ? { ok: true, pattern: `${address.url.origin}/*` } : address;
}
