"""Synthetic token sequences with known structure: generate them, measure them, know their law.

    import synthgen

    data = synthgen.generate(generator="pattern", vocab_size=1000, seq_length=256, count=64)
    data.tokens  # uint32 [64, 256], without a copy
    synthgen.analyze_sequences(data)["average_entropy"]

Sequence i of a split depends on the config, the split and i only: the program, the playground and this package
give the same ids. What is wrong with an argument is a ValueError that names it, with what is allowed.

`synthgen.torch` has datasets for PyTorch.
"""

from ._core import Predictor, version as __version__
from .configs import families, formats, measures, parameters, presets
from .custom import SequenceGenerator, custom_generator
from .generating import (
    Generator,
    generate,
    generate_conditional_sequences,
    generate_hierarchical_sequences,
    generate_pattern_sequences,
    generate_random_sequences,
    predictor,
    truth,
    write,
)
from .measuring import (
    adjust_sequence_lengths,
    analyze_dataset,
    analyze_sequences,
    compute_entropy,
    compute_quality_metrics,
    create_curriculum_data,
    detect_patterns,
    filter_by_complexity,
    has_pattern,
    measure_coherence,
    validate_synthetic_data,
)
from .reading import SequenceFiles, load_synthetic_data, open_files as open
from .sequences import Sequences
from .view import View, show

#: Another name of SequenceGenerator.
BaseDataGenerator = SequenceGenerator

__all__ = [
    "BaseDataGenerator",
    "Generator",
    "Predictor",
    "SequenceFiles",
    "SequenceGenerator",
    "Sequences",
    "View",
    "__version__",
    "adjust_sequence_lengths",
    "analyze_dataset",
    "analyze_sequences",
    "compute_entropy",
    "compute_quality_metrics",
    "create_curriculum_data",
    "custom_generator",
    "detect_patterns",
    "families",
    "filter_by_complexity",
    "formats",
    "generate",
    "generate_conditional_sequences",
    "generate_hierarchical_sequences",
    "generate_pattern_sequences",
    "generate_random_sequences",
    "has_pattern",
    "load_synthetic_data",
    "measure_coherence",
    "measures",
    "open",
    "parameters",
    "predictor",
    "presets",
    "show",
    "truth",
    "validate_synthetic_data",
    "write",
]
