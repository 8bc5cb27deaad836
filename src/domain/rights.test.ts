import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readKey } from './key-rules.js';
import { type Access, mayEnter, rightsOfAccount, rightsOfScopes, SCOPES } from './rights.js';

const ACCESSES: Access[] = ['open', 'account', 'events', 'administrator'];
const entered = (rights: ReturnType<typeof rightsOfAccount>) =>
  ACCESSES.filter((access) => mayEnter(access, rights));

it('lets an administrator in everywhere, and a user where things are read', () => {
  expect(entered(rightsOfAccount('admin'))).toEqual(ACCESSES);
  expect(entered(rightsOfAccount('user'))).toEqual(['open', 'account']);
});

it('lets a key in where one of its scopes may go, and nowhere else', () => {
  expect(entered(rightsOfScopes([]))).toEqual(['open']);
  expect(entered(rightsOfScopes(['events:write']))).toEqual(['open', 'events']);
  expect(entered(rightsOfScopes(['read']))).toEqual(['open', 'account']);
  expect(entered(rightsOfScopes(['admin']))).toEqual(ACCESSES);
  fc.assert(
    fc.property(fc.subarray([...SCOPES]), (scopes) => {
      const together = new Set(scopes.flatMap((scope) => entered(rightsOfScopes([scope]))));
      expect(new Set(entered(rightsOfScopes(scopes)))).toEqual(together.add('open'));
    }),
  );
});

it('takes the scopes of a key in any order and once each, and no other word', () => {
  const read = (scopes: string[]) => readKey({ name: 'lobby', scopes }).scopes;

  expect(read(['read', 'events:write', 'read'])).toEqual(['events:write', 'read']);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...SCOPES, 'Read', 'write', '', 'constructor')), (scopes) => {
      const known = scopes.length > 0 && scopes.every((scope) => SCOPES.some((one) => one === scope));
      if (known) expect(new Set(read(scopes))).toEqual(new Set(scopes));
      else expect(() => read(scopes)).toThrow('Scopes must be');
    }),
  );
});
