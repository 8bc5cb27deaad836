/** The same object, some of whose verbs are in other hands; the others are called as ever. */
export function withVerbs<T extends object>(target: T, verbs: Partial<T>): T {
  return new Proxy(target, {
    get(real, name) {
      const verb: unknown = Reflect.get(verbs, name) ?? Reflect.get(real, name, real);
      return typeof verb === 'function' ? verb.bind(real) : verb;
    },
  });
}
