import { type PlainMap, asText, isMap, kindOf } from './plain-values.ts';
import type { Account, ResourceAnswers } from './stack-scope.ts';
import { type Place, templateError } from './template-error.ts';

/** One resource about to be created: its properties are plain data, no intrinsic or secret reference is left. */
export interface Creation {
  readonly place: Place;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: PlainMap;
  readonly metadata: PlainMap;
  /** Absolute folder of the template: relative paths in properties start here. */
  readonly folder: string;
  readonly stackName: string;
  readonly account: Account;
}

/** What creating a resource gives: its answers, what the endpoint has to run, and what SAM would create beside it. */
export interface Created<Deployed> {
  readonly answers: ResourceAnswers;
  readonly deployed: Deployed;
  readonly implicit?: Readonly<Record<string, ResourceAnswers>>;
}

/** As CloudFormation names what has no name of its own, without its random ending. */
export function physicalName(creation: Creation, nameProperty: string): string {
  return optionalText(creation, nameProperty) ?? `${creation.stackName}-${creation.logicalId}`;
}

/** The local access key that stands for the role of a function or state machine: 16 characters or more, as AWS wants. */
export function localAccessKey(logicalId: string): string {
  return `LOCALKEY${logicalId.toUpperCase()}`.padEnd(16, '0');
}

/** The role of a function or state machine: the one it names, else the one SAM makes, `<LogicalId>Role`. */
export function roleOf(creation: Creation): { arn: string; implicit: Readonly<Record<string, ResourceAnswers>> } {
  const own = optionalText(creation, 'Role');
  if (own !== undefined) return { arn: own, implicit: {} };
  const name = `${creation.stackName}-${creation.logicalId}Role`;
  const arn = `arn:aws:iam::${creation.account.accountId}:role/${name}`;
  const answers = { type: 'AWS::IAM::Role', ref: name, attributes: { Arn: arn, RoleId: name } };
  return { arn, implicit: { [`${creation.logicalId}Role`]: answers } };
}

export function optionalText(creation: Creation, property: string): string | undefined {
  const value = creation.properties[property];
  if (value === undefined) return undefined;
  const text = asText(value);
  if (text === undefined) throw templateError(creation.place, `${property} must be a text, not ${kindOf(value)}`);
  return text;
}

export function requiredText(creation: Creation, property: string): string {
  const text = optionalText(creation, property);
  if (text === undefined || text === '') throw templateError(creation.place, `has no ${property}`);
  return text;
}

export function positiveNumber(creation: Creation, property: string, fallback: number): number {
  const text = optionalText(creation, property);
  const value = text === undefined ? fallback : Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw templateError(creation.place, `${property} must be a whole number above 0, not "${text ?? ''}"`);
}

/** @returns an empty map when the property is absent. */
export function mapProperty(owner: PlainMap, property: string, place: Place): PlainMap {
  const value = owner[property] ?? {};
  if (isMap(value)) return value;
  throw templateError(place, `${property} must be a map, not ${kindOf(value)}`);
}
