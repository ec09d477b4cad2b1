import { COMMENT_TEXTS, ENDINGS, SECOND_LINES } from '../texts/comment-texts.ts';
import { KEYWORD_POSTS } from '../texts/keyword-posts.ts';
import { CAR_POSTS, CHATTER_POSTS, PLACES, POLITICS_POSTS, TRAP_POSTS } from '../texts/other-posts.ts';
import { nickname } from '../texts/people.ts';
import type { Slot } from './plan-segment.ts';
import { randomFor, type Random } from './random.ts';
import type { Subject, WorldComment, WorldPost } from './world-post.ts';

const MINUTE = 60_000;

/** Where a slot of a segment lies in the world. */
export interface Placement {
  readonly seed: string;
  readonly segment: number;
  /** Epoch milliseconds of the segment's first minute. */
  readonly segmentStart: number;
  readonly postId: string;
  /** The number that the post's first comment gets; the others follow. */
  readonly firstCommentId: number;
}

/** Writes out a slot: text, people, times and comments over all time. Pure: the same slot at the same place is the same post. */
export function writePost(slot: Slot, place: Placement): WorldPost {
  const random = randomFor(place.seed, slot.site, slot.board, place.postId);
  const second = slot.site === 'bobaedream' ? 0 : random.integer(0, 59);
  const createdAt = place.segmentStart + slot.minute * MINUTE + second * 1000;
  const text = textOf(slot.subject, random);
  return {
    site: slot.site,
    board: slot.board,
    postId: place.postId,
    segment: place.segment,
    role: slot.role,
    curve: slot.curve.post,
    ...text,
    author: person(random),
    createdAt,
    editedAt: random.chance(0.15) ? createdAt + random.integer(3, 40) * MINUTE : null,
    finalViews: slot.curve.views,
    finalLikes: slot.curve.likes + random.integer(0, 9),
    gone:
      slot.goneAfter === undefined ? null : { form: slot.goneAfter === 0 ? 'deleted' : 'blinded', at: createdAt + slot.goneAfter * MINUTE },
    comments: threaded(
      slot.curve.minutes.map((minute, index) => writeComment(slot, createdAt, minute, place.firstCommentId + index, random)),
      random,
    ),
  };
}

function writeComment(slot: Slot, postCreatedAt: number, minute: number, id: number, random: Random): WorldComment {
  const createdAt = postCreatedAt + Math.round(minute * 60) * 1000;
  const onClien = slot.site === 'clien';
  return {
    id: String(id),
    isReply: random.chance(0.22),
    author: person(random),
    createdAt,
    lines: commentLines(slot.subject, random),
    finalLikes: slot.site !== 'dcinside' && random.chance(0.4) ? random.integer(1, 14) : 0,
    finalDislikes: slot.site !== 'bobaedream' ? null : random.chance(0.15) ? random.integer(1, 6) : 0,
    deleted: random.chance(0.03),
    editedAt: onClien && random.chance(0.05) ? createdAt + random.integer(1, 9) * MINUTE : null,
  };
}

/** Puts replies behind a parent that stood there before them (one level); a first comment cannot be a reply. */
function threaded(comments: readonly WorldComment[], random: Random): WorldComment[] {
  const threads: WorldComment[][] = [];
  for (const comment of comments) {
    const parent = comment.isReply && threads.length > 0 ? threads[Math.floor(random.next() ** 0.5 * threads.length)] : undefined;
    if (parent) parent.push(comment);
    else threads.push([{ ...comment, isReply: false }]);
  }
  return threads.flat();
}

function textOf(subject: Subject, random: Random): Pick<WorldPost, 'title' | 'paragraphs' | 'keywords'> {
  const text = random.pick(subject === 'keyword' ? KEYWORD_POSTS : OTHER_POSTS[subject].map((other) => ({ ...other, keywords: [] })));
  const fillings: Readonly<Record<string, string>> = {
    place: random.pick(PLACES),
    year: String(random.integer(2018, 2026)),
    km: String(random.integer(11, 190)),
    hour: String(random.integer(2, 12)),
  };
  const fill = (template: string) => template.replaceAll(/\{(\w+)\}/g, (slot, name: string) => fillings[name] ?? slot);
  return { title: fill(text.title), paragraphs: text.paragraphs.map(fill), keywords: text.keywords };
}

const OTHER_POSTS = { trap: TRAP_POSTS, car: CAR_POSTS, chatter: CHATTER_POSTS, politics: POLITICS_POSTS } as const;

function commentLines(subject: Subject, random: Random): string[] {
  const first = random.pick(COMMENT_TEXTS[subject]) + random.pick(ENDINGS);
  return random.chance(0.15) ? [first, random.pick(SECOND_LINES)] : [first];
}

function person(random: Random): string {
  return nickname(random.integer(0, 11), random.integer(0, 11), random.chance(0.4) ? random.integer(1, 99) : 0);
}
