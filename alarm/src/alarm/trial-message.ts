import type { Destination } from '../routes/alert-routes.ts';
import { context, header, section, type SlackMessage } from '../slack/blocks.ts';
import type { Language } from './alert-words.ts';

const WORDS: Readonly<Record<Language, { header: string; text: string; footer: (to: Destination) => string }>> = {
  ko: {
    header: '[시험] hotpost 알림이 도착합니다',
    text: '배포한 뒤의 시험 메시지입니다. 실제 글에 대한 알림이 아니며, 기록에 남지 않습니다.',
    footer: (to) => `이 메시지가 보이면 ${to} 경로와 권한이 맞습니다.`,
  },
  en: {
    header: '[Test] hotpost alerts arrive here',
    text: 'A test message after a deploy. It is about no post, and nothing of it is kept.',
    footer: (to) => `If you read this, the route ${to} and its permissions are right.`,
  },
};

/** Marked, so that nobody takes it for an alert. */
export function trialMessage(to: Destination, language: Language): SlackMessage {
  const words = WORDS[language];
  return { text: `${words.header}: ${words.text}`, blocks: [header(words.header), section(words.text), context(words.footer(to))] };
}
