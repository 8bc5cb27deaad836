/**
 * Something that is sent before what is awaited first. Where that fails first, nobody waits for this any more,
 * and its failure must not end the process; who awaits it is told all the same.
 */
export function ahead<Answer>(answer: Promise<Answer>): Promise<Answer> {
  answer.catch(() => {});
  return answer;
}
