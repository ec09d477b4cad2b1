import { readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { yamlParse } from 'yaml-cfn';
import { type PlainMap, isMap, listed } from './plain-values.ts';
import { templateError } from './template-error.ts';

export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  /** As written, with the template's Globals merged in. */
  readonly properties: PlainMap;
  readonly metadata: PlainMap;
  readonly dependsOn: readonly string[];
  readonly condition: string | undefined;
}

/** One template file, its sections checked and its Globals merged, no intrinsic resolved. */
export interface Template {
  /** Relative to the repository: `extract/template.yaml`. */
  readonly name: string;
  readonly folder: string;
  readonly parameters: Readonly<Record<string, PlainMap>>;
  readonly mappings: PlainMap;
  readonly conditions: PlainMap;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly outputs: Readonly<Record<string, PlainMap>>;
}

const SECTIONS = ['Parameters', 'Mappings', 'Conditions', 'Globals', 'Resources', 'Outputs'] as const;
const SILENT_SECTIONS = ['AWSTemplateFormatVersion', 'Transform', 'Description', 'Metadata'];
const ATTRIBUTES = [
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'Metadata',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'CreationPolicy',
  'UpdatePolicy',
];
const GLOBAL_SECTIONS: Readonly<Record<string, string>> = {
  Function: 'AWS::Serverless::Function',
  StateMachine: 'AWS::Serverless::StateMachine',
};

/** @throws TemplateError when the file is absent, is no YAML, or holds a section that the laptop run does not know. */
export function readTemplate(path: string, repository: string): Template {
  const name = relative(repository, path);
  const document = parse(path, name);
  const sections = Object.fromEntries(SECTIONS.map((section) => [section, mapOf(document[section], { template: name, subject: section })]));
  const unknown = Object.keys(document).filter((key) => !sections[key] && !SILENT_SECTIONS.includes(key));
  if (unknown.length > 0) throw templateError({ template: name, subject: listed(unknown) }, 'the local run does not know this section');

  const globals = globalsOf(sections['Globals'] ?? {}, name);
  const resources = Object.entries(mapsIn(sections['Resources'] ?? {}, name)).map(([logicalId, resource]) =>
    readResource(name, logicalId, resource, globals),
  );
  return {
    name,
    folder: dirname(path),
    parameters: mapsIn(sections['Parameters'] ?? {}, name),
    mappings: sections['Mappings'] ?? {},
    conditions: sections['Conditions'] ?? {},
    resources: new Map(resources.map((resource) => [resource.logicalId, resource])),
    outputs: mapsIn(sections['Outputs'] ?? {}, name),
  };
}

function parse(path: string, name: string): PlainMap {
  try {
    const document: unknown = merged(yamlParse(readFileSync(path, 'utf8')));
    if (isMap(document)) return document;
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    throw templateError({ template: name, subject: 'file' }, `cannot be read as YAML: ${reason}`, cause);
  }
  throw templateError({ template: name, subject: 'file' }, 'is empty or no map');
}

/** Merge keys, `{ <<: *other, Own: … }`: SAM resolves them, the YAML reader here does not. */
function merged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(merged);
  if (!isMap(value)) return value;
  const { '<<': others, ...own } = value;
  const inherited = [others ?? []].flat().reverse().map(merged).filter(isMap);
  return Object.assign({}, ...inherited, Object.fromEntries(Object.entries(own).map(([key, item]) => [key, merged(item)])));
}

function mapOf(value: unknown, place: { template: string; subject: string }): PlainMap {
  if (value === undefined || value === null) return {};
  if (!isMap(value)) throw templateError(place, 'must be a map');
  return value;
}

function mapsIn(section: PlainMap, template: string): Record<string, PlainMap> {
  return Object.fromEntries(
    Object.entries(section).map(([key, value]) => {
      if (!isMap(value)) throw templateError({ template, subject: key }, 'must be a map');
      return [key, value];
    }),
  );
}

function globalsOf(section: PlainMap, template: string): ReadonlyMap<string, PlainMap> {
  return new Map(
    Object.entries(section).map(([key, value]) => {
      const type = GLOBAL_SECTIONS[key];
      if (!type) throw templateError({ template, subject: `Globals.${key}` }, 'the local run does not know this part of Globals');
      return [type, mapOf(value, { template, subject: `Globals.${key}` })];
    }),
  );
}

function readResource(template: string, logicalId: string, resource: PlainMap, globals: ReadonlyMap<string, PlainMap>): TemplateResource {
  const place = { template, subject: logicalId };
  const { Type: type, Condition: condition, DependsOn: dependsOn = [] } = resource;
  const unknown = Object.keys(resource).filter((key) => !ATTRIBUTES.includes(key));
  if (unknown.length > 0) throw templateError(place, `the local run does not know the resource attribute ${listed(unknown)}`);
  if (typeof type !== 'string') throw templateError(place, 'has no Type');
  if (condition !== undefined && typeof condition !== 'string') throw templateError(place, 'Condition must be a name');
  const names: unknown[] = Array.isArray(dependsOn) ? dependsOn : [dependsOn];
  const properties = mapOf(resource['Properties'], place);
  return {
    logicalId,
    type,
    properties: mapOf(mergeGlobals(globals.get(type), properties), place),
    metadata: mapOf(resource['Metadata'], place),
    dependsOn: names.map((name) => {
      if (typeof name !== 'string') throw templateError(place, 'DependsOn must hold logical ids');
      return name;
    }),
    condition,
  };
}

/** As SAM merges: maps by key, lists one after the other, anything else (and every intrinsic) is overridden. */
function mergeGlobals(global: unknown, own: unknown): unknown {
  if (global === undefined) return own;
  if (own === undefined) return global;
  if (Array.isArray(global) && Array.isArray(own)) return [...(global as unknown[]), ...(own as unknown[])];
  if (!isMap(global) || !isMap(own) || isIntrinsic(global) || isIntrinsic(own)) return own;
  return Object.fromEntries([...Object.keys(global), ...Object.keys(own)].map((key) => [key, mergeGlobals(global[key], own[key])]));
}

/** Whether a map is `{Ref: …}` or `{Fn::…: …}`. */
export function isIntrinsic(value: PlainMap): boolean {
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'));
}
