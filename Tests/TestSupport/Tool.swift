import Filesystem
import Foundation

/// A program of the machine, used to check our files with somebody else's eyes.
package struct Tool: Sendable {
  package let path: String

  /// Nil where the machine has no such program.
  package init?(_ name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    guard let folder = folders.first(where: { Folder.fileExists("\($0)/\(name)") }) else { return nil }
    path = "\(folder)/\(name)"
  }

  /// Runs the program and returns its exit status; what it prints is thrown away.
  package func status(_ arguments: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
