import type { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { LayoutChangedError } from '../../../../common/errors.ts';
import { openPage, plainText, required } from '../page.ts';
import type { CommentList, ParsedComment } from '../site.ts';
import { authorOf } from './parse.ts';
import { commentTime } from './times.ts';

const SITE = 'dcinside';
const number = z.union([z.string(), z.number()]).transform(String);

const rowSchema = z.object({
  no: number,
  del_yn: z.string().nullish(),
  depth: number.nullish(),
  user_id: z.string().nullish(),
  name: z.string().nullish(),
  ip: z.string().nullish(),
  reg_date: z.string().nullish(),
  memo: z.string().nullish(),
});
type Row = z.infer<typeof rowSchema>;

const answerSchema = z.object({ comments: z.array(rowSchema).nullable() });

/** True for a whole answer of /board/comment/. An empty body is none: it comes now and then, instead of comments. */
export function isAnswer(text: string): boolean {
  return json(text) !== undefined;
}

/**
 * Parses an answer of /board/comment/. Ads between the comments (no = 0) are no rows; deleted ones are rows without text.
 * @throws LayoutChangedError when it is no such answer or a comment lacks a required field.
 */
export function parseComments(text: string, now: Temporal.Instant): CommentList {
  const answer = answerSchema.safeParse(json(text));
  if (!answer.success) {
    const path = answer.error.issues[0]?.path.join('.') || 'the whole';
    throw new LayoutChangedError(`${SITE}: ${path} of the answer for comments is not as expected`);
  }
  // Without comments the list is null.
  const rows = (answer.data.comments ?? []).filter(({ no }) => no !== '0');
  return { rows: rows.length, comments: rows.filter(({ del_yn }) => del_yn !== 'Y').map((row) => comment(row, now)) };
}

function comment(row: Row, now: Temporal.Instant): ParsedComment {
  return {
    commentId: required(/^\d{1,32}$/.exec(row.no)?.[0], SITE, 'no of a comment'),
    isReply: Number(row.depth ?? 0) > 0,
    author: required(authorOf(row.user_id, row.name, row.ip), SITE, 'user_id or name of a comment'),
    createdAt: required(commentTime(row.reg_date ?? '', now), SITE, 'reg_date of a comment'),
    body: bodyOf(required(row.memo ?? undefined, SITE, 'memo of a comment')),
    // The answer holds no votes.
    likes: 0,
    dislikes: null,
  };
}

/** The text of a comment's HTML: empty for one that is only a picture. */
function bodyOf(memo: string): string {
  return plainText(openPage(`<div id="memo">${memo}</div>`)('#memo').first());
}

function json(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
