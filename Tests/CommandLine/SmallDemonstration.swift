import TestSupport

/// An observatory of all sources, invented and small, built once for the tests that only read it.
enum SmallDemonstration {
  private struct Failed: Error { let messages: String }

  private static let result = Result { () throws -> TemporaryFolder in
    let folder = try TemporaryFolder()
    let outcome = try Program.run("demo", folder["demo"], "--scale", "0.001", "--no-serve")
    guard outcome.status == 0 else { throw Failed(messages: outcome.messages) }
    return folder
  }

  static var observatory: String { get throws { try result.get()["demo/observatory"] } }
}
