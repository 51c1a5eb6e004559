/** `about 3 min left` */
export function timeLeft(elapsed_ms: number, share: number): string {
  if (share <= 0) return '';
  const seconds = Math.round((elapsed_ms * (1 / share - 1)) / 1000);
  if (seconds < 100) return `about ${seconds} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `about ${minutes} min left` : `about ${Math.round(minutes / 60)} h left`;
}
