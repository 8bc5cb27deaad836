/** What is made of measurements. */

export interface Spread {
  p50: number;
  p99: number;
}

/** @param values not empty */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The smallest value that `percent` % of all values do not exceed. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('nothing was measured');
  return found;
}

/** To a hundredth, in the unit of the values. */
export function spread(values: readonly number[]): Spread {
  return { p50: round(percentile(values, 50), 2), p99: round(percentile(values, 99), 2) };
}

/** The medians of both figures, each for itself. */
export function medianSpread(spreads: readonly Spread[]): Spread {
  return { p50: median(spreads.map((one) => one.p50)), p99: median(spreads.map((one) => one.p99)) };
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Lines of a table with columns as wide as their widest cell; the first column is text, the others figures. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}
