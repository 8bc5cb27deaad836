import { expect, test } from 'vitest';
import { createLog, loggableUrl } from './log.js';

function capture() {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  return { log, lines };
}

test('a log line is one JSON object with level, time and what was said', () => {
  const { log, lines } = capture();

  log.info({ deliveryUid: 5, outcome: 'delivered' }, 'attempt');

  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    deliveryUid: 5,
    outcome: 'delivered',
    msg: 'attempt',
  });
});

test('no secret, token or password is written, at the top of a line or one level below', () => {
  const { log, lines } = capture();

  log.info({
    password: 'hush-1',
    config: { secretKey: 'hush-2' },
    webhook: { secret: 'hush-3', headers: 'hush-4' },
  });
  log.info({
    token: 'hush-5',
    request: { authorization: 'Bearer hush-6' },
    config: { databaseUrl: 'hush-7' },
  });

  expect(lines).toHaveLength(2);
  expect(lines.join('')).toContain('***');
  expect(lines.join('')).not.toContain('hush');
});

test('a URL is written without query, fragment and credentials', () => {
  const { log, lines } = capture();

  log.warn({ url: 'https://user:hush@door.example/in?token=hush#hush' });

  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ url: 'https://door.example/in' });
  expect(loggableUrl('/api/v1/login?username=admin&password=hush')).toBe('/api/v1/login');
});

test('an error is written with its cause', () => {
  const { log, lines } = capture();

  log.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed');

  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    err: { message: 'outer', cause: { message: 'inner' } },
  });
});
