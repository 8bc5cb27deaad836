import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../domain/errors.js';
import { md5Hex, plainLogin } from '../../domain/login.js';
import type { AccountType } from '../../domain/rights.js';
import { readUser, readUserChange } from '../../domain/user-rules.js';
import type { User } from '../../store/store.js';
import { callerOf } from '../caller.js';
import { Done } from '../contract/done.js';
import { operation, SHAPE_ERRORS, serve } from '../contract/operation.js';
import { Created, UserBody, UserChangeBody, type UserItem, UserList } from '../contract/user.js';
import { listOptions } from '../listing/envelope.js';
import { closedField } from '../listing/filter-field.js';
import { listOptionsExample } from '../listing/list-example.js';
import { listErrors, listParameters } from '../listing/list-parameters.js';
import { type ListSpec, readListQuery, wanted } from '../listing/list-query.js';
import { pageOf } from '../listing/page.js';
import { jsonBody } from '../request-body.js';
import { readUid } from '../uids.js';
import type { RouteParts } from './route-parts.js';

const TAG = 'Users and keys';
const ALL = '/api/v1/users';
const ITEM = '/api/v1/users/{user_uid}';

const LIST: ListSpec = {
  filters: [closedField('account_type', ['admin', 'user'])],
  repeatable: [],
  sortFields: ['item_uid'],
  time: false,
  cursor: false,
};

const USER_ITEM: UserItem = {
  item_uid: 2,
  username: 'concierge',
  account_type: 'user',
  created_at: 1746481123000,
};
const BODY_ERRORS = [
  ...SHAPE_ERRORS,
  'invalid-username',
  'invalid-password',
  'invalid-account-type',
  'same-username',
] as const;

export const USER_OPERATIONS = {
  create: operation({
    id: 'createUser',
    tag: TAG,
    method: 'POST',
    path: ALL,
    summary: 'Make an account',
    access: 'administrator',
    body: {
      schema: UserBody,
      example: { username: 'concierge', password: 'open-sesame', account_type: 'user' },
    },
    answer: { json: { schema: Created, example: { item_uid: 2 } } },
    errors: BODY_ERRORS,
  }),
  list: operation({
    id: 'listUsers',
    tag: TAG,
    method: 'GET',
    path: ALL,
    summary: 'List the accounts',
    access: 'administrator',
    query: listParameters(LIST),
    answer: {
      json: {
        schema: UserList,
        example: { list_items: [USER_ITEM], list_options: listOptionsExample(LIST) },
      },
    },
    errors: listErrors(LIST),
  }),
  change: operation({
    id: 'changeUser',
    tag: TAG,
    method: 'PUT',
    path: ITEM,
    summary: 'Change an account',
    description:
      'A member that is left out, or `null`, stays as it is. A new password ends all log-ins of the account. The last administrator stays one.',
    access: 'administrator',
    body: { schema: UserChangeBody, example: { account_type: 'admin' } },
    answer: { json: { schema: Done, example: {} } },
    errors: ['wrong-user-uid', ...BODY_ERRORS, 'last-administrator'],
  }),
  remove: operation({
    id: 'removeUser',
    tag: TAG,
    method: 'DELETE',
    path: ITEM,
    summary: 'Remove an account, and end its log-ins',
    access: 'administrator',
    answer: { json: { schema: Done, example: {} } },
    errors: ['wrong-user-uid', 'last-administrator'],
  }),
};

export function userRoutes(app: FastifyInstance, { store, passwords, credentials }: RouteParts): void {
  serve(app, USER_OPERATIONS.create, async (request) => {
    const { username, password, accountType } = readUser(jsonBody(request));
    const passwordHash = await passwords.hash(md5Hex(password));
    const spec = { username, accountType, passwordHash };
    const user = await store.people.createUser(spec, callerOf(request).actor);
    if (!user) throw new Refusal('same-username');
    credentials.recognise(plainLogin(username, password));
    return { item_uid: user.uid };
  });

  serve(app, USER_OPERATIONS.list, async (request) => {
    const query = readListQuery(request.query, LIST);
    const [accountType] = wanted(query, 'account_type') ?? [null];
    const { total, rows } = await store.people.users({
      ...pageOf(query),
      accountType: accountType as AccountType | null,
    });
    return { list_items: rows.map(item), list_options: listOptions(query, LIST, { total }) };
  });

  serve(app, USER_OPERATIONS.change, async (request) => {
    const uid = readUid(request.params.user_uid, 'wrong-user-uid');
    // Before the body is judged, since uids come first.
    const before = await store.people.user(uid);
    if (!before) throw new Refusal('wrong-user-uid');
    const { username, password, accountType } = readUserChange(jsonBody(request));
    const passwordHash = password === null ? null : await passwords.hash(md5Hex(password));
    const change = { username, accountType, passwordHash };
    const { kind } = await store.people.changeUser(uid, change, callerOf(request).actor);
    if (kind === 'unknown') throw new Refusal('wrong-user-uid');
    if (kind !== 'written') throw new Refusal(kind);
    if (password !== null) credentials.recognise(plainLogin(username ?? before.username, password));
    return {};
  });

  serve(app, USER_OPERATIONS.remove, async (request) => {
    const uid = readUid(request.params.user_uid, 'wrong-user-uid');
    const result = await store.people.removeUser(uid, callerOf(request).actor);
    if (result === 'unknown') throw new Refusal('wrong-user-uid');
    if (result !== 'removed') throw new Refusal(result);
    return {};
  });
}

function item({ uid, username, accountType, createdAt }: User): UserItem {
  return { item_uid: uid, username, account_type: accountType, created_at: createdAt };
}
