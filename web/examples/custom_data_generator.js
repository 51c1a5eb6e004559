// Random tokens, some replaced by a token that depends on the position: custom_param is their share.

export default ({ SequenceGenerator }) =>
  class CustomDataGenerator extends SequenceGenerator {
    constructor(config) {
      super(config);
      this.customParam = this.customParams.custom_param ?? 0.5;
    }

    generateSequence() {
      const sequence = [];
      for (let i = 0; i < this.seqLength; i += 1) {
        const isSpecial = this.random() < this.customParam;
        sequence.push(isSpecial ? this.generateSpecialToken(i) : this.randomToken());
      }
      return sequence;
    }

    generateSpecialToken(position) {
      return position % Math.min(100, this.vocabSize);
    }
  };
