import { expect, it } from 'vitest';
import { hearEarlyKeys, keepEarlyKey } from './early-keys';

const key = (name: string) => ({ key: name }) as KeyboardEvent;

it('replays keys pressed during the start once, in order', () => {
  const heard: string[] = [];
  const hear = (event: KeyboardEvent) => heard.push(event.key);
  for (const name of ['/', '9', '4']) keepEarlyKey(key(name));
  hearEarlyKeys(hear);
  expect(heard).toEqual(['/', '9', '4']);
  keepEarlyKey(key('8'));
  hearEarlyKeys(hear);
  expect(heard).toEqual(['/', '9', '4']);
});
