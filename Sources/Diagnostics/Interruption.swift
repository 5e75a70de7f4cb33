import Synchronization

/// Ctrl-C, noticed between two batches so that what was begun is undone properly.
package enum Interruption {
  private static let asked = Atomic<Bool>(false)

  /// Called from the signal handler: it may only set a flag.
  package static func request() { asked.store(true, ordering: .relaxed) }

  package static var isRequested: Bool { asked.load(ordering: .relaxed) }

  /// Throws once an interruption was asked for.
  package static func check() throws(Problem) {
    if isRequested { throw Problem("interrupted", status: .interrupted) }
  }
}
