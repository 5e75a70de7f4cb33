import Dispatch
import Synchronization

/// Does two things at once, one on a thread of its own, and waits for both. The first error is thrown.
package func concurrently<A: Sendable, B>(
  _ beside: @escaping @Sendable () throws -> A, _ here: () throws -> B
) throws -> (A, B) {
  let outcome = Outcome<A>()
  DispatchQueue(label: "essor.beside").async { outcome.finish(Result(catching: beside)) }
  let mine = Result(catching: here)
  let theirs = outcome.wait()
  return (try theirs.get(), try mine.get())
}

private final class Outcome<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  func finish(_ result: Result<Value, any Error>) {
    self.result.withLock { $0 = result }
    done.signal()
  }

  func wait() -> Result<Value, any Error> {
    done.wait()
    guard let result = result.withLock({ $0 }) else { preconditionFailure("signalled once it is there") }
    return result
  }
}
