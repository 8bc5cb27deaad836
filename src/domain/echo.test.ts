import { describe, expect, it } from 'vitest';
import { maskEchoes } from './echo.js';

describe('the record of an answer', () => {
  it('hides own header values and the secret that a receiver sends back', () => {
    expect(maskEchoes('you sent X-Key: key-of-ours-17, key-of-ours-17!', ['key-of-ours-17', 'yes'])).toBe(
      'you sent X-Key: ***, ***!',
    );
  });

  it('leaves words alone that are too short to be a secret', () => {
    expect(maskEchoes('yes', ['yes'])).toBe('yes');
  });

  it('stays absent when no answer came', () => {
    expect(maskEchoes(null, ['key-of-ours-17'])).toBeNull();
  });
});
