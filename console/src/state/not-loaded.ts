/** A part of the console that could not be loaded: the server is away, or has another release by now. */
export class NotLoaded extends Error {}

/** For `lazy` and for texts. What failed once stays failed until the document is loaded again. */
export function loading<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return () =>
    load().catch((cause: unknown) => {
      throw new NotLoaded('a part of the console could not be loaded', { cause });
    });
}
