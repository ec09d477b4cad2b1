import * as z from 'zod';

const boardSchema = z.string().regex(/^[a-z][a-z0-9_]{1,31}\/[A-Za-z0-9_]{1,64}$/, 'must be <site>/<board>');
const wordSchema = z
  .string()
  .regex(/[\p{L}\p{N}]/u, 'must hold a letter or a digit')
  .max(60);

/** A text that may stand anywhere, or `{text, word: true}`: a whole word, with particles (docs/keywords.md). */
const spellingSchema = z.union([wordSchema, z.strictObject({ text: wordSchema, word: z.boolean() })]);
export type Spelling = z.infer<typeof spellingSchema>;

/**
 * config/keyword-sets.json: by name, what a team watches.
 * `keywords`: each with its spellings (docs/keywords.md says what they match); `negative`: words that veto a match;
 * `boards`: watched boards as `<site>/<board>`; `alarmAll`: those of them whose posts may all alarm, without a keyword;
 * `search: false` watches the boards alone, and leaves the search of their sites unused.
 */
const keywordSetSchema = z
  .strictObject({
    keywords: z
      .array(z.strictObject({ name: z.string().min(1).max(40), spellings: z.array(spellingSchema).min(1) }))
      .min(1)
      .max(40),
    negative: z.array(wordSchema),
    boards: z.array(boardSchema),
    alarmAll: z.array(boardSchema).optional(),
    search: z.boolean().optional(),
  })
  .superRefine(({ boards, alarmAll = [] }, context) => {
    const stray = alarmAll.find((board) => !boards.includes(board));
    if (stray === undefined) return;
    context.addIssue({ code: 'custom', path: ['alarmAll'], message: `names ${stray}, which is not among boards; add it there` });
  });
export type KeywordSet = z.infer<typeof keywordSetSchema>;

export const keywordSetsSchema = z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), keywordSetSchema);
export type KeywordSets = z.infer<typeof keywordSetsSchema>;
