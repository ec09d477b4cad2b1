import { isAscii, isUtf8 } from 'node:buffer';
import sniffEncoding from 'html-encoding-sniffer';
import iconv from 'iconv-lite';
import type { PageEncoding } from '../sites/site.ts';

export interface DecodedText {
  readonly text: string;
  readonly encoding: PageEncoding;
}

/** What Korean pages call cp949. Node's own euc-kr decoder knows only KS X 1001 and breaks the other syllables. */
const CP949 = /^(?:x-)?(?:euc[-_]?kr|cseuckr|ks_?c_?5601(?:-19\d\d)?|csksc56011987|korean|iso-ir-149|uhc|(?:cp|ms|windows)-?949)$/;
const UTF8 = /^(?:utf-?8|unicode-1-1-utf-8)$/;
const BROKEN = '\ufffd';

/**
 * Decodes a page. What counts, in this order: a BOM, the charset of the Content-Type header, the meta tag, whether the bytes are UTF-8;
 * else cp949. Bytes that contradict what was declared overrule it. `fallback` is what the site is known to write: it decides where the
 * bytes read well both ways, which only a few syllables do.
 */
export function decodePage(bytes: Buffer, contentType: string | null, fallback: PageEncoding): DecodedText {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { text: bytes.toString('utf8', 3), encoding: 'utf-8' };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: fallback };

  const declared = encodingNamed(/charset\s*=\s*["']?([^\s;"']+)/i.exec(contentType ?? '')?.[1]) ?? encodingNamed(metaEncoding(bytes));
  return isUtf8(bytes) ? decodeValidUtf8(bytes, declared ?? fallback) : decodeInvalidUtf8(bytes, declared);
}

function decodeValidUtf8(bytes: Buffer, expected: PageEncoding): DecodedText {
  if (expected === 'utf-8' || isAscii(bytes)) return { text: bytes.toString('utf8'), encoding: expected };
  const text = iconv.decode(bytes, 'cp949');
  return text.includes(BROKEN) ? { text: bytes.toString('utf8'), encoding: 'utf-8' } : { text, encoding: 'cp949' };
}

/** Neither reading may be clean: sites cut titles in the middle of a syllable. The one with fewer scars is the right one. */
function decodeInvalidUtf8(bytes: Buffer, declared: PageEncoding | null): DecodedText {
  if (declared === 'utf-8') {
    const text = bytes.toString('utf8');
    // Text in cp949 read as UTF-8 holds next to no Hangul.
    if (countOf(text, /[가-힣]/g) > countOf(text, /\ufffd/g)) return { text, encoding: 'utf-8' };
  }
  const korean = iconv.decode(bytes, 'cp949');
  if (!korean.includes(BROKEN)) return { text: korean, encoding: 'cp949' };

  const text = bytes.toString('utf8');
  const scars = countOf(text, /\ufffd/g) - countOf(korean, /\ufffd/g);
  const isKorean = scars === 0 ? declared !== 'utf-8' : scars > 0;
  return isKorean ? { text: korean, encoding: 'cp949' } : { text, encoding: 'utf-8' };
}

function encodingNamed(label: string | undefined): PageEncoding | null {
  const name = label?.toLowerCase() ?? '';
  if (UTF8.test(name)) return 'utf-8';
  return CP949.test(name) ? 'cp949' : null;
}

function metaEncoding(bytes: Buffer): string {
  return sniffEncoding(bytes, { defaultEncoding: '' });
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
