import { SUB_PATTERN, chosenBranch } from './intrinsics.ts';
import { isMap } from './plain-values.ts';
import { type Template, type TemplateResource, isIntrinsic } from './read-template.ts';
import type { StackScope } from './stack-scope.ts';
import { templateError } from './template-error.ts';

/**
 * The resources that exist (their condition holds) in an order in which each finds what it refers to, otherwise as written.
 * @throws TemplateError for a circle, or a DependsOn that names nothing.
 */
export function creationOrder(scope: StackScope): readonly TemplateResource[] {
  const { template } = scope;
  const ordered = new Set<TemplateResource>();
  const visit = (resource: TemplateResource, path: readonly string[]) => {
    if (ordered.has(resource)) return;
    const place = { template: template.name, subject: resource.logicalId };
    if (path.includes(resource.logicalId)) {
      const circle = [...path.slice(path.indexOf(resource.logicalId)), resource.logicalId];
      throw templateError(place, `depends on itself: ${circle.join(' -> ')}`);
    }
    for (const name of neededBy(resource, scope)) {
      const needed = template.resources.get(name);
      if (needed && exists(needed, scope)) visit(needed, [...path, resource.logicalId]);
    }
    ordered.add(resource);
  };
  for (const resource of template.resources.values()) if (exists(resource, scope)) visit(resource, []);
  return [...ordered];
}

/** Whether a resource's (or an output's) condition holds. @throws TemplateError when the condition is unknown. */
export function exists(item: { readonly logicalId: string; readonly condition: string | undefined }, scope: StackScope): boolean {
  if (item.condition === undefined) return true;
  const holds = scope.conditions.get(item.condition);
  if (holds !== undefined) return holds;
  throw templateError(
    { template: scope.template.name, subject: item.logicalId },
    `has the condition ${item.condition}, which Conditions does not hold`,
  );
}

function neededBy(resource: TemplateResource, scope: StackScope): ReadonlySet<string> {
  const { template } = scope;
  const place = { template: template.name, subject: resource.logicalId };
  for (const name of resource.dependsOn) {
    if (!template.resources.has(name)) throw templateError(place, `DependsOn names ${name}, which is no resource of this template`);
  }
  const names = new Set(resource.dependsOn);
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(collect);
    } else if (isMap(value)) {
      const branch = isIntrinsic(value) ? Object.entries(value)[0] : undefined;
      if (branch?.[0] === 'Fn::If') collect(chosenBranch(branch[1], scope, place));
      else {
        if (branch) for (const name of namesIn(branch[0], branch[1])) names.add(ownerOf(name, template));
        Object.values(value).forEach(collect);
      }
    }
  };
  collect(resource.properties);
  return names;
}

function namesIn(intrinsic: string, argument: unknown): string[] {
  const first: unknown = Array.isArray(argument) ? argument[0] : argument;
  if (typeof first !== 'string') return [];
  if (intrinsic === 'Ref' || intrinsic === 'Fn::GetAtt') return [first.split('.')[0] ?? ''];
  if (intrinsic === 'Fn::Sub')
    return [...first.matchAll(SUB_PATTERN)].flatMap(([, literal, name = '']) => (literal ? [] : (name.trim().split('.')[0] ?? [])));
  return [];
}

/** SAM makes `<LogicalId>Role` beside a function or state machine: who needs the role needs its owner. */
function ownerOf(name: string, template: Template): string {
  return template.resources.has(name) ? name : name.replace(/Role$/, '');
}
