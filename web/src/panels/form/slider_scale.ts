import type { Parameter } from 'synthgen';

/** How a slider's positions 0 … `steps` spread over a parameter's range. */
export interface SliderScale {
  steps: number;
  toValue: (position: number) => number;
  toPosition: (value: number) => number;
}

const logarithmicSteps = 300;
const mostLinearSteps = 1000;

/** Rounds to two significant digits, so that sliders give round numbers. */
function roundOff(value: number): number {
  return Number(value.toPrecision(2));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function logarithmic(minimum: number, maximum: number): SliderScale {
  // From 0 the scale starts one step above it, at 1.
  const base = Math.max(1, minimum);
  const first = minimum < base ? 1 : 0;
  const span = Math.log(maximum / base);
  return {
    steps: logarithmicSteps,
    toValue: (position) => {
      if (position < first) return minimum;
      if (position >= logarithmicSteps) return maximum;
      const share = (position - first) / (logarithmicSteps - first);
      return clamp(Math.round(roundOff(base * Math.exp(share * span))), minimum, maximum);
    },
    toPosition: (value) => {
      if (value < base) return 0;
      const share = Math.log(clamp(value, base, maximum) / base) / span;
      return Math.round(first + share * (logarithmicSteps - first));
    },
  };
}

function linear(minimum: number, maximum: number, steps: number): SliderScale {
  const step = (maximum - minimum) / steps;
  return {
    steps,
    // The quotient first: 30 steps of 1/100 are 0.3, not 0.30000000000000004.
    toValue: (position) =>
      minimum + Number(((position * (maximum - minimum)) / steps).toPrecision(12)),
    toPosition: (value) => Math.round((clamp(value, minimum, maximum) - minimum) / step),
  };
}

/** The scale that the table asks for; none where a slider could not be aimed. */
export function sliderScale({ type, minimum, maximum, scale }: Parameter): SliderScale | undefined {
  if (minimum === undefined || maximum === undefined || maximum <= minimum) return undefined;
  if (scale === 'logarithmic') return logarithmic(minimum, maximum);
  if (type === 'number') return linear(minimum, maximum, 100);
  return maximum - minimum <= mostLinearSteps
    ? linear(minimum, maximum, maximum - minimum)
    : undefined;
}

/** The share of a slider that a page up or down moves over. */
const pageShare = 0.1;

/** The position after a key, as browsers move a slider; undefined for keys that do not. */
export function positionAfter(
  { key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  position: number,
  steps: number,
): number | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const page = Math.max(1, Math.round(steps * pageShare));
  const targets: Record<string, number> = {
    ArrowRight: position + 1,
    ArrowUp: position + 1,
    ArrowLeft: position - 1,
    ArrowDown: position - 1,
    PageUp: position + page,
    PageDown: position - page,
    Home: 0,
    End: steps,
  };
  const target = targets[key];
  return target === undefined ? undefined : clamp(target, 0, steps);
}
