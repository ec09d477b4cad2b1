import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { domainClock, type Clock } from '../../../common/clock.ts';
import { readEnvironment } from '../../../common/environment.ts';
import { objectStore, type ObjectStore } from '../../../common/object-store.ts';
import { crawlState, type CrawlState } from '../crawl/crawl-state.ts';
import { dynamoHosts } from '../crawl/dynamo-hosts.ts';
import type { HostTable } from '../crawl/host-table.ts';
import { baseUrlsSchema, sitesAt, type Sites } from '../sites/registry.ts';
import type { RunBudget } from './site-budget.ts';

export interface PlanDependencies {
  readonly sites: Sites;
  readonly data: Pick<ObjectStore, 'readJson' | 'readBytes' | 'write' | 'writeBytes' | 'writeOnce' | 'remove' | 'list'>;
  readonly posts: Pick<CrawlState, 'due' | 'known' | 'record'>;
  readonly hosts: Pick<HostTable, 'readRobots'>;
  readonly budget: RunBudget;
  readonly clock: Clock;
}

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function planDependencies(): PlanDependencies {
  const environment = readEnvironment({
    DATA_BUCKET: z.string().min(3),
    CRAWL_STATE_TABLE: z.string().min(3),
    SITE_BASE_URLS: baseUrlsSchema,
    RUN_REQUEST_BUDGET: z.coerce.number().int().positive(),
    RUN_SECONDS_BUDGET: z.coerce.number().int().positive(),
  });
  const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  return {
    sites: sitesAt(environment.SITE_BASE_URLS),
    data: objectStore(environment.DATA_BUCKET),
    posts: crawlState(environment.CRAWL_STATE_TABLE, table, domainClock),
    hosts: dynamoHosts(environment.CRAWL_STATE_TABLE, table),
    budget: { requests: environment.RUN_REQUEST_BUDGET, seconds: environment.RUN_SECONDS_BUDGET },
    clock: domainClock,
  };
}
