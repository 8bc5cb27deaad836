import { Box, Group, Text, useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { regional } from '../texts/language.js';
import { useLanguage } from '../texts/language-provider.js';
import { durationTicks, timeTicks } from './ticks.js';

export interface ChartSeries {
  label: string;
  /** A CSS variable. */
  color: string;
  values: readonly (number | null)[];
}

/**
 * Values over time: bars that stand on each other, or lines. Under the pointer it says the numbers; `label` says
 * the whole in words, for those who do not see it.
 */
export default function TimeChart({
  kind,
  times,
  series,
  format,
  formatTime,
  label,
  height = 200,
}: {
  kind: 'stack' | 'lines';
  /** ms, where the time of each point begins. */
  times: readonly number[];
  series: readonly ChartSeries[];
  format: (value: number) => string;
  formatTime: (ms: number) => string;
  label: string;
  height?: number;
}) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const scheme = useComputedColorScheme('light');
  const { language } = useLanguage();
  const [pointed, setPointed] = useState<number | null>(null);
  const shape = series.map(({ color }) => color).join();
  const live = useRef({ times, series, format });
  live.current = { times, series, format };

  // Data come through `live`; scheme and language change the look, and make it anew.
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = new uPlot(
      optionsOf(element, kind, shape.split(','), height, regional(language), {
        format: (value) => live.current.format(value),
        onPoint: setPointed,
      }),
      dataOf(kind, live.current.times, live.current.series),
      element,
    );
    chart.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [kind, shape, height, scheme, language]);

  useEffect(() => {
    chart.current?.setData(dataOf(kind, times, series));
  }, [kind, times, series]);

  const at = pointed !== null ? times[pointed] : undefined;
  return (
    <figure style={{ margin: 0 }}>
      <Group gap="md" mb={4} mih={22} component="figcaption">
        {series.map(({ label: name, color, values }) => {
          const value = pointed === null ? undefined : values[pointed];
          return (
            <Group gap={6} key={name} wrap="nowrap">
              <Box w={10} h={10} bg={`var(${color})`} bdrs={3} aria-hidden />
              <Text size="xs">
                {name}
                {value != null && at !== undefined && (
                  <Text span inherit fw={650}>
                    {` ${format(value)}`}
                  </Text>
                )}
              </Text>
            </Group>
          );
        })}
        {at !== undefined && (
          <Text size="xs" c="dimmed" ml="auto">
            {formatTime(at)}
          </Text>
        )}
      </Group>
      <Box ref={place} role="img" aria-label={label} h={height} style={{ overflow: 'hidden' }} />
    </figure>
  );
}

/** Each upon those before it, the highest first: later ones are painted over it. */
function dataOf(
  kind: 'stack' | 'lines',
  times: readonly number[],
  series: readonly ChartSeries[],
): uPlot.AlignedData {
  const seconds = times.map((ms) => ms / 1000);
  if (kind === 'lines') return [seconds, ...series.map(({ values }) => [...values])];
  const sums: (number | null)[][] = [];
  const base = times.map(() => 0);
  for (const { values } of series) {
    sums.unshift(
      values.map((value, index) => {
        base[index] = (base[index] ?? 0) + (value ?? 0);
        return base[index] ?? 0;
      }),
    );
  }
  return [seconds, ...sums];
}

/** Of what is counted there are no halves. */
const WHOLE = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((power) => [1, 2, 5].map((one) => one * 10 ** power));
const FEW = 5;
const BAR_SHARE = 0.82;
const BAR_MOST_PX = 40;

function optionsOf(
  element: HTMLElement,
  kind: 'stack' | 'lines',
  colors: readonly string[],
  height: number,
  language: string,
  { format, onPoint }: { format: (value: number) => string; onPoint: (index: number | null) => void },
): uPlot.Options {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: color('--mantine-color-dimmed'),
    font: `12px ${style.fontFamily}`,
    ticks: { show: false },
    grid: { stroke: color('--latch-line'), width: 1 },
  };
  const painted = kind === 'stack' ? [...colors].reverse() : colors;
  const bars = uPlot.paths.bars?.({ size: [BAR_SHARE, BAR_MOST_PX], align: 1 });
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: kind === 'lines' } },
    scales: {
      // The last bar begins at the last time.
      x: { range: (made, from, to) => [from, kind === 'stack' ? to + stepOf(made.data[0]) : to] },
      // Latencies are a few milliseconds, or hours after an outage.
      y:
        kind === 'stack'
          ? { range: (_, __, most) => [0, Math.max(1, most * 1.08)] }
          : {
              distr: 3,
              range: (_, least, most) => [Math.max(1, (least || 1) / 2), Math.max(100, (most || 1) * 2)],
            },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 70,
        size: 32,
        values: (_, splits) => timeTicks(splits, language),
      },
      {
        ...axis,
        size: 62,
        space: 36,
        values: (_, splits) => splits.map(format),
        ...(kind === 'lines'
          ? { splits: (_, __, least, most) => durationTicks(least, most), filter: (_, splits) => splits }
          : { incrs: WHOLE }),
      },
    ],
    series: [
      {},
      ...painted.map(
        (name): uPlot.Series => ({
          stroke: color(name),
          width: kind === 'lines' ? 2 : 0,
          ...(kind === 'stack' ? { fill: color(name) } : {}),
          ...(kind === 'stack' && bars ? { paths: bars } : {}),
          // Few values make no line.
          points: {
            show: (made, at) => kind === 'lines' && valuesIn(made.data[at]) < FEW,
            size: 5,
            fill: color(name),
          },
          spanGaps: true,
        }),
      ),
    ],
    hooks: { setCursor: [(made) => onPoint(made.cursor.idx ?? null)] },
  };
}

function valuesIn(values: ArrayLike<number | null | undefined> | undefined): number {
  return Array.from(values ?? []).filter((value) => value != null).length;
}

/** s between two points. */
function stepOf([first = 0, second = first]: uPlot.AlignedData[0]): number {
  return second - first;
}
