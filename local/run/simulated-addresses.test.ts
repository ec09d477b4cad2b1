import { simulatedAddresses } from './simulated-addresses.ts';

it('never leads a simulated run to a real site', () => {
  expect(simulatedAddresses({ clien: 'http://127.0.0.1:8802' }, ['clien', 'my_cafe'])).toEqual({
    clien: 'http://127.0.0.1:8802',
    my_cafe: 'http://my-cafe.has-no-invented-community.invalid',
  });
});
