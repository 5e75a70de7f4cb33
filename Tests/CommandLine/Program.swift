import Filesystem
import Foundation
import TestSupport

/// The built program, run as a person would.
struct Program {
  struct Outcome {
    let status: Int32
    let output: String
    let messages: String
  }

  /// `essor` stands beside the test bundle.
  static let path: String = {
    let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let beside = bundle.deletingLastPathComponent().appendingPathComponent("essor").path
    return FileManager.default.fileExists(atPath: beside) ? beside : "\(Checkout.root)/.build/release/essor"
  }()

  let process = Process()
  /// Output and messages go to files: no pipe can fill up and stop the program.
  private let folder: TemporaryFolder

  /// `prefix` is shell that comes before, such as a limit; `suffix` what comes behind, such as a redirection.
  init(
    _ arguments: [String], prefix: String = "", suffix: String = "", environment changes: [String: String] = [:]
  ) throws {
    folder = try TemporaryFolder()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    let line = ([Self.path] + arguments).map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }
    process.arguments = ["-c", prefix + (suffix.isEmpty ? "exec " : "") + line.joined(separator: " ") + " " + suffix]
    var environment = ProcessInfo.processInfo.environment
    environment["ESSOR_SHARE"] = Checkout.installation.share
    environment["ESSOR_LIB"] = Checkout.installation.libraries
    environment["ESSOR_LANG"] = nil
    environment.merge(changes) { $1 }
    process.environment = environment
    process.standardOutput = try Self.file(folder["output"])
    process.standardError = try Self.file(folder["messages"])
  }

  private static func file(_ path: String) throws -> FileHandle {
    try Data().write(to: URL(fileURLWithPath: path))
    return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  func finish() throws -> Outcome {
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder[name])), as: UTF8.self)
    }
    let signalled = process.terminationReason == .uncaughtSignal
    return Outcome(
      status: signalled ? 128 + process.terminationStatus : process.terminationStatus, output: try text("output"),
      messages: try text("messages"))
  }

  static func run(
    _ arguments: String..., prefix: String = "", suffix: String = "", environment: [String: String] = [:]
  ) throws -> Outcome {
    let program = try Program(arguments, prefix: prefix, suffix: suffix, environment: environment)
    try program.process.run()
    return try program.finish()
  }
}
