import { expect, test } from 'vitest';
import { prefersJson } from './media-type.js';

test.each([
  'application/json',
  'APPLICATION/JSON',
  'application/json; charset=utf-8',
  'application/json, text/plain, */*',
  'text/html;q=0.5, application/json;q=0.6',
  'text/html;q=0.9,application/*',
  'text/html;q=0, */*',
  'text/html; q=0.1, application/json; level=1; q=0.2',
])('JSON is what %s asks for', (accept) => {
  expect(prefersJson(accept)).toBe(true);
});

test.each([
  undefined,
  '',
  '*/*',
  'text/html',
  'text/html, application/json',
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'application/json;q=0.4, text/*;q=0.5',
  'application/json;q=0',
  'application/json;q=0, text/html;q=0',
  'image/png',
  'application/jsonp',
  ';;,,/',
])('HTML is what is given for %s', (accept) => {
  expect(prefersJson(accept)).toBe(false);
});
