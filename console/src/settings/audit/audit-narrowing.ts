import type { AuditItem, ListAuditQuery } from '@latchhook/sdk/client';
import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { apiNarrowing, type Narrowing, readNarrowing } from '../../narrowing/narrowing.js';

export const ACTIONS = [
  'webhook.created',
  'webhook.changed',
  'webhook.deleted',
  'webhook.disabled',
  'user.created',
  'user.changed',
  'user.removed',
  'key.created',
  'key.revoked',
  'delivery.resent',
  'delivery.cancelled',
  'resend.started',
  'resend.cancelled',
  'login',
  'login.failed',
] as const satisfies readonly AuditItem['action'][];

export const ACTOR_KINDS = [
  'user',
  'key',
  'system',
  'cli',
] as const satisfies readonly AuditItem['actor_kind'][];

type Change = Partial<Record<'show' | 'period', string | null> & Record<'from' | 'to', number | null>>;

/** In the address: `?show=user.changed&period=24h`. The API narrows by action or by kind of actor, not by both. */
export function useAuditNarrowing() {
  const [address, setAddress] = useSearchParams();
  const narrowing: Narrowing = useMemo(() => readNarrowing(address), [address]);
  const asked = address.get('show');
  const action = ACTIONS.find((one) => one === asked) ?? null;
  const kind = ACTOR_KINDS.find((one) => one === asked) ?? null;
  return {
    narrowing,
    show: action ?? kind,
    narrowed: (action ?? kind ?? narrowing.period ?? narrowing.from ?? narrowing.to) !== null,
    clear: () => setAddress(new URLSearchParams()),
    change: (changed: Change) =>
      setAddress((last) => {
        const next = new URLSearchParams(last);
        next.delete('page');
        for (const [name, value] of Object.entries(changed)) {
          if (value === null) next.delete(name);
          else next.set(name, String(value));
        }
        return next;
      }),
    query(now: number): ListAuditQuery {
      const { from, to } = apiNarrowing(narrowing, now);
      return {
        ...(action ? { filter_field: 'action', filter_value: action } : {}),
        ...(kind ? { filter_field: 'actor_kind', filter_value: kind } : {}),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      };
    },
  };
}
