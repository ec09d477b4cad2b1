import * as z from 'zod';

const stateSchema = z.looseObject({
  Type: z.string(),
  Next: z.string().optional(),
  End: z.boolean().optional(),
  Default: z.string().optional(),
  Choices: z.array(z.looseObject({ Next: z.string() })).optional(),
  ItemProcessor: z.looseObject({ StartAt: z.string(), States: z.record(z.string(), z.unknown()) }).optional(),
});
const machineSchema = z.looseObject({ StartAt: z.string(), States: z.record(z.string(), z.unknown()) });

export interface RunShape {
  /** Items of each Map state by its name. */
  readonly items: Readonly<Record<string, number>>;
  /** How often a loop turns back before it is left. */
  readonly polls: number;
}

/**
 * State transitions that a run without trouble is billed: one for each state that is entered, those inside a Map once an item.
 * A Choice takes its Default, as in a scheduled run with synchronous invocation; a Default that leads back is a loop, which is left by
 * the first choice.
 * @throws Error naming a state that does not exist, or a Map whose items are not given.
 */
export function countTransitions(definition: unknown, shape: RunShape): number {
  const { StartAt, States } = machineSchema.parse(definition);
  let count = 0;
  let turns = 0;
  for (let name: string | undefined = StartAt; name !== undefined;) {
    const state = stateNamed(States, name);
    count += 1 + inside(name, state, shape);
    const turnsBack: boolean = state.Default !== undefined && leadsTo(States, state.Default, name);
    if (turnsBack) turns += 1;
    name = turnsBack && turns > shape.polls ? state.Choices?.[0]?.Next : nextOf(state);
  }
  return count;
}

type State = z.infer<typeof stateSchema>;

function stateNamed(states: Readonly<Record<string, unknown>>, name: string): State {
  if (!Object.hasOwn(states, name)) throw new Error(`The state machine has no state ${name}`);
  return stateSchema.parse(states[name]);
}

function nextOf(state: State): string | undefined {
  return state.Default ?? state.Next;
}

function inside(name: string, { ItemProcessor: processor }: State, shape: RunShape): number {
  if (!processor) return 0;
  const items = shape.items[name];
  if (items === undefined) throw new Error(`How many items the Map state ${name} has is not given`);
  return items * countTransitions(processor, shape);
}

/** Whether one state comes after another without a choice in between. */
function leadsTo(states: Readonly<Record<string, unknown>>, from: string, target: string): boolean {
  const passed = new Set<string>();
  for (let name: string | undefined = from; name !== undefined && !passed.has(name); name = stateNamed(states, name).Next) {
    if (name === target) return true;
    passed.add(name);
  }
  return false;
}
