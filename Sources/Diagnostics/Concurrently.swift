import Dispatch
import Synchronization

/// Does two things at once, one on a thread of its own, and waits for both. The first error is thrown.
package func concurrently<A: Sendable, B>(
  _ beside: @escaping @Sendable () throws -> A, _ here: () throws -> B
) throws -> (A, B) {
  let begun = Begun(beside)
  let mine = Result(catching: here)
  return (try begun.value, try mine.get())
}

/// Something that is being done on a thread of its own, until it is asked for.
package final class Begun<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  package init(_ work: @escaping @Sendable () throws -> Value) {
    DispatchQueue(label: "essor.beside").async {
      let result = Result(catching: work)
      self.result.withLock { $0 = result }
      self.done.signal()
    }
  }

  /// Waits for it.
  package var value: Value {
    get throws {
      done.wait()
      done.signal()
      guard let result = result.withLock({ $0 }) else { preconditionFailure("signalled once it is there") }
      return try result.get()
    }
  }
}
