// Sequences from templates: an id is a fixed token, 'RANDOM' and 'PATTERN' are drawn.

const standard = [
  [1, 'RANDOM', 'RANDOM', 2, 'PATTERN', 'PATTERN'],
  [3, 'PATTERN', 'RANDOM', 'PATTERN', 4],
  [...Array(10).fill('RANDOM'), 5, ...Array(5).fill('PATTERN')],
];

export default ({ SequenceGenerator }) =>
  class TemplateDataGenerator extends SequenceGenerator {
    constructor(config) {
      super(config);
      this.templates = this.customParams.templates ?? standard;
    }

    generateSequence() {
      const template = this.templates[this.randomInteger(this.templates.length)];
      const sequence = [];
      for (const element of template) {
        if (element === 'RANDOM') sequence.push(this.randomToken());
        else if (element === 'PATTERN') sequence.push(this.generatePatternToken(sequence.length));
        else sequence.push(element);
      }
      return this.adjustLength(sequence);
    }
  };
