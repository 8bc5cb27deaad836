/** Whether what was answered with 202 survives the loss of the database's primary: what a server says of itself. */
export interface ReplicationFacts {
  /** `synchronous_commit`, as it is for us: what a commit waits for. */
  commit: string;
  /** `synchronous_standby_names`: whom it waits for; empty: nobody. */
  names: string;
  /** Standbys that are connected, those that it waits for, and those of which it does not tell us. */
  connected: number;
  synchronous: number;
  hidden: number;
}

/**
 * `synchronous`: a standby has what was committed. `missing`: commits wait for one that is not there.
 * `asynchronous`: one follows, and commits do not wait for it. `none`: none is connected.
 */
export type StandbyState = 'synchronous' | 'missing' | 'asynchronous' | 'none';

/** Of `synchronous_commit`: whatever else is set, a commit waits for no standby. */
const ALONE = new Set(['off', 'local']);

export function standbyState(facts: ReplicationFacts): StandbyState {
  if (facts.names.trim() !== '' && !ALONE.has(facts.commit)) {
    // Who may not see how standbys follow still knows that no commit is answered without one.
    return facts.synchronous > 0 || facts.hidden > 0 ? 'synchronous' : 'missing';
  }
  return facts.connected > 0 ? 'asynchronous' : 'none';
}

/** For the operator: what it means, and what to set. */
export function standbyText(facts: ReplicationFacts): string {
  const state = standbyState(facts);
  if (state === 'synchronous')
    return 'what is answered with 202 survives the loss of the primary: a synchronous standby has it too';
  if (state === 'missing')
    return 'no synchronous standby is connected: until one is, commits wait and events are refused; connect one that synchronous_standby_names names';
  return `what is answered with 202 may be lost with the primary: ${remedy(facts, state)}`;
}

function remedy({ commit, names }: ReplicationFacts, state: StandbyState): string {
  if (names.trim() === '') {
    const standby = state === 'none' ? 'connect a standby and ' : '';
    const level = ALONE.has(commit) ? ', and synchronous_commit to on' : '';
    return `${standby}set synchronous_standby_names on the database's server${level} (docs/many-nodes.md)`;
  }
  return `set synchronous_commit to on, which is ${commit} for this connection (docs/many-nodes.md)`;
}
