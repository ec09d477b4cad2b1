import * as Plot from '@observablehq/plot';
import { COLOURS, chart, levelColour } from './chart.ts';
import type { Markup } from './html.ts';
import type { HotPostReport } from './report-data.ts';
import { ageText, batchInstant, minutesBetween } from './seoul-time.ts';

const LEAST_MINUTES = 30;

interface Point {
  readonly age: number;
  readonly comments: number;
}

interface AlertMark extends Point {
  readonly level: string;
}

/** Cumulative comments against the post's age, K as a rule, a mark where it was alerted. */
export function arrivalCurve(post: HotPostReport): Markup {
  const points = cumulative(post.arrivals);
  const alerts = alertMarks(post);
  const lastAge = Math.max(LEAST_MINUTES, ...points.map((point) => point.age), ...alerts.map((mark) => mark.age));
  const line = [...points, { age: lastAge, comments: points.at(-1)?.comments ?? 0 }];
  const most = Math.max(post.threshold, post.arrivals.length) * 1.12;
  return chart(`Comments of the post by its age: ${post.arrivals.length} so far, K is ${post.threshold}`, {
    width: 520,
    height: 240,
    marginLeft: 40,
    marginRight: 16,
    marginTop: 22,
    marginBottom: 38,
    x: { label: 'minutes since it was written', labelAnchor: 'center', domain: [0, lastAge], ticks: 6, labelArrow: 'none' },
    y: { label: 'comments', domain: [0, most], ticks: 5, tickFormat: 'd', grid: true, labelArrow: 'none' },
    marks: [
      // y1 and y2: with `y` alone Plot would stack the comments of one minute.
      Plot.areaY(line, { x: 'age', y1: 0, y2: 'comments', curve: 'step-after', fill: COLOURS.area }),
      Plot.ruleY([post.threshold], { stroke: COLOURS.rule, strokeDasharray: '5 4' }),
      Plot.text([{ age: 0, comments: post.threshold }], {
        x: 'age',
        y: 'comments',
        text: () => `K ${post.threshold}`,
        textAnchor: 'start',
        dx: 4,
        dy: -8,
        fill: COLOURS.rule,
      }),
      ...alerts.map((mark) =>
        Plot.ruleX([mark], { x: 'age', y1: 0, y2: 'comments', stroke: levelColour(mark.level), strokeDasharray: '2 3' }),
      ),
      Plot.lineY(line, { x: 'age', y: 'comments', curve: 'step-after', stroke: COLOURS.series, strokeWidth: 2 }),
      ...alerts.map((mark) => alertDot(mark, lastAge)).flat(),
    ],
  });
}

function alertDot(mark: AlertMark, lastAge: number): Plot.Markish[] {
  // Above and to the left of the mark the curve never is; at the left edge there is no room for that.
  const toTheLeft = mark.age > lastAge * 0.22;
  return [
    Plot.dot([mark], { x: 'age', y: 'comments', r: 4.5, fill: levelColour(mark.level), stroke: 'var(--card)', strokeWidth: 1.5 }),
    Plot.text([mark], {
      x: 'age',
      y: 'comments',
      text: () => `${mark.level} at ${ageText(mark.age)}`,
      textAnchor: toTheLeft ? 'end' : 'start',
      dx: toTheLeft ? -9 : -4,
      dy: toTheLeft ? -9 : -16,
      fill: levelColour(mark.level),
      fontWeight: 600,
      stroke: 'var(--card)',
      strokeWidth: 3,
    }),
  ];
}

function cumulative(arrivals: readonly number[]): Point[] {
  const sorted = arrivals
    .filter((age) => Number.isFinite(age))
    .map((age) => Math.max(0, age))
    .sort((one, other) => one - other);
  return [{ age: 0, comments: 0 }, ...sorted.map((age, index) => ({ age, comments: index + 1 }))];
}

function alertMarks(post: HotPostReport): AlertMark[] {
  return post.alertedAt.flatMap(({ level, batch }) => {
    const age = minutesBetween(post.createdAt, batchInstant(batch));
    if (age === undefined || age < 0) return [];
    return [{ level, age, comments: post.arrivals.filter((arrival) => arrival <= age).length }];
  });
}
