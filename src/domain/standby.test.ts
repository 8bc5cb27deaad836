import { expect, test } from 'vitest';
import { type ReplicationFacts, standbyState, standbyText } from './standby.js';

const ALONE: ReplicationFacts = { commit: 'on', names: '', connected: 0, synchronous: 0, hidden: 0 };
const FOLLOWED = { ...ALONE, connected: 1 };
const WAITING = { ...FOLLOWED, names: '*', synchronous: 1 };

test('only a standby that commits wait for makes a 202 survive the primary', () => {
  expect(standbyState(ALONE)).toBe('none');
  expect(standbyState(FOLLOWED)).toBe('asynchronous');
  expect(standbyState(WAITING)).toBe('synchronous');
  expect(standbyState({ ...WAITING, commit: 'remote_apply' })).toBe('synchronous');
  expect(standbyState({ ...WAITING, commit: 'local' })).toBe('asynchronous');
  expect(standbyState({ ...WAITING, connected: 0, synchronous: 0 })).toBe('missing');
});

test('what a role may not see of standbys is told by the setting: no commit is answered without one', () => {
  expect(standbyState({ ...FOLLOWED, names: 'FIRST 1 (a, b)', hidden: 1 })).toBe('synchronous');
  expect(standbyState({ ...FOLLOWED, hidden: 1 })).toBe('asynchronous');
});

test('the line says what has to be set', () => {
  expect(standbyText(ALONE)).toContain('connect a standby and set synchronous_standby_names');
  expect(standbyText(FOLLOWED)).toContain(': set synchronous_standby_names');
  expect(standbyText({ ...WAITING, commit: 'off' })).toContain('set synchronous_commit to on, which is off');
  expect(standbyText({ ...ALONE, commit: 'off' })).toContain('and synchronous_commit to on');
  expect(standbyText(WAITING)).toContain('survives the loss of the primary');
});
