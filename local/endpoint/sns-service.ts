import { randomUUID } from 'node:crypto';
import { escapeXml } from './answer.ts';
import { ServiceError } from './service.ts';

/** A mail that the subscribers of a topic would get. */
export interface PublishedMail {
  readonly topicArn: string;
  readonly subject: string;
  readonly message: string;
}

/** A service that speaks AWS Query: a form in, XML out. */
export interface QueryService {
  /** As the signature names it. */
  readonly name: string;
  /** Runs one action. @throws ServiceError. */
  handle(form: URLSearchParams): Promise<string>;
}

const MESSAGE_LIMIT_BYTES = 256 * 1024;
const SUBJECT_LIMIT = 100;
const XMLNS = 'http://sns.amazonaws.com/doc/2010-03-31/';

/**
 * SNS: Publish to a topic, and nothing else. `publish` returns when the mail is safe. Limits: API reference of Publish, read 2026-11.
 */
export function snsService(topicArns: readonly string[], publish: (mail: PublishedMail) => Promise<void>): QueryService {
  return {
    name: 'sns',
    async handle(form) {
      const action = form.get('Action') ?? '';
      if (action !== 'Publish')
        throw new ServiceError('InvalidAction', `The local SNS does not know ${action}; the laptop run cannot show it`);
      await publish(mailOf(form, topicArns));
      return `<PublishResponse xmlns="${XMLNS}"><PublishResult><MessageId>${randomUUID()}</MessageId></PublishResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`;
    },
  };
}

function mailOf(form: URLSearchParams, topicArns: readonly string[]): PublishedMail {
  const [topicArn, subject, message] = [form.get('TopicArn') ?? '', form.get('Subject') ?? '', form.get('Message') ?? ''];
  const unknown = [...form.keys()].filter((key) => !['Action', 'Version', 'TopicArn', 'Subject', 'Message'].includes(key));
  if (unknown.length > 0) throw invalid(`The local SNS does not know ${unknown.join(', ')}`);
  if (!topicArns.includes(topicArn)) throw new ServiceError('NotFound', 'Topic does not exist', 404);
  if (message === '') throw invalid('Empty message');
  if (Buffer.byteLength(message) > MESSAGE_LIMIT_BYTES) throw invalid('Message too long');
  if (subject.length >= SUBJECT_LIMIT || /[\p{Cc}]/u.test(subject)) throw invalid('Subject');
  return { topicArn, subject, message };
}

function invalid(what: string): ServiceError {
  return new ServiceError('InvalidParameter', `Invalid parameter: ${what}`);
}

/** An error as SNS spells it; S3's has another form. */
export function queryErrorXml({ code, message }: ServiceError): string {
  return `<ErrorResponse xmlns="${XMLNS}"><Error><Type>Sender</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
}
