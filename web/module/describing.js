/** The part of the interface that says what there is. */
export const describing = (module) => ({
  version: module.version(),
  streamVersion: module.streamVersion(),
  parameters: () => module.parameters(),
  families: () => module.families(),
  measures: () => module.measures(),
});
