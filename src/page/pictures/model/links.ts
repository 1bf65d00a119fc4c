import { trimEndWhile } from '#shared/trim.ts';
import { withoutMarkup } from './marked-links.ts';

/** An address that can be loaded, and a name for its picture. */
export type Link = { readonly url: string; readonly name: string };

/** Why a piece of text is not an address that we load. `suggestion` is what was probably meant instead of `whole`. */
export type LinkProblem = {
  /** Short enough to be shown. */
  readonly text: string;
  readonly whole: string;
  readonly code: 'no-scheme' | 'local-path' | 'other-scheme' | 'other-page' | 'has-password' | 'not-an-address';
  readonly suggestion: string | undefined;
};

export type ParsedLinks = {
  readonly links: readonly Link[];
  /** Pictures that are written out in the address itself (`data:image/…`). */
  readonly dataUrls: readonly string[];
  readonly problems: readonly LinkProblem[];
};

const LONGEST_SHOWN = 80;

/**
 * Reads addresses out of text: one or many, separated by line breaks, spaces, commas or semicolons, with or without
 * quotes or brackets around, and in HTML, BBCode or Markdown. Only http and https are loaded. The same address twice counts once.
 */
export function parseLinks(text: string): ParsedLinks {
  const links = new Map<string, Link>();
  const dataUrls = new Set<string>();
  const problems: LinkProblem[] = [];
  for (const piece of withoutMarkup(text.replaceAll(UNSEEN, ''))
    .split(/[\r\n\t]+/)
    .flatMap(piecesOfLine)) {
    if (/^data:image\//i.test(piece)) {
      dataUrls.add(piece);
      continue;
    }
    const parsed = parseLink(piece);
    if ('code' in parsed) problems.push(parsed);
    else links.set(parsed.url, parsed);
  }
  return { links: [...links.values()], dataUrls: [...dataUrls], problems };
}

/** Marks of writing direction and places where a line may break, which come along when an address is copied. */
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Spaces, commas and semicolons separate addresses only where another begins, so that a file name with spaces and a
 * query with commas stay whole.
 */
