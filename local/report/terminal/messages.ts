import type { MessageReport } from '../report-data.ts';
import { seoulClock } from '../seoul-time.ts';
import { slackPlainText } from '../../../alarm/src/slack/plain-text.ts';
import { printable } from './text-width.ts';

/** Slack messages for a terminal: the time, then the text, which begins with the level; its further lines are indented. */
export function renderMessages(messages: readonly MessageReport[]): string {
  if (messages.length === 0) return 'No message was sent to Slack.';
  return messages.map(one).join('\n');
}

function one({ sentAt, to, text }: MessageReport): string {
  const lines = `${to && `→ ${to}: `}${slackPlainText(text)}`.split('\n').map(printable).filter(Boolean);
  return lines.map((line, index) => `${index === 0 ? seoulClock(sentAt) : '     '}  ${line}`).join('\n');
}
