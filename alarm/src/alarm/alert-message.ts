import { seoulText } from '../../../common/clock.ts';
import { instantOf } from '../../../common/contracts/batch.ts';
import { Temporal } from 'temporal-polyfill';
import { context, fields, header, section, type Block, type SlackMessage } from '../slack/blocks.ts';
import { escaped, link } from '../slack/escape.ts';
import { siteInWords } from '../slack/site-names.ts';
import type { Alert } from './alert.ts';
import { ALERT_WORDS, type AlertWords, type Language } from './alert-words.ts';

const TITLE_LIMIT = 150;
const EXCERPT_LIMIT = 150;
const LIST_LIMIT = 2000;
const MOST_REASONS = 3;

/** The message about one post. `mayRepeat`: an earlier attempt was never recorded, so the reader may have had it already. */
export function alertMessage(alert: Alert, mayRepeat: boolean, language: Language): SlackMessage {
  const words = ALERT_WORDS[language];
  const heading = `${mayRepeat ? `${words.mayRepeat} ` : ''}${words.headers[alert.level]}`;
  return {
    text: `${heading}: ${alertLine(alert, language)}`,
    blocks: [
      header(heading),
      section(`*${link(alert.url, alert.title || words.noTitle, TITLE_LIMIT)}*`),
      ...excerpt(alert),
      fields([
        [words.labels.place, placeOf(alert, language)],
        [words.labels.age, words.age(alert.age_minutes)],
        [words.labels.comments, words.comments(alert)],
        [words.labels.probability, probabilityInWords(alert, words)],
        [words.labels.keywords, escaped(alert.keywords.join(', '), 300) || words.noKeyword],
      ]),
      ...changeSection(alert, words),
      ...reasonsSection(alert, words),
      context(footer(alert, mayRepeat, words)),
    ],
  };
}

/** Title, place and comments of a post in one line of plain text. */
export function alertLine(alert: Alert, language: Language): string {
  const words = ALERT_WORDS[language];
  const title = escaped(alert.title, TITLE_LIMIT) || words.noTitle;
  return `${title} – ${placeOf(alert, language)}, ${words.labels.comments} ${words.comments(alert)}`;
}

/** Site and board, as the language names them; ready mrkdwn. */
export function placeOf(alert: Alert, language: Language): string {
  return escaped(`${language === 'ko' ? siteInWords(alert.site) : alert.site} ${alert.board}`, 100);
}

/** The beginning of the post's text, below its title. */
function excerpt({ body }: Alert): Block[] {
  const text = escaped(body, EXCERPT_LIMIT);
  return text === '' ? [] : [section(text)];
}

function changeSection({ told, comments_seen: seen }: Alert, words: AlertWords): Block[] {
  if (told === null) return [];
  const when = told.sent_at === '' ? '–' : seoulText(Temporal.Instant.from(told.sent_at));
  return [section(`*${words.labels.change}*\n${words.change(told, when, Math.max(0, seen - told.comments_seen))}`)];
}

function reasonsSection(alert: Alert, words: AlertWords): Block[] {
  const reasons = words.reasons(alert).slice(0, MOST_REASONS);
  return reasons.length > 0 ? [section(`*${words.labels.reasons}*\n${bulletList(reasons)}`)] : [];
}

function footer({ batch, model_version: model }: Alert, mayRepeat: boolean, words: AlertWords): string {
  const line = words.footer(seoulText(instantOf(batch)), batch, escaped(model, 60));
  return mayRepeat ? `${words.mayRepeatAtLength}\n${line}` : line;
}

/** As the site's own outcomes correct it, beside the base rate corrected alike. */
export function probabilityInWords({ raw_probability: probability, impact, odds_factor: factor }: Alert, words: AlertWords): string {
  if (probability === null) return words.noProbability;
  const base = impact === null ? undefined : baseRate(probability, impact);
  const said = percent(corrected(probability, factor), words);
  return base === undefined ? said : words.probability(said, percent(corrected(base, factor), words));
}

function corrected(probability: number, oddsFactor: number): number {
  return (probability * oddsFactor) / (1 - probability + probability * oddsFactor);
}

/** impact = logit(probability) − logit(base rate), so the two of them tell the base rate; not at 0 and 1, where logit has no value. */
function baseRate(probability: number, impact: number): number | undefined {
  if (probability <= 0 || probability >= 1) return undefined;
  return 1 / (1 + Math.exp(impact - Math.log(probability / (1 - probability))));
}

function percent(share: number, words: AlertWords): string {
  if (share > 0 && share < 0.001) return words.percent.below;
  if (share < 1 && share > 0.999) return words.percent.above;
  return `${Number((share * 100).toFixed(1))}%`;
}

/** As many lines as fit; Slack refuses a section over its limit as a whole. */
function bulletList(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    const bullet = `• ${escaped(line, 300)}`;
    if (text.length + bullet.length + 1 > LIST_LIMIT) break;
    text += `${text && '\n'}${bullet}`;
  }
  return text;
}
