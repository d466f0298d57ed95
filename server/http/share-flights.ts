/**
 * Lets equal requests that come at once share one answer: a client that repeats an impatient request many times must not
 * fill the calendar's four places with the same questions.
 * @returns runs `work` unless a run under `key` is under way, and answers what that run answers
 */
export function shareFlights<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const flights = new Map<string, Promise<T>>()
  return (key, work) => {
    const flight = flights.get(key) ?? work().finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }
}
