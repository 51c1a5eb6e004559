// What views share with the playground.
import '../src/theme/tokens.css';
import '../src/theme/kinds.css';
import '../src/theme/base.css';
import '../src/theme/controls.css';
import '../src/theme/panels.css';
import '../src/theme/readings.css';
import '../src/theme/numbers.css';
import '../src/theme/compare.css';
import './live_view.css';
