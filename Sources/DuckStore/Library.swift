internal import CDuckDB
package import Diagnostics
package import Filesystem
import Synchronization

/// The DuckDB library, found and opened once.
package enum Library {
  /// The version whose functions CDuckDB declares.
  package static let expectedVersion = "v2.0.0"

  private static let outcome = Mutex<Result<String, Problem>?>(nil)

  /// Whether `open` has succeeded.
  static var isOpen: Bool {
    outcome.withLock { outcome in if case .success = outcome { true } else { false } }
  }

  /// Opens the library and returns its version.
  ///
  /// ESSOR_DUCKDB_DIR names a folder with an official `libduckdb.so`; otherwise the one beside the program
  /// is used, which needs libpython.
  @discardableResult
  package static func open(
    _ installation: Installation, environment: [String: String]
  ) throws(Problem) -> String {
    try outcome.withLock { outcome -> Result<String, Problem> in
      if let outcome { return outcome }
      let fresh = load(installation, environment)
      outcome = fresh
      return fresh
    }.get()
  }

  private static func load(
    _ installation: Installation, _ environment: [String: String]
  ) -> Result<String, Problem> {
    let official = environment["ESSOR_DUCKDB_DIR"].map { "\($0)/libduckdb.so" }
    let library = official ?? "\(installation.libraries)/duckdb/libduckdb.so"
    guard Folder.fileExists(library) else {
      return .failure(Problem("duckdb.missing", status: .machine, at: Place(file: library)))
    }
    let python = [
      "\(installation.libraries)/duckdb/libpython3.11.so.1.0", "libpython3.11.so.1.0",
    ].first { !$0.contains("/") || Folder.fileExists($0) }
    if let message = essor_duckdb_load(official == nil ? python : nil, library) {
      return .failure(
        Problem(
          "duckdb.unusable", status: .machine, at: Place(file: library),
          ["system": String(cString: message)]))
    }
    let version = duckdb_library_version().map { String(cString: $0) } ?? "?"
    guard version.hasPrefix("v2.") else {
      return .failure(
        Problem(
          "duckdb.version", status: .machine, at: Place(file: library),
          ["version": version, "expected": expectedVersion]))
    }
    return .success(version)
  }
}