function piecesOfLine(line: string): readonly string[] {
  return line
    .replaceAll(/\s+/g, ' ')
    .split(
      / (?=["'<(`*“„‘«]*(?:[a-z][a-z\d+.-]*:\/\/|data:image\/|www\.))|[,;](?=["'<(`*“„‘«]*(?:https?:\/\/|www\.))|(?:^| )\|(?: |$)/i,
    )
    .map((piece) => unwrapped(withoutWords(takenOut(piece))))
    .filter((piece, _, all) => piece !== '' && !BULLET.test(piece) && !(all.length > 1 && piece.endsWith(':')));
}

/** What opens around an address in style sheets, formulas, JSON, templates and chats, with what ends it there. */
const ENDS: Readonly<Record<string, string>> = { '"': '"', "'": "'", '<': '>|', '{': '}|', '|': ']|', ':': ' ' };

/** An address out of what stands around it: `url("…")`, `=IMAGE("…")`, `{"url":"…"}`, `{{…|words}}`, `URL:…`. */
function takenOut(piece: string): string {
  const at = piece.search(/https?:\/\//i);
  if (at <= 0) return piece;
  const before = piece.slice(0, at).trim().toLowerCase();
  if (before.includes('://') || before === 'blob:' || before === 'view-source:') return piece;
  const ends = ENDS[piece.charAt(at - 1)];
  const rest = piece.slice(at);
  if (ends === undefined) return before.endsWith('(') ? upToBracket(rest) : piece;
  const end = [...rest].findIndex((letter) => ends.includes(letter));
  return end === -1 ? rest : [...rest].slice(0, end).join('');
}

/** Up to the round bracket that was opened before. */
function upToBracket(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charAt(at) === '(') depth += 1;
    if (text.charAt(at) === ')' && depth-- === 0) return text.slice(0, at);
  }
  return text;
}

const PICTURE_ENDING = /\.(?:jpe?g|png|webp|gif|avif|hei[cf]|bmp|tiff?|jxl)$/i;

/** Without the words behind an address that ends like a picture; a file name with spaces has its ending behind them. */
function withoutWords(piece: string): string {
  const space = piece.trimStart().indexOf(' ');
  const first = space === -1 ? piece : piece.trimStart().slice(0, space);
  const isWhole =
    space === -1 || !PICTURE_ENDING.test(first.split(/[?#]/, 1)[0] ?? '') || /\.[a-z]{3,4}\b/i.test(piece.slice(space));
  return isWhole || !/^https?:\/\//i.test(first) ? piece : first;
}

/** What stands before each address in a list; a label, which ends with a colon, is not one either. */
const BULLET = /^(?:[-–—•·*+]|\d{1,3}[.)])$/;

/** Takes off what stands around an address, and nothing that belongs to it: `photo_(1)` keeps its bracket. */
function unwrapped(piece: string): string {
  const whole = piece.trim();
  const begun = whole.replace(/^["'<([`*“„‘«]+/, '');
  const opening = whole.slice(0, whole.length - begun.length);
  const wasQuoted = opening.includes("'");
  // The full stop of a sentence, and what emphasises, only where it stood before as well.
  const around = ` ,;.">”“’»${opening.includes('*') ? '*' : ''}${opening.includes('`') ? '`' : ''}`;
  const surplus: Record<string, number> = {
    ')': count(begun, ')') - count(begun, '('),
    ']': count(begun, ']') - count(begun, '['),
  };
  return trimEndWhile(begun, (letter) => {
    const left = surplus[letter];
    if (left !== undefined) surplus[letter] = left - 1;
    return left === undefined ? around.includes(letter) || (letter === "'" && wasQuoted) : left > 0;
  });
}

const count = (text: string, letter: string): number => text.split(letter).length - 1;

function parseLink(text: string): Link | LinkProblem {
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text;
  const problem = (code: LinkProblem['code'], suggestion?: string): LinkProblem => ({
    text: shown,
    whole: text,
    code,
    suggestion,
  });
  if (/^(?:[a-z]:[\\/]|\\\\|\/(?!\/)|~\/|\.{1,2}[\\/]|file:)/i.test(text)) return problem('local-path');
  if (/^(?:blob:|about:|chrome|moz-|safari-|javascript:|view-source:)/i.test(text)) return problem('other-page');
  const scheme = /^([a-z][a-z\d+.-]*):(?!\d+(?:\/|$))/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    const suggestion = `https://${text.replace(/^\/\//, '')}`;
    return looksLikeHost(text) ? problem('no-scheme', suggestion) : problem('not-an-address');
  }
  if (scheme !== 'http' && scheme !== 'https') return problem('other-scheme');
  if (!URL.canParse(text)) return problem('not-an-address');
  const url = new URL(text);
  // Whoever sees the address would see the password: the vendor, its logs, the exported request.
  if (url.username !== '' || url.password !== '')
    return { ...problem('has-password'), text: url.host, whole: url.host };
  return { url: url.href, name: linkName(url) };
}

/** A host name with an ending, `localhost` or an IPv4 address, with or without a port and what follows it. */
function looksLikeHost(text: string): boolean {
  if (/\s/.test(text)) return false;
  const [authority = ''] = text.replace(/^\/\//, '').split(/[/?#]/, 1);
  const [host = '', port, ...more] = authority.split(':');
  if (more.length > 0 || (port !== undefined && !/^\d+$/.test(port))) return false;
  const labels = host.split('.');
  if (labels.length === 1) return host.toLowerCase() === 'localhost';
  if (labels.length === 4 && labels.every((label) => /^\d{1,3}$/.test(label))) return true;
  return labels.every((label) => /^[\p{L}\d-]+$/u.test(label)) && /^\p{L}{2,}$/u.test(labels.at(-1) ?? '');
}

/** The file's name in the address, or the host when there is none. */
export function linkName(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '');
  if (last === undefined) return url.host;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** A sentence for a problem: what happened, what to do. */
export function linkProblemMessage(problem: LinkProblem): string {
  switch (problem.code) {
    case 'no-scheme':
      return `An address begins with https://. Did you mean ${problem.suggestion ?? `https://${problem.text}`}?`;
    case 'local-path':
      return `“${problem.text}” is a place on your own disk, which a page cannot open. Drop the file here or use Browse.`;
    case 'other-scheme':
      return `“${problem.text}” is not a web address. Only addresses that begin with https:// or http:// can be loaded.`;
    case 'other-page':
      return `“${problem.text}” exists only inside the page it comes from. Save the picture and drop the file.`;
    case 'has-password':
      return `The address at ${problem.text} holds a user name or a password, which the service would see. Save the picture and drop the file.`;
    case 'not-an-address':
      return `“${problem.text}” is not an address. Open the picture itself, copy its address, and paste it here.`;
  }
}
