import * as Plot from '@observablehq/plot';
import { COLOURS, chart } from './chart.ts';
import type { Markup } from './html.ts';
import type { StateReport } from './report-data.ts';
import { durationText } from './seoul-time.ts';

const ROW_PIXELS = 26;

/** A bar for each time a state ran, against the time since the execution started, in the order in which states began. */
export function stateBars(states: readonly StateReport[]): Markup {
  const ordered = [...states].sort((one, other) => one.startedMs - other.startedMs);
  const names = [...new Set(ordered.map((state) => state.name))];
  const lastMs = Math.max(1, ...ordered.map(endOf));
  const rows = names.map((name) => rowOf(name, ordered));
  const total = durationText(lastMs);
  return chart(`${names.length} states over ${total}; the slowest is ${rows.toSorted((a, b) => b.spanMs - a.spanMs)[0]?.name ?? 'none'}`, {
    width: 1080,
    height: names.length * ROW_PIXELS + 56,
    marginLeft: 170,
    marginRight: 210,
    marginTop: 8,
    marginBottom: 36,
    x: { label: 'seconds since the start', labelAnchor: 'center', domain: [0, lastMs / 1000], grid: true, labelArrow: 'none' },
    y: { label: null, domain: names, tickSize: 0, padding: 0.32 },
    marks: [
      bars(ordered.filter(isGood), { fill: COLOURS.series, fillOpacity: 0.55 }, lastMs),
      bars(
        ordered.filter((state) => !isGood(state)),
        { fill: COLOURS.failed, insetTop: 5, insetBottom: 5 },
        lastMs,
      ),
      Plot.text(rows, { x: (row: Row) => row.endMs / 1000, y: 'name', text: 'note', textAnchor: 'start', dx: 8, fill: 'var(--muted)' }),
    ],
  });
}

/** What did not succeed is drawn thinner on top, so that it shows among the parallel runs of a Map. */
function bars(states: readonly StateReport[], look: Plot.BarXOptions, lastMs: number): Plot.Markish {
  const leastMs = lastMs / 400;
  return Plot.barX(states, {
    x1: (state: StateReport) => state.startedMs / 1000,
    x2: (state: StateReport) => (state.startedMs + Math.max(state.milliseconds, leastMs)) / 1000,
    y: 'name',
    rx: 2,
    ...look,
  });
}

interface Row {
  readonly name: string;
  readonly endMs: number;
  readonly spanMs: number;
  readonly note: string;
}

function rowOf(name: string, states: readonly StateReport[]): Row {
  const runs = states.filter((state) => state.name === name);
  const endMs = Math.max(...runs.map(endOf));
  const spanMs = endMs - Math.min(...runs.map((run) => run.startedMs));
  const retries = runs.reduce((sum, run) => sum + run.retries, 0);
  const bad = runs.filter((run) => !isGood(run));
  const notes = [
    durationText(spanMs),
    runs.length > 1 ? `${runs.length} runs` : '',
    retries > 0 ? `${retries} ${retries === 1 ? 'retry' : 'retries'}` : '',
    bad.length > 0 ? `${bad.length > 1 ? `${bad.length} ` : ''}${bad[0]?.status.toLowerCase() ?? ''}` : '',
  ];
  return { name, endMs, spanMs, note: notes.filter(Boolean).join(' · ') };
}

function endOf(state: StateReport): number {
  return state.startedMs + state.milliseconds;
}

function isGood(state: StateReport): boolean {
  return /^succeeded$/i.test(state.status);
}
