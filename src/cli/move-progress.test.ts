import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import { comparison, ProgressLines } from './move-progress.js';

function screen(isTTY: boolean) {
  const out = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY });
  return { out: out as unknown as NodeJS.WriteStream, text: () => String(out.read() ?? '') };
}

const EVENTS = { table: 'event', total: 200_000, done: false };

test('on a terminal one line for each table is written anew', () => {
  const clock = new ManualClock();
  const { out, text } = screen(true);
  const lines = new ProgressLines(out, clock);

  lines.tell({ ...EVENTS, moved: 0 });
  clock.advance(100);
  lines.tell({ ...EVENTS, moved: 9_000 });
  clock.advance(900);
  lines.tell({ ...EVENTS, moved: 50_000 });
  clock.advance(3_000);
  lines.tell({ ...EVENTS, moved: 200_000, done: true });

  const shown = text().split('\r').slice(1);
  expect(shown).toHaveLength(3);
  expect(shown[1]).toMatch(/^event +50,000 of 200,000 {2}25 % {2}50,000 rows\/s *$/);
  expect(shown[2]).toMatch(/^event +200,000 of 200,000 {2}100 % {2}50,000 rows\/s *\n$/);
});

test('elsewhere each table has a line at its end, and one every five seconds until then', () => {
  const clock = new ManualClock();
  const { out, text } = screen(false);
  const lines = new ProgressLines(out, clock);

  for (let moved = 0; moved < 200_000; moved += 10_000) {
    lines.tell({ ...EVENTS, moved });
    clock.advance(500);
  }
  lines.tell({ ...EVENTS, moved: 200_000, done: true });
  lines.tell({ table: 'job', moved: 0, total: 0, done: true });

  expect(text().split('\n')).toEqual([
    expect.stringMatching(/^event +100,000 of 200,000 {2}50 % {2}20,000 rows\/s$/),
    expect.stringMatching(/^event +200,000 of 200,000 {2}100 % {2}20,000 rows\/s$/),
    expect.stringMatching(/^job +0 of 0 {2}100 % {2}0 rows\/s$/),
    '',
  ]);
});

test('what differs between both ends is marked', () => {
  const lines = comparison([
    { table: 'user', source: 3, target: 3 },
    { table: 'event', source: 200_000, target: 199_999 },
  ]).split('\n');

  expect(lines).toEqual([
    expect.stringMatching(/^table +source +target$/),
    expect.stringMatching(/^user +3 +3$/),
    expect.stringMatching(/^event +200,000 +199,999 {2}differs$/),
    '',
  ]);
});
