import * as z from 'zod';

/*
 * What Slack accepts of a webhook message, as far as @slack/types 3.2.0 and docs.slack.dev (read 2026-11) state it. Block types that we do not
 * send are unknown here, and so refused: add one together with its limits.
 */
const plainText = (limit: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(limit), emoji: z.boolean().optional() });
const markdown = (limit: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(limit), verbatim: z.boolean().optional() });
const anyText = (limit: number) => z.union([plainText(limit), markdown(limit)]);
const blockId = z.string().max(255).optional();

const header = z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(150) });
const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    expand: z.boolean().optional(),
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
  })
  .refine((block) => block.text ?? block.fields, 'needs text or fields');
const context = z.strictObject({ type: z.literal('context'), block_id: blockId, elements: z.array(anyText(3000)).min(1).max(10) });
const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });
const block = z.union([header, section, context, divider]);

const messageSchema = z.looseObject({ text: z.string().optional(), blocks: z.array(block).max(50).optional() });
export type AcceptedMessage = z.infer<typeof messageSchema>;

/** `word` is Slack's own answer (HTTP 400), but for `unescaped_mention`, which is this sink's. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly message: AcceptedMessage }
  | { readonly kind: 'refused'; readonly word: 'invalid_payload' | 'no_text' | 'invalid_blocks' | 'unescaped_mention' };

/** Judges a request body as Slack's webhook would. */
export function judgeMessage(body: string): Verdict {
  const message = parseJson(body);
  if (!isObject(message)) return { kind: 'refused', word: 'invalid_payload' };
  const blocks = message['blocks'];
  if (!message['text'] && !(Array.isArray(blocks) && blocks.length > 0)) return { kind: 'refused', word: 'no_text' };
  const parsed = messageSchema.safeParse(message);
  if (!parsed.success)
    return { kind: 'refused', word: parsed.error.issues[0]?.path[0] === 'blocks' ? 'invalid_blocks' : 'invalid_payload' };
  if (mentions(parsed.data)) return { kind: 'refused', word: 'unescaped_mention' };
  return { kind: 'accepted', message: parsed.data };
}

/**
 * Stricter than Slack, which would ping: no message of ours mentions anyone, so a mention is text from the web that was not escaped.
 * Every text of the message is looked at, not only its top level.
 */
function mentions(value: unknown): boolean {
  if (typeof value === 'string') return /<(?:![a-z]|[@#][A-Z0-9])/i.test(value);
  if (Array.isArray(value)) return value.some(mentions);
  return isObject(value) && Object.values(value).some(mentions);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
