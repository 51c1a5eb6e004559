/** The part of the interface that describes parameters, families and measures. */
export const describing = (module) => ({
  version: module.version(),
  streamVersion: module.streamVersion(),
  parameters: () => module.parameters(),
  families: () => module.families(),
  measures: () => module.measures(),
  tokenKinds: () => module.tokenKinds(),
});
