import { dirname } from 'node:path';
import { readTemplate } from '../template/read-template.ts';

/** Minutes between runs when nobody sets them. @throws Error when the root template has no such parameter. */
export function defaultSchedule(rootTemplate: string): number {
  const minutes = Number(readTemplate(rootTemplate, dirname(rootTemplate)).parameters['ScheduleMinutes']?.['Default']);
  if (minutes > 0) return minutes;
  throw new Error('template.yaml has no default of ScheduleMinutes');
}

/** How the laptop's template reader wants a parameter of a nested application: by the root's own where the root passes it on. */
export function parameterName(rootTemplate: string, application: string, name: string): string {
  const { parameters } = readTemplate(rootTemplate, dirname(rootTemplate));
  return Object.hasOwn(parameters, name) ? name : `${application}/${name}`;
}
