import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { ServiceError, unknownOperation, type JsonService } from '../endpoint/service.ts';
import { parseRequest } from './requests.ts';

interface UsageLimit {
  readonly usageLimitId: string;
  readonly resourceArn: string;
  readonly usageType: string;
  readonly period: string;
  amount: number;
  breachAction: string;
}

const amount = z.number().int().positive();
const breachAction = z.enum(['log', 'emit-metric', 'deactivate']);
const usageType = z.enum(['serverless-compute', 'cross-region-datasharing']);
const schemas = {
  create: z.strictObject({
    resourceArn: z.string().startsWith('arn:'),
    usageType,
    amount,
    period: z.enum(['daily', 'weekly', 'monthly']).default('monthly'),
    breachAction: breachAction.default('log'),
  }),
  list: z.strictObject({ resourceArn: z.string().optional(), usageType: usageType.optional() }),
  update: z.strictObject({ usageLimitId: z.string(), amount: amount.optional(), breachAction: breachAction.optional() }),
};

/**
 * Usage limits of Redshift Serverless, and nothing else of it. They are kept for the run and never reached, because nothing is billed here.
 */
export function usageLimitService(): JsonService {
  const limits = new Map<string, UsageLimit>();
  const operations: Readonly<Record<string, (input: unknown) => object>> = {
    CreateUsageLimit(input) {
      const request = parseRequest(schemas.create, input);
      const same = [...limits.values()].find(
        (limit) => limit.resourceArn === request.resourceArn && limit.usageType === request.usageType && limit.period === request.period,
      );
      if (same) throw new ServiceError('ConflictException', `There is a ${request.period} limit already`);
      const usageLimit = { usageLimitId: randomUUID(), ...request };
      limits.set(usageLimit.usageLimitId, usageLimit);
      return { usageLimit };
    },
    ListUsageLimits(input) {
      const asked = parseRequest(schemas.list, input);
      const usageLimits = [...limits.values()].filter(
        (limit) =>
          limit.resourceArn === (asked.resourceArn ?? limit.resourceArn) && limit.usageType === (asked.usageType ?? limit.usageType),
      );
      return { usageLimits };
    },
    UpdateUsageLimit(input) {
      const { usageLimitId, ...changes } = parseRequest(schemas.update, input);
      const usageLimit = limits.get(usageLimitId);
      if (!usageLimit) throw new ServiceError('ResourceNotFoundException', `Usage limit ${usageLimitId} does not exist`);
      return { usageLimit: Object.assign(usageLimit, changes) };
    },
  };
  return {
    targetPrefix: 'RedshiftServerless',
    handle(operation, input) {
      const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!run) return Promise.reject(unknownOperation('Redshift Serverless', operation));
      return Promise.resolve().then(() => run(input));
    },
    close: () => Promise.resolve(),
  };
}
