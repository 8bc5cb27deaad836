import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../event-types.js';
import { LOCALES } from './locale.js';
import { logItem, logItemJson } from './log-item.js';

const CAPTURED = JSON.parse(
  readFileSync(new URL('../../../test/vectors/log-item.captured.json', import.meta.url), 'utf8'),
);

const eventOf = (eventType: string, data: string) => ({ eventId: 45, eventType, createdAt: 1000, data });

/** The text of an event whose type is the captured one. */
const textFor = (data: string) =>
  logItem(eventOf('log.access_granted_by_valid_identifier', data), 'en').info.text;

it('lists an event exactly as a panel listed it', () => {
  const event = {
    eventId: 45,
    eventType: `log.${CAPTURED.name.key}`,
    createdAt: CAPTURED.timestamp,
    data: JSON.stringify(CAPTURED.info.model),
  };

  const json = logItemJson(logItem(event, 'en'));

  expect(json).toBe(JSON.stringify(CAPTURED));
});

it('lists the same event in Turkish', () => {
  const event = eventOf('log.access_granted_by_valid_identifier', JSON.stringify(CAPTURED.info.model));
  expect(JSON.parse(logItemJson(logItem(event, 'tr')))).toEqual({
    timestamp: 1000,
    category: 'access',
    priority: 'medium',
    info: {
      text: 'Geçerli tanımlayıcı 3090069 kullanıldı, sahibi Administrator, kilit 0 açıldı',
      model: CAPTURED.info.model,
    },
    name: { text: 'Kilit tanımlayıcıyla açıldı', key: 'access_granted_by_valid_identifier' },
  });
});

it('ranks an event by its category', () => {
  const ranks = EVENT_TYPES.map((type) => {
    const { category, priority } = logItem(eventOf(type, '{}'), 'en');
    return `${category} ${priority}`;
  });
  expect(new Set(ranks)).toEqual(new Set(['access medium', 'emergency high', 'info low', 'system low']));
});

it('writes an item that can be read as JSON, whatever the type and the language', () => {
  const data = '{"owner":"\\"\\\\\\n\\u0000\\ud800 ü","number":"<b>"}';
  for (const type of EVENT_TYPES) {
    for (const locale of LOCALES) {
      const item = logItem(eventOf(type, data), locale);
      expect(JSON.parse(logItemJson(item))).toEqual({
        ...item,
        info: { ...item.info, model: JSON.parse(data) },
      });
    }
  }
});

describe('the numbers of an event', () => {
  it('keep all their digits in the model and in the text', () => {
    const data = '{"number":12345678901234567890,"lock":1.0,"card":1e400}';

    const json = logItemJson(logItem(eventOf('log.access_granted_by_valid_identifier', data), 'en'));

    expect(json).toContain(`"model":${data}}`);
    expect(json).toContain('"Valid identifier 12345678901234567890 was used, lock 1.0 was opened"');
  });
});

describe('the text of an event', () => {
  it('says the members that the sentence has no place for behind it', () => {
    const data = '{"host":"10.0.0.5","lock":1,"owner":"Ada","number":"5"}';
    const text = (type: string) => logItem(eventOf(type, data), 'en').info.text;
    expect(text('log.tamper_event')).toBe(
      'The tamper sensor was triggered, number 5, owner Ada, lock 1, host 10.0.0.5',
    );
    expect(text('log.incoming_call')).toBe('Incoming call from 5, owner Ada, lock 1, host 10.0.0.5');
  });

  it.each([
    ['are missing', '{}'],
    ['are null', '{"number":null,"owner":null,"lock":null,"host":null}'],
    ['are containers', '{"number":[1],"owner":{"name":"Ada"},"lock":[],"host":{}}'],
    ['are booleans', '{"number":true,"lock":false}'],
    ['are blank', '{"number":"","owner":" ","host":"\\t\\n"}'],
    ['stand deeper', '{"info":{"number":"5","owner":"Ada"}}'],
    ['are spelled otherwise', '{"Number":"5","OWNER":"Ada","__proto__":{"lock":1}}'],
  ])('leaves out members that %s, and their phrases', (_, data) => {
    expect(textFor(data)).toBe('Valid identifier was used');
  });

  it('says the last of two members of one name, as a JSON parser does', () => {
    expect(textFor('{"number":"1","number":"2"}')).toBe('Valid identifier 2 was used');
    expect(textFor('{"number":"1","number":null}')).toBe('Valid identifier was used');
    expect(textFor('{"n\\u0075mber":"3"}')).toBe('Valid identifier 3 was used');
  });

  it('says a value to the letter, also when it looks like a template', () => {
    expect(textFor(JSON.stringify({ number: '$& {lock}', owner: '[, {host}]$1', lock: 2 }))).toBe(
      'Valid identifier $& {lock} was used, owner [, {host}]$1, lock 2 was opened',
    );
  });

  it('says a number that is zero or below', () => {
    expect(textFor('{"number":0,"lock":-1}')).toBe('Valid identifier 0 was used, lock -1 was opened');
  });
});
