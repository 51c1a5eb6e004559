const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const measured = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const tiny = new Intl.NumberFormat('en', { notation: 'scientific', maximumSignificantDigits: 3 });

export function formatCount(count: number): string {
  return whole.format(count);
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 2 });

/** Short enough for an axis: `50`, `10k`, `2M`, `0.001`, `1e-5`. */
export function formatTick(value: number): string {
  if (Math.abs(value) >= 10_000) return compact.format(value).replace('K', 'k');
  return formatMeasure(value);
}

/** Four significant digits; 10⁻⁴ and below in powers of ten. */
export function formatMeasure(value: number): string {
  if (Number.isInteger(value)) return formatCount(value);
  if (Math.abs(value) < 1e-4) return tiny.format(value).replace('E', 'e');
  return measured.format(value);
}

export function formatMilliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${whole.format(ms)} ms`;
}

export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
  let unit = 0;
  let amount = bytes;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || amount >= 100 ? 0 : 1;
  return `${amount.toFixed(digits)} ${units[unit]}`;
}

/** `29.6 %` */
export function formatPercent(share: number): string {
  return `${measured.format(Math.round(share * 1000) / 10)} %`;
}

/** `3 sequences`, `1 sequence`: `unit` is the plural. */
export function withUnit(count: number, unit: string): string {
  return `${formatCount(count)} ${count === 1 ? unit.replace(/s$/, '') : unit}`;
}
