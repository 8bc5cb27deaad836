/** What an API key may be made for. */
export const SCOPES = ['events:write', 'read', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export type AccountType = 'admin' | 'user';

export interface Rights {
  /** Everything but secrets, users, keys and the audit trail. */
  read: boolean;
  /** Report events. */
  report: boolean;
  /** Everything; the other two are true then. */
  administer: boolean;
}

/** What a route asks of those who call it: anyone, any reader, who may report events, administrators. */
export type Access = 'open' | 'account' | 'events' | 'administrator';

export function rightsOfAccount(accountType: AccountType): Rights {
  const administer = accountType === 'admin';
  return { read: true, report: administer, administer };
}

export function rightsOfScopes(scopes: readonly Scope[]): Rights {
  const administer = scopes.includes('admin');
  return {
    read: administer || scopes.includes('read'),
    report: administer || scopes.includes('events:write'),
    administer,
  };
}

export function mayEnter(access: Access, rights: Rights): boolean {
  switch (access) {
    case 'open':
      return true;
    case 'account':
      return rights.read;
    case 'events':
      return rights.report;
    case 'administrator':
      return rights.administer;
  }
}
