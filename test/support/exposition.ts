type Labels = Record<string, string>;

/** What a scraper reads. */
export interface Exposition {
  /** Name → counter, gauge or histogram. */
  kinds: Map<string, string>;
  /** Of the one sample with exactly these labels; undefined: there is none. */
  value(name: string, labels?: Labels): number | undefined;
  sum(name: string): number;
  labels(name: string): Labels[];
}

/** The text format of Prometheus. Fails at a line that is none. */
export function parseExposition(text: string): Exposition {
  const kinds = new Map<string, string>();
  const samples: { name: string; labels: Labels; value: number }[] = [];
  for (const line of text.split('\n').filter(Boolean)) {
    const [, named = '', kind = ''] = /^# TYPE (\w+) (\w+)$/.exec(line) ?? [];
    if (named !== '') kinds.set(named, kind);
    if (line.startsWith('#')) continue;
    const [whole, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (whole === undefined) throw new Error(`not a sample: ${line}`);
    const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', text = '']) => [key, text]);
    samples.push({
      name,
      labels: Object.fromEntries(pairs) as Labels,
      value: Number(value.replace('Nan', 'NaN')),
    });
  }
  const of = (name: string) => samples.filter((sample) => sample.name === name);
  return {
    kinds,
    value: (name, labels = {}) => of(name).find(({ labels: own }) => same(own, labels))?.value,
    sum: (name) => of(name).reduce((total, { value }) => total + value, 0),
    labels: (name) => of(name).map(({ labels }) => labels),
  };
}

function same(a: Labels, b: Labels): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
