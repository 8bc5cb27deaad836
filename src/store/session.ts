/** A process as the store knows it. Every row in an engine's hands carries its session and claim. */
export interface Session {
  id: number;
}
