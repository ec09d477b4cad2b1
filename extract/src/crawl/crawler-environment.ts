import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { domainClock } from '../../../common/clock.ts';
import { baseUrlsSchema, sitesAt } from '../sites/registry.ts';
import { crawlState } from './crawl-state.ts';
import { dynamoHosts } from './dynamo-hosts.ts';
import { politeReader, type ReaderTask } from './polite-reader.ts';
import { realTime } from './real-time.ts';
import { httpTransport } from './transport.ts';

/** What every function that asks sites needs of its environment. */
export const crawlerVariables = {
  DATA_BUCKET: z.string().min(3),
  ASSETS_BUCKET: z.string().min(3),
  CRAWL_STATE_TABLE: z.string().min(3),
  CRAWLER_CONTACT: z.string().regex(/^[\x20-\x7e]+$/, 'must be a URL or mail address in ASCII'),
  SITE_BASE_URLS: baseUrlsSchema,
  ALLOW_PRIVATE_ADDRESSES: z.enum(['true', 'false']).transform((text) => text === 'true'),
};
export type CrawlerEnvironment = z.infer<z.ZodObject<typeof crawlerVariables>>;

/** What reads communities and remembers where it stands. */
export function crawler(environment: CrawlerEnvironment) {
  const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const reading = {
    hosts: dynamoHosts(environment.CRAWL_STATE_TABLE, table),
    transport: httpTransport({ contact: environment.CRAWLER_CONTACT, allowPrivateAddresses: environment.ALLOW_PRIVATE_ADDRESSES }),
    realTime,
  };
  return {
    sites: sitesAt(environment.SITE_BASE_URLS),
    posts: crawlState(environment.CRAWL_STATE_TABLE, table, domainClock),
    clock: domainClock,
    openReader: (task: ReaderTask) => politeReader(reading, task),
  };
}

export type Crawler = ReturnType<typeof crawler>;
