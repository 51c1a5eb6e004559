import '../src/theme/charts.css';

export { ChartsPanel } from '../src/panels/charts/charts';
