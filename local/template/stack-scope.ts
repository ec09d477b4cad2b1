import type { Template } from './read-template.ts';

/** What a created resource answers: `!Ref` and `!GetAtt`. */
export interface ResourceAnswers {
  readonly type: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Said when somebody asks for what only AWS could know; without it unknown attributes are listed. */
  readonly unanswerable?: string;
}

/** The account and region that the laptop run pretends to be. */
export interface Account {
  readonly region: string;
  readonly accountId: string;
}

/** Everything an expression of one stack can see. `answers` and `conditions` grow while the stack is resolved. */
export interface StackScope {
  readonly template: Template;
  readonly stackName: string;
  readonly account: Account;
  readonly parameters: ReadonlyMap<string, string | readonly string[]>;
  readonly conditions: ReadonlyMap<string, boolean>;
  readonly answers: ReadonlyMap<string, ResourceAnswers>;
}

const PARTITION = 'aws';

/** @returns undefined when there is no such pseudo parameter; AWS::NoValue is none of these, it removes what holds it. */
export function pseudoParameter(name: string, scope: Pick<StackScope, 'stackName' | 'account'>): string | readonly string[] | undefined {
  const { region, accountId } = scope.account;
  switch (name) {
    case 'AWS::AccountId':
      return accountId;
    case 'AWS::Region':
      return region;
    case 'AWS::Partition':
      return PARTITION;
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return scope.stackName;
    case 'AWS::StackId':
      return stackArn(scope.stackName, scope.account);
    case 'AWS::NotificationARNs':
      return [];
    default:
      return undefined;
  }
}

export function stackArn(stackName: string, { region, accountId }: Account): string {
  return `arn:${PARTITION}:cloudformation:${region}:${accountId}:stack/${stackName}/00000000-0000-0000-0000-000000000000`;
}
