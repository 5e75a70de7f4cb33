import Dispatch
import Indicators
import Synchronization

/// A table and one of the forms in which it is to be written.
struct ExportJob: Sendable {
  /// Where the table stands among the others.
  let position: Int
  let table: StatisticalTable
  let format: ExchangeFormat
}

/// What is to be written, between the thread that fills tables and the one that waits for them. The first helps to
/// write when the other has enough to do.
final class ExportQueue: Sendable {
  private struct State {
    var jobs: [ExportJob] = []
    var failure: (any Error)?
  }

  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)

  var count: Int { state.withLock { $0.jobs.count } }

  func add(_ jobs: [ExportJob]) {
    state.withLock { $0.jobs += jobs }
    for _ in jobs { arrived.signal() }
  }

  /// The oldest job, once there is one; nil when nothing more will come.
  func next() -> ExportJob? {
    arrived.wait()
    return first()
  }

  /// The oldest job, if there is one.
  func nextIfThere() -> ExportJob? { arrived.wait(timeout: .now()) == .success ? first() : nil }

  private func first() -> ExportJob? { state.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() } }

  /// Nothing more comes: who waits behind all that is still there waits no longer.
  func close() { arrived.signal() }

  /// What is still there is not wanted any more.
  func drop() { state.withLock { $0.jobs.removeAll() } }

  /// The thread that waits has stopped; the other hears of it when it comes by.
  func fail(_ error: any Error) { state.withLock { $0.failure = error } }

  func check() throws { if let failure = state.withLock({ $0.failure }) { throw failure } }
}
