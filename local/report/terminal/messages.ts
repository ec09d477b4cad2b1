import type { MessageReport } from '../report-data.ts';
import { seoulClock } from '../seoul-time.ts';
import { slackPlainText } from '../slack-text.ts';
import { printable } from './text-width.ts';

/** Slack messages for a terminal: time and level, then the lines of the text below, indented. */
export function renderMessages(messages: readonly MessageReport[]): string {
  if (messages.length === 0) return 'No message was sent to Slack.';
  return messages.map(one).join('\n');
}

function one({ sentAt, text, level }: MessageReport): string {
  const lines = slackPlainText(text).split('\n').map(printable).filter(Boolean);
  return [`${seoulClock(sentAt)}  ${printable(level)}`, ...lines.map((line) => `       ${line}`)].join('\n');
}
