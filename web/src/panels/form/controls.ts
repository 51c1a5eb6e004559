import type { Parameter } from 'synthgen';

import { element } from '../../dom/element';
import { kindClass } from '../../model/kinds';
import {
  jsonText,
  parseIntegers,
  parseJson,
  numberText,
  parseNumber,
} from '../../model/value_text';
import type { Blocks, ControlMaker } from './field';
import { positionAfter, sliderScale } from './slider_scale';

/** Characters that fit a number field at its usual width. */
const mostShortDigits = 8;

/** A number field, and a slider where the range allows one. */
const numberControl: ControlMaker = (parameter, ids, change) => {
  const { minimum = 0, maximum = 0, type } = parameter;
  const scale = sliderScale(parameter);
  const step = type === 'integer' ? 1 : (maximum - minimum) / 100;
  const input = element('input', {
    id: ids.main,
    class: 'number-input',
    type: 'text',
    inputmode: minimum < 0 ? 'text' : 'decimal',
    autocomplete: 'off',
    spellcheck: 'false',
    on: {
      input: () => change((newest = parseNumber(input.value)), 'live'),
      change: () => change(parseNumber(input.value), 'commit'),
      keydown: (event) => {
        const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (direction === undefined || typeof newest !== 'number') return;
        event.preventDefault();
        const next = Number((newest + direction * step).toPrecision(12));
        newest = Math.min(maximum, Math.max(minimum, next));
        change(newest, 'nudge');
      },
    },
  });
  /** The newest value, which the field may not show yet. */
  let newest: unknown;
  /** The slider's position for it. */
  let position = 0;
  const slider =
    scale &&
    element('input', {
      type: 'range',
      min: 0,
      max: scale.steps,
      step: 1,
      'aria-label': `${parameter.label}, slider`,
      on: {
        input: () => {
          position = slider!.valueAsNumber;
          change(scale.toValue(position), 'live');
        },
        change: () => change(scale.toValue(slider!.valueAsNumber), 'commit'),
        // Not left to the browser, which would show the slider's step before that of the data.
        keydown: (event) => {
          const target = positionAfter(event, position, scale.steps);
          if (target === undefined) return;
          event.preventDefault();
          if (target === position) return;
          position = target;
          change(scale.toValue(position), 'nudge');
        },
      },
    });
  return {
    main: input,
    inHead: input,
    nodes: [slider],
    show: (value) => {
      newest = value;
      // Text that is being typed is not reformatted.
      if (!input.matches(':focus') || parseNumber(input.value) !== value) {
        input.value = numberText(value);
      }
      // Long numbers widen their field as far as its line allows.
      const isLong = input.value.length > mostShortDigits;
      input.style.width = isLong ? `${Math.min(19, input.value.length + 3)}ch` : '';
      if (!slider || !scale || typeof value !== 'number') return;
      // Several positions can mean one value: the slider stays where the visitor left it.
      if (scale.toValue(position) !== value) position = scale.toPosition(value);
      slider.valueAsNumber = position;
      slider.style.setProperty('--filled', `${(100 * slider.valueAsNumber) / scale.steps}%`);
      slider.setAttribute('aria-valuetext', `${numberText(value)} ${parameter.unit}`.trim());
    },
  };
};

/** One word of several. */
const choiceControl: ControlMaker = ({ choices = [] }, ids, change) => {
  const select = element(
    'select',
    { id: ids.main, on: { change: () => change(select.value, 'commit') } },
    ...choices.map((choice) => element('option', { value: choice }, choice)),
  );
  return {
    main: select,
    inHead: select,
    nodes: [],
    show: (value) => {
      const text = String(value);
      // A word that is not a choice came from a link; the core reports what is wrong with it.
      select.querySelector('option[data-foreign]')?.remove();
      if (!choices.includes(text))
        select.append(element('option', { value: text, 'data-foreign': true }, text));
      select.value = text;
    },
  };
};

/** Any of several words, each a button to switch on or off. */
const wordsControl: ControlMaker = ({ choices = [] }, ids, change) => {
  const boxes = choices.map((choice) =>
    element('input', {
      type: 'checkbox',
      value: choice,
      on: {
        change: () =>
          change(
            boxes.filter((box) => box.checked).map((box) => box.value),
            'commit',
          ),
      },
    }),
  );
  const group = element(
    'div',
    { id: ids.main, class: 'chips', role: 'group', tabindex: -1, 'aria-labelledby': ids.label },
    ...boxes.map((box) =>
      element('label', { class: `chip ${kindClass(box.value)}` }, box, box.value),
    ),
  );
  return {
    main: group,
    nodes: [group],
    show: (value) => {
      const words = Array.isArray(value) ? value : [];
      for (const box of boxes) box.checked = words.includes(box.value);
    },
  };
};

/** A switch. */
const booleanControl: ControlMaker = (_parameter, ids, change) => {
  const box = element('input', {
    id: ids.main,
    type: 'checkbox',
    on: { change: () => change(box.checked, 'commit') },
  });
  return {
    main: box,
    inHead: box,
    nodes: [],
    show: (value) => (box.checked = value === true),
  };
};

/** Whole numbers separated by commas; the core refuses any other text. */
const integersControl: ControlMaker = (_parameter, ids, change) => {
  const input = element('input', {
    id: ids.main,
    class: 'list-input',
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: 'none',
    on: {
      input: () => change(parseIntegers(input.value), 'live'),
      change: () => change(parseIntegers(input.value), 'commit'),
    },
  });
  return {
    main: input,
    nodes: [input],
    show: (value) => {
      const isTyped = JSON.stringify(parseIntegers(input.value)) === JSON.stringify(value);
      if (input.matches(':focus') && isTyped) return;
      input.value = Array.isArray(value) ? value.join(', ') : String(value);
    },
  };
};

/** Any other value, as JSON; the core refuses text that is not JSON. */
const jsonControl: ControlMaker = (parameter, ids, change) => {
  let blocks: Blocks | undefined;
  let newest: unknown;
  const area = element('textarea', {
    id: ids.main,
    class: 'json-input',
    wrap: 'off',
    spellcheck: 'false',
    autocomplete: 'off',
    on: {
      input: () => change(parseJson(area.value), 'live'),
      change: () => change(parseJson(area.value), 'commit'),
    },
  });
  return {
    main: area,
    nodes: [area],
    extend: (make) => {
      blocks = make(parameter, area, change);
      if (blocks) area.before(blocks.element);
      blocks?.show(newest);
      return blocks;
    },
    show: (value) => {
      newest = value;
      blocks?.show(value);
      const isTyped = JSON.stringify(parseJson(area.value)) === JSON.stringify(value);
      if (!area.matches(':focus') || !isTyped) area.value = jsonText(value);
      area.rows = Math.min(12, Math.max(2, area.value.split('\n').length));
    },
  };
};

/** The control for a parameter by its type; values of unknown types are edited as JSON. */
export function controlFor({ type, choices = [] }: Parameter): ControlMaker {
  switch (type) {
    case 'integer':
    case 'number':
      return numberControl;
    case 'word':
      return choices.length > 0 ? choiceControl : jsonControl;
    case 'words':
      return choices.length > 0 ? wordsControl : jsonControl;
    case 'integers':
      return integersControl;
    case 'boolean':
      return booleanControl;
    default:
      return jsonControl;
  }
}
