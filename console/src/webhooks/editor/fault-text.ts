import type { Format } from '../../texts/format.js';
import type { PageTexts, Translated } from '../../texts/pages.js';
import type { Fault } from './faults.js';

export function faultText(
  fault: Fault,
  { t, fill }: Pick<Format, 'fill'> & { t: Translated<PageTexts['webhooks']> },
): string {
  switch (fault.kind) {
    case 'needed':
      return t.faults.needed;
    case 'url':
      return t.faults.url;
    case 'events':
      return t.faults.events;
    case 'length':
      return fill(t.faults.length, { min: fault.min, max: fault.max });
    case 'range':
      return fill(t.faults.range, { min: fault.min, max: fault.max });
    case 'headersLength':
      return fill(t.faults.headersLength, { max: fault.max });
    case 'secretSpace':
      return t.faults.secretSpace;
    case 'secretEncoding':
      return t.faults.secretEncoding;
    case 'headers':
      return t.faults.headers;
  }
}
