import type { Bound, ListDialect, Rows } from '../listing/dialect.js';
import type { Line, Value } from './line.js';
import { numbers, texts } from './literal.js';

/** A value of each row: as a join it would be turned round into reading all events of a source. */
const SOURCE_OF_EACH = (alias: string) =>
  `(SELECT e.source FROM event e WHERE e.id = ${alias}.event_id) = ANY(@sources)`;
/** Neighbours have neighbouring events: these are read in one go, which is several times cheaper. */
const SOURCES_IN_RANGE = (alias: string) => `${alias}.event_id IN (
  SELECT e.id FROM event e
  WHERE e.id >= (SELECT min(x.event_id) FROM delivery x WHERE x.uid BETWEEN @lo AND @hi)
    AND e.id <= (SELECT max(x.event_id) FROM delivery x WHERE x.uid BETWEEN @lo AND @hi)
    AND e.source = ANY(@sources))`;

const DIALECT: ListDialect = {
  within: (column, name) => `${column} = ANY(@${name})`,
  ofSources: (alias, ranged) => (ranged ? SOURCES_IN_RANGE(alias) : SOURCE_OF_EACH(alias)),
  textsOf: (json) => `json_array_elements_text((${json})::json) AS texts (value)`,
  byKey: '',
  byRetries: '',
  counters: 'counter',
  countsAhead: true,
  // All within a larger block: each statement is a way to the server and back.
  countsAtOnce: 64,
};

/** A statement with numbered places in place of names. */
interface Numbered {
  text: string;
  names: readonly string[];
}

/** By the text with names; there are as many as there are combinations of filters. */
const NUMBERED = new Map<string, Numbered>();

/** What is asked on one connection, within one transaction. */
export class LineRows implements Rows {
  readonly dialect = DIALECT;
  readonly levels: readonly number[];
  readonly #line: Pick<Line, 'run'>;

  constructor(line: Pick<Line, 'run'>, levels: readonly number[] = []) {
    this.#line = line;
    this.levels = levels;
  }

  async all<Row>(sql: string, bound: Bound): Promise<Row[]> {
    const { text, names } = numbered(sql);
    const values = names.map((name) => valueNamed(bound, name));
    return (await this.#line.run(text, values)) as unknown as Row[];
  }
}

function numbered(sql: string): Numbered {
  let known = NUMBERED.get(sql);
  if (!known) {
    const names: string[] = [];
    const text = sql.replaceAll(/@(\w+)/g, (_, name: string) => {
      if (!names.includes(name)) names.push(name);
      return `$${names.indexOf(name) + 1}`;
    });
    known = { text, names };
    NUMBERED.set(sql, known);
  }
  return known;
}

function valueNamed(bound: Bound, name: string): Value {
  const value = bound[name];
  if (value === undefined) throw new Error(`nothing is bound as ${name}`);
  if (typeof value !== 'object' || value === null) return value;
  return isNumbers(value) ? numbers(value) : texts(value as readonly string[]);
}

function isNumbers(values: readonly (string | number)[]): values is readonly number[] {
  return values.every((value) => typeof value === 'number');
}
