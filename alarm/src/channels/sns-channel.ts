import { setTimeout as sleep } from 'node:timers/promises';
import { PublishCommand, SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import { mailOf } from '../slack/plain-text.ts';
import type { Channel, ChannelAnswer } from './channel.ts';

/** SNS's words for "not now"; it gives them with HTTP 400. */
const NOT_NOW = /^(Throttl|KMSThrottling|RequestLimitExceeded|TooManyRequests)/;

/** Publishes to a topic whose subscribers get mail. The SDK must not repeat by itself: a repeat whose first try arrived has to be marked. */
export function snsChannel(topicArn: string, client = new SNSClient({ maxAttempts: 1 })): Channel {
  return {
    name: 'SNS',
    async post(message, timeoutMilliseconds) {
      const { subject, text } = mailOf(message);
      try {
        await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text }), {
          abortSignal: AbortSignal.timeout(timeoutMilliseconds),
        });
        return { status: 200, body: 'ok', retryAfter: null };
      } catch (error) {
        if (error instanceof SNSServiceException) return answerOf(error);
        throw error;
      }
    },
    async sleep(milliseconds) {
      await sleep(milliseconds);
    },
  };
}

function answerOf({ name, $metadata }: SNSServiceException): ChannelAnswer {
  return { status: NOT_NOW.test(name) ? 429 : ($metadata.httpStatusCode ?? 500), body: name, retryAfter: null };
}
