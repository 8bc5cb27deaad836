import { describe, expect, test } from 'vitest';
import { GroupCommit, type GroupCommitOptions } from './group-commit.js';

interface Entry {
  name: string;
}

/** A dialect that only remembers which groups it was given, and fails as it is told. */
function dialect(options: Partial<GroupCommitOptions<Entry>> & { refuse?: string[]; error?: Error } = {}) {
  const groups: string[][] = [];
  const { refuse = [], error = new Error('refused'), ...rest } = options;
  const commit = new GroupCommit<Entry>({
    runGroup(members) {
      groups.push(members.map(({ name }) => name));
      if (members.some(({ name }) => refuse.includes(name))) throw error;
    },
    worthRunningAlone: () => true,
    maxMembers: 3,
    maxGroups: 1,
    ...rest,
  });
  return { groups, commit };
}

const submit = (commit: GroupCommit<Entry>, ...names: string[]) =>
  Promise.allSettled(names.map((name) => commit.submit({ name })));

/** A promise that the test settles. */
function gate() {
  let open = () => {};
  let fail = (_: Error) => {};
  const passed = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { open, fail, passed };
}

describe('group commit', () => {
  test('parts what is heavy into several groups, and takes what is too heavy alone', async () => {
    const { groups, commit } = dialect({
      maxMembers: 10,
      weightOf: ({ name }) => Number(name),
      maxWeight: 5,
    });
    await submit(commit, '2', '3', '1', '9', '4', '1', '1');
    expect(groups).toEqual([['2', '3'], ['1'], ['9'], ['4', '1'], ['1']]);
  });

  test('writes what comes in one turn as one group, in order, and the overflow in further ones', async () => {
    const { groups, commit } = dialect();

    await submit(commit, 'a', 'b', 'c', 'd', 'e');
    await submit(commit, 'f');

    expect(groups).toEqual([['a', 'b', 'c'], ['d', 'e'], ['f']]);
  });

  test('runs the members of a failed group alone, so that one spoils none', async () => {
    const { groups, commit } = dialect({ refuse: ['b'] });

    const results = await submit(commit, 'a', 'b', 'c');

    expect(groups).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('fails all at once where running them alone would only repeat the harm', async () => {
    const error = new Error('in doubt');
    const { groups, commit } = dialect({ refuse: ['b'], error, worthRunningAlone: (e) => e !== error });

    const results = await submit(commit, 'a', 'b');

    expect(groups).toEqual([['a', 'b']]);
    expect(results).toEqual([
      { status: 'rejected', reason: error },
      { status: 'rejected', reason: error },
    ]);
  });

  test('keeps several groups of an asynchronous dialect under way, and no more than it may', async () => {
    const gates = [gate(), gate(), gate()];
    const begun: string[][] = [];
    const started = gates.map(() => gate());
    const { commit } = dialect({
      maxMembers: 1,
      maxGroups: 2,
      runGroup(members) {
        const index = begun.push(members.map(({ name }) => name)) - 1;
        started[index]?.open();
        return gates[index]?.passed;
      },
    });

    const first = commit.submit({ name: 'a' });
    const second = commit.submit({ name: 'b' });
    const third = commit.submit({ name: 'c' });
    await started[1]?.passed;
    expect(begun).toEqual([['a'], ['b']]);

    gates[1]?.open();
    await second;
    await started[2]?.passed;
    expect(begun).toEqual([['a'], ['b'], ['c']]);
    gates[0]?.open();
    gates[2]?.fail(new Error('refused'));
    await first;
    await expect(third).rejects.toThrow('refused');
  });

  test('is drained when nothing waits and nothing is under way', async () => {
    const { groups, commit } = dialect({ maxMembers: 1, refuse: ['b'] });
    await commit.drain();

    const results = submit(commit, 'a', 'b');
    await commit.drain();

    expect(groups).toEqual([['a'], ['b']]);
    await commit.drain();
    expect(await results).toHaveLength(2);
  });
});
