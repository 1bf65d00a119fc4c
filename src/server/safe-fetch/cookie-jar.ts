/**
 * Cookies of one caller's chain of redirects: some hosts give a picture only to whoever brings back the cookie of the
 * answer before. Each goes back to the very host that set it and to no other, whatever domain it names, and all of them
 * are forgotten with the chain.
 */
export type CookieJar = {
  /** Takes the `Set-Cookie` headers of an answer. */
  take(from: URL, setCookie: string | readonly string[] | undefined): void;
  /** The `Cookie` header for an address; undefined when there is none for it. */
  headerFor(target: URL): string | undefined;
};

/** Most cookies of a host, and longest of them with its name, in characters: as browsers hold it (RFC 6265, 6.1). */
const MAX_COOKIES = 50;
const MAX_LENGTH = 4096;

type Cookie = { readonly value: string; readonly path: string; readonly isSecure: boolean };

export function createCookieJar(): CookieJar {
  const hosts = new Map<string, Map<string, Cookie>>();
  return {
    take(from, setCookie) {
      const lines = setCookie === undefined ? [] : typeof setCookie === 'string' ? [setCookie] : setCookie;
      const cookies = hosts.get(from.host) ?? new Map<string, Cookie>();
      for (const line of lines) {
        const parsed = parseCookie(line, from);
        if (parsed === undefined) continue;
        cookies.delete(parsed.name);
        if (!parsed.isOver && cookies.size < MAX_COOKIES) cookies.set(parsed.name, parsed.cookie);
      }
      hosts.set(from.host, cookies);
    },
    headerFor(target) {
      const sent = [...(hosts.get(target.host) ?? [])].filter(
        ([, { path, isSecure }]) => isOnPath(target.pathname, path) && (!isSecure || target.protocol === 'https:'),
      );
      return sent.length === 0 ? undefined : sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
    },
  };
}

/** RFC 6265, 5.1.4. */
const isOnPath = (pathname: string, path: string): boolean =>
  pathname === path || (pathname.startsWith(path) && (path.endsWith('/') || pathname[path.length] === '/'));

/** The path of a cookie that names none: the folder of the address that set it. */
const folderOf = ({ pathname }: URL): string => pathname.slice(0, Math.max(1, pathname.lastIndexOf('/')));

/** RFC 6265, 5.2. Nothing for what is none, is too long, or holds what no header may. */
function parseCookie(
  line: string,
  from: URL,
): { readonly name: string; readonly cookie: Cookie; readonly isOver: boolean } | undefined {
  const [pair = '', ...attributes] = line.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(0, equals)).trim();
  const value = pair.slice(equals + 1).trim();
  if (name === '' || name.length + value.length > MAX_LENGTH || !/^[\x21-\x7e]+$/.test(name)) return undefined;
  if (!/^[\x20-\x7e]*$/.test(value)) return undefined;
  const told = new Map(
    attributes.map((attribute) => {
      const [key = '', ...rest] = attribute.split('=');
      return [key.trim().toLowerCase(), rest.join('=').trim()] as const;
    }),
  );
  const path = told.get('path') ?? '';
  const expires = Date.parse(told.get('expires') ?? '');
  const maxAge = told.get('max-age');
  const isOver = maxAge === undefined ? expires <= Date.now() : /^(?:-\d+|0+)$/.test(maxAge);
  return {
    name,
    cookie: { value, path: path.startsWith('/') ? path : folderOf(from), isSecure: told.has('secure') },
    isOver,
  };
}
