import { InvalidArgumentError } from 'commander';

/** `all`, or a number of pages. @throws InvalidArgumentError */
export function pageCount(text: string): number | 'all' {
  return text === 'all' ? 'all' : whole(text, 10_000, 'pages are a whole number from 1 to 10000, or all.');
}

/** @throws InvalidArgumentError */
export function workerCount(text: string): number {
  return whole(text, 64, 'It is a whole number from 1 to 64.');
}

/** Seconds as milliseconds. @throws InvalidArgumentError */
export function seconds(text: string): number {
  const given = Number(text);
  if (text.trim() !== '' && given >= 0 && given <= 3600) return Math.round(given * 1000);
  throw new InvalidArgumentError('it is a number of seconds from 0 to 3600.');
}

/** A URL or a mail address, as a header can hold it. @throws InvalidArgumentError */
export function givenContact(text: string): string {
  if (/^[\x21-\x7e]+$/.test(text) && (URL.canParse(text) || /^[^@]+@[^@]+\.[^@]+$/.test(text))) return text;
  throw new InvalidArgumentError('It is a URL or a mail address in ASCII, where the site can reach you.');
}

function whole(text: string, max: number, rule: string): number {
  const given = Number(text);
  if (Number.isInteger(given) && given >= 1 && given <= max) return given;
  throw new InvalidArgumentError(rule);
}
