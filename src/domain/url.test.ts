import { expect, test } from 'vitest';
import { parseUrl } from './url.js';

test('a URL is one however many were read before it', () => {
  for (let read = 0; read < 300_000; read++) parseUrl('http://receiver.example/hook');

  expect(parseUrl('http://bücher.example/ä?ö')?.host).toBe('xn--bcher-kva.example');
  expect(parseUrl('http://[nowhere')).toBeNull();
});
