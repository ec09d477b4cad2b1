import { EnvironmentError } from '../../../common/errors.ts';
import { webhook } from './webhook.ts';

const SLACK = 'https://hooks.slack.com/services/T000/B000/invented';

it.each([
  [SLACK, 'https://hooks.slack.com'],
  [SLACK, 'hooks.slack.com'],
  ['http://127.0.0.1:8802/services/T000/B000/invented', 'https://hooks.slack.com, http://127.0.0.1:8802'],
  ['http://127.0.0.1:8802/services/T000/B000/invented', 'http://127.0.0.1'],
])('accepts %s when %s is allowed', (address, allowed) => {
  expect(webhook(address, allowed).reveal()).toBe(address);
});

it.each([
  ['http://hooks.slack.com/services/T000/B000/invented', 'https://hooks.slack.com', 'http://hooks.slack.com'],
  ['https://hooks.slack.com.evil.example/services/T000/B000/invented', 'https://hooks.slack.com', 'hooks.slack.com.evil.example'],
  ['https://hooks.slack.com@evil.example/services/T000/B000/invented', 'https://hooks.slack.com', 'evil.example'],
  ['http://127.0.0.1:8803/services/T000/B000/invented', 'http://127.0.0.1:8802', '127.0.0.1:8803'],
  ['https://hooks.slack.com/services/T000/B000/invented', '', 'hooks.slack.com'],
  ['no address: T000/B000/invented', 'https://hooks.slack.com', 'not a URL'],
])('refuses %s when %s is allowed, without showing its path', (address, allowed, named) => {
  expect(() => webhook(address, allowed)).toThrow(EnvironmentError);
  expect(() => webhook(address, allowed)).toThrow(named);
  expect(() => webhook(address, allowed)).not.toThrow('invented');
});

it('does not show itself in JSON', () => {
  expect(JSON.stringify({ hook: webhook(SLACK, 'https://hooks.slack.com') })).toBe('{"hook":{}}');
});
