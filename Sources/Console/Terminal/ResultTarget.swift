import Diagnostics
import Filesystem
import Tabular

/// A result that can be told in every format.
protocol ResultPrinter {
  var text: String { get }
  var csv: String { get }
  var json: String { get throws }
}

/// Where a result goes: standard output, or a file that is never seen half written.
struct ResultTarget {
  private let path: String?

  init(_ path: String?) { self.path = path }

  /// A text, with the end of its last line.
  func write(_ text: String) throws {
    try write { try $0(Array(text.utf8) + (text.hasSuffix("\n") ? [] : [UInt8(ascii: "\n")])) }
  }

  /// In one of the formats that every table has: `text`, `csv` or `json`.
  func write(_ printer: some ResultPrinter, as format: String) throws {
    switch format {
    case "csv": try write(printer.csv)
    case "json": try write(printer.json.escapedControls)
    default: try write(printer.text)
    }
  }

  /// `body` writes piece by piece.
  func write(_ body: (([UInt8]) throws -> Void) throws -> Void) throws {
    guard let path else {
      try body { try Output.write($0) }
      return
    }
    do throws(Problem) {
      try Folder.write(to: path) { (file) throws(Problem) in
        do {
          try body { try file.write($0) }
        } catch let problem as Problem {
          throw problem
        } catch {
          throw Problem("internal", status: .machine, ["system": "\(error)"])
        }
      }
    } catch {
      throw Self.told(error, of: path)
    }
  }

  /// A file that may not be written was chosen with `--output`: another observatory would not help.
  static func told(_ problem: Problem, of path: String) -> Problem {
    guard problem.place.file == path else { return problem }
    return switch problem.code {
    case "file.forbidden": Problem("output.forbidden", status: .machine, at: problem.place, problem.facts)
    case "disk.readonly": Problem("output.readonly", status: .machine, at: problem.place, problem.facts)
    default: problem
    }
  }
}
