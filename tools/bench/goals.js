/**
 * What a line of the benchmark compares, and what it wants. A measurement of a work has the
 * nanoseconds and bytes of a token; a line has those of one work in each round, next to those of
 * its peer in the same round.
 *
 * A comparison: {of, unit, value(ours, peer), better}.
 */

/** How many times as fast as the peer, token by token. */
export const timesAsFast = {
  unit: '×',
  of: 'times as fast as',
  value: (ours, peer) => peer.nsPerToken / ours.nsPerToken,
};

/** The speed in bytes as a share of the peer's, which moves bytes only. */
export const shareOfSpeed = {
  unit: '×',
  of: 'the speed of',
  value: (ours, peer) => ours.bytesPerNs / peer.bytesPerNs,
};

/** How many times as long as the peer, token by token. */
export const timesAsLong = {
  unit: '×',
  of: 'times as long as',
  value: (ours, peer) => ours.nsPerToken / peer.nsPerToken,
};

/** The same by the clock, for what more than one thread does. */
export const timesAsLongByClock = {
  unit: '×',
  of: 'of the time of',
  value: (ours, peer) => ours.wallNsPerToken / peer.wallNsPerToken,
};

/** The most memory of a process as a multiple of the peer's. */
export const timesTheMemory = {
  unit: '×',
  of: 'the memory of',
  value: (ours, peer) => ours.peakBytes / peer.peakBytes,
};

export const nsPerToken = { unit: 'ns/token', of: '', value: (ours) => ours.nsPerToken };

export const gigabytesPerSecond = { unit: 'GB/s', of: '', value: (ours) => ours.bytesPerNs };

export const peakMegabytes = { unit: 'MB', of: '', value: (ours) => ours.peakBytes / 1e6 };

export const atLeast = (wanted) => ({
  text: `≥ ${wanted}`,
  reached: (value) => value >= wanted,
});

export const atMost = (wanted) => ({
  text: `≤ ${wanted}`,
  reached: (value) => value <= wanted,
});

/** For what is only reported. */
export const noGoal = { text: '', reached: () => true };

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The rates of one answer of a worker. `tokens` is for commands, which do not know theirs. */
export function rates({ processor_ns, wall_ns, tokens, bytes, peak_bytes }, ownTokens = tokens) {
  return {
    nsPerToken: processor_ns / ownTokens,
    wallNsPerToken: wall_ns / ownTokens,
    bytesPerNs: bytes / processor_ns,
    peakBytes: peak_bytes,
  };
}

/**
 * The result of a line from its rounds, [{ours, peer}], whose peer is undefined where there is none
 * and null where it is absent from this machine.
 */
export function judge(line, rounds) {
  const described = {
    name: line.name,
    peer: line.peer?.name ?? '',
    of: line.compare.of,
    unit: line.compare.unit,
    goal: line.goal.text,
  };
  if (rounds.some(({ ours }) => ours === null)) return { ...described, absent: true };
  const result = {
    ...described,
    ns_per_token: median(rounds.map(({ ours }) => ours.nsPerToken)),
  };
  if (rounds.some(({ peer }) => peer === null)) return { ...result, absent: true };
  if (line.peer !== undefined) {
    result.peer_ns_per_token = median(rounds.map(({ peer }) => peer.nsPerToken));
  }
  const value = median(rounds.map(({ ours, peer }) => line.compare.value(ours, peer)));
  return { ...result, value, reached: line.goal.reached(value) };
}
