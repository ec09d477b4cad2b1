import { stepFunctionsFixture, type StepFunctionsFixture } from './step-functions-fixture.ts';

let fixture: StepFunctionsFixture;
beforeEach(() => {
  fixture = stepFunctionsFixture();
});
afterEach(() => fixture.remove());

/** Which of the rules matches first: its index, or 'none'. */
async function matching(rules: readonly object[], input: object): Promise<unknown> {
  const results = rules.map((_, index) => [`R${index}`, { Type: 'Pass', Result: `${index}`, End: true }] as const);
  const service = fixture.serve({
    StartAt: 'Choose',
    States: {
      Choose: { Type: 'Choice', Choices: rules.map((rule, index) => ({ ...rule, Next: `R${index}` })), Default: 'None' },
      None: { Type: 'Pass', Result: 'none', End: true },
      ...Object.fromEntries(results),
    },
  });
  const { output } = await fixture.run(service, input);
  await service.close();
  return output;
}

it('matches a negated type test, which the runner alone never does', async () => {
  expect(await matching([{ Variable: '$.a', IsPresent: false }], {})).toBe('0');
  expect(
    await matching(
      [
        { Variable: '$.a', IsPresent: false },
        { Variable: '$.a', IsPresent: true },
      ],
      { a: 1 },
    ),
  ).toBe('1');
  expect(await matching([{ And: [{ Variable: '$.a', IsNull: false }, { Not: { Variable: '$.a', IsString: false } }] }], { a: 'x' })).toBe(
    '0',
  );
});

it('compares only what has the type of the comparison', async () => {
  const rules = [
    { Variable: '$.n', NumericGreaterThan: 8 },
    { Variable: '$.n', StringLessThan: 'b' },
  ];

  expect(await matching(rules, { n: 9 })).toBe('0');
  expect(await matching(rules, { n: '9' })).toBe('1');
  expect(await matching(rules, { n: null })).toBe('none');
});
