import { isPrivateAddress } from './private-addresses.ts';

it.each(['10.1.2.3', '172.20.0.1', '192.168.0.9', '169.254.169.254', '0.0.0.0', '[::1]', '::ffff:127.0.0.1', 'fd00::1', 'localhost'])(
  'takes %s for private',
  (host) => expect(isPrivateAddress(host)).toBe(true),
);

it.each(['8.8.8.8', '172.32.0.1', '[2001:4860:4860::8888]', 'www.clien.net'])('takes %s for public', (host) =>
  expect(isPrivateAddress(host)).toBe(false),
);
