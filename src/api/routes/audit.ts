import type { FastifyInstance } from 'fastify';
import { ACTOR_KINDS, type Actor } from '../../domain/actor.js';
import { AUDIT_ACTIONS, type AuditAction } from '../../domain/audit.js';
import type { AuditRow } from '../../store/store.js';
import { type AuditItem, AuditList } from '../contract/audit.js';
import { operation, serve } from '../contract/operation.js';
import { listOptions } from '../listing/envelope.js';
import { closedField } from '../listing/filter-field.js';
import { listOptionsExample } from '../listing/list-example.js';
import { listErrors, listParameters } from '../listing/list-parameters.js';
import { type ListSpec, readListQuery, wanted } from '../listing/list-query.js';
import { pageOf } from '../listing/page.js';
import type { RouteParts } from './route-parts.js';

const ACTION = closedField('action', AUDIT_ACTIONS);
const ACTOR_KIND = closedField('actor_kind', ACTOR_KINDS);

const LIST: ListSpec = {
  filters: [ACTION, ACTOR_KIND],
  repeatable: [],
  sortFields: ['item_uid'],
  time: true,
  cursor: false,
};

const AUDIT_ITEM: AuditItem = {
  item_uid: 17,
  created_at: 1746481123000,
  action: 'user.changed',
  actor_kind: 'user',
  actor_uid: 1,
  actor_name: 'admin',
  address: '192.0.2.7',
  target_uid: 2,
  before: { username: 'concierge', account_type: 'user' },
  after: { username: 'concierge', account_type: 'admin' },
  changed: ['account_type', 'password'],
};

export const AUDIT_OPERATIONS = {
  list: operation({
    id: 'listAudit',
    tag: 'Audit trail',
    method: 'GET',
    path: '/api/v1/audit',
    summary: 'List who changed what, when and from where',
    description:
      'Secrets, passwords and values of headers are never in it; `changed` names them where they changed. Log-ins of one account from one address are entered once an hour; failed ones are gathered by name and address, with the number of `attempts`. Entries are kept.',
    access: 'administrator',
    query: listParameters(LIST),
    answer: {
      json: {
        schema: AuditList,
        example: { list_items: [AUDIT_ITEM], list_options: listOptionsExample(LIST) },
      },
    },
    errors: listErrors(LIST),
  }),
};

export function auditRoutes(app: FastifyInstance, { store }: RouteParts): void {
  serve(app, AUDIT_OPERATIONS.list, async (request) => {
    const query = readListQuery(request.query, LIST);
    const { from, to } = query;
    const [action] = wanted(query, ACTION.name) ?? [null];
    const [actorKind] = wanted(query, ACTOR_KIND.name) ?? [null];
    const { total, rows } = await store.audit.list({
      ...pageOf(query),
      filter: {
        action: action as AuditAction | null,
        actorKind: actorKind as Actor['kind'] | null,
        from,
        to,
      },
    });
    return { list_items: rows.map(item), list_options: listOptions(query, LIST, { total }) };
  });
}

function item({ uid, at, actor, entry }: AuditRow): AuditItem {
  return {
    item_uid: uid,
    created_at: at,
    action: entry.action,
    actor_kind: actor.kind,
    actor_uid: actor.uid,
    actor_name: actor.name,
    address: actor.address,
    target_uid: entry.targetUid,
    before: entry.before,
    after: entry.after,
    changed: entry.changed,
  };
}
