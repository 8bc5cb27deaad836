import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../domain/errors.js';
import { readKey } from '../../domain/key-rules.js';
import { SCOPES, type Scope } from '../../domain/rights.js';
import type { ApiKey } from '../../store/store.js';
import { callerOf } from '../caller.js';
import { Done } from '../contract/done.js';
import { CreatedKey, KeyBody, type KeyItem, KeyList } from '../contract/key.js';
import { operation, SHAPE_ERRORS, serve } from '../contract/operation.js';
import { createKey } from '../keys.js';
import { listOptions } from '../listing/envelope.js';
import { closedField } from '../listing/filter-field.js';
import { listOptionsExample } from '../listing/list-example.js';
import { listErrors, listParameters } from '../listing/list-parameters.js';
import { type ListSpec, readListQuery, wanted } from '../listing/list-query.js';
import { pageOf } from '../listing/page.js';
import { jsonBody } from '../request-body.js';
import { tokenHash } from '../tokens.js';
import { readUid } from '../uids.js';
import type { RouteParts } from './route-parts.js';

const TAG = 'Users and keys';

const LIST: ListSpec = {
  filters: [closedField('scope', SCOPES)],
  repeatable: [],
  sortFields: ['item_uid'],
  time: false,
  cursor: false,
};

const KEY_ITEM: KeyItem = {
  item_uid: 3,
  name: 'lobby controller',
  prefix: 'lh_4fQ8sZpK',
  scopes: ['events:write'],
  created_at: 1746481123000,
  last_used_at: null,
};

export const KEY_OPERATIONS = {
  create: operation({
    id: 'createKey',
    tag: TAG,
    method: 'POST',
    path: '/api/v1/keys',
    summary: 'Make an API key, which is shown this once',
    description:
      'A machine sends it as `Authorization: Bearer lh_…`. `events:write` may report events, `read` may read what an account of type `user` may, `admin` may do everything. Its name is the source of events that name none.',
    access: 'administrator',
    body: { schema: KeyBody, example: { name: KEY_ITEM.name, scopes: KEY_ITEM.scopes } },
    answer: {
      json: {
        schema: CreatedKey,
        example: { item_uid: 3, key: `${KEY_ITEM.prefix}W0eVb2Jm7Rt5Yc1Nx9La6Hd3Ug8Ki4Po2Fe` },
      },
    },
    errors: [...SHAPE_ERRORS, 'invalid-key-name', 'invalid-scopes'],
  }),
  list: operation({
    id: 'listKeys',
    tag: TAG,
    method: 'GET',
    path: '/api/v1/keys',
    summary: 'List the API keys by their prefixes, with their last use',
    access: 'administrator',
    query: listParameters(LIST),
    answer: {
      json: { schema: KeyList, example: { list_items: [KEY_ITEM], list_options: listOptionsExample(LIST) } },
    },
    errors: listErrors(LIST),
  }),
  revoke: operation({
    id: 'revokeKey',
    tag: TAG,
    method: 'DELETE',
    path: '/api/v1/keys/{key_uid}',
    summary: 'Revoke an API key; it counts no more from then on',
    access: 'administrator',
    answer: { json: { schema: Done, example: {} } },
    errors: ['wrong-key-uid'],
  }),
};

export function keyRoutes(app: FastifyInstance, { store, randomBytes }: RouteParts): void {
  serve(app, KEY_OPERATIONS.create, async (request) => {
    const spec = readKey(jsonBody(request));
    const { key, prefix } = createKey(randomBytes);
    const made = { ...spec, prefix, hash: tokenHash(key) };
    const { uid } = await store.keys.create(made, callerOf(request).actor);
    return { item_uid: uid, key };
  });

  serve(app, KEY_OPERATIONS.list, async (request) => {
    const query = readListQuery(request.query, LIST);
    const [scope] = wanted(query, 'scope') ?? [null];
    const { total, rows } = await store.keys.list({ ...pageOf(query), scope: scope as Scope | null });
    return { list_items: rows.map(item), list_options: listOptions(query, LIST, { total }) };
  });

  serve(app, KEY_OPERATIONS.revoke, async (request) => {
    const uid = readUid(request.params.key_uid, 'wrong-key-uid');
    if (!(await store.keys.revoke(uid, callerOf(request).actor))) throw new Refusal('wrong-key-uid');
    return {};
  });
}

function item(key: ApiKey): KeyItem {
  return {
    item_uid: key.uid,
    name: key.name,
    prefix: key.prefix,
    scopes: key.scopes,
    created_at: key.createdAt,
    last_used_at: key.lastUsedAt,
  };
}
