import Arguments
import Diagnostics
import Filesystem
import Tabular
import Warehouse

/// A result that can be told in every format.
protocol ResultPrinter {
  var text: String { get }
  var csv: String { get }
  var json: String { get throws }
}

/// Where a result goes: standard output, or a file that is never seen half written.
struct ResultTarget {
  private let path: String?

  /// `-` is standard output, as elsewhere.
  init(_ path: String?) { self.path = path == "-" ? nil : path }

  /// Refuses, before any work is done, a file without a name and one that an observatory keeps: the one in use, or
  /// any that the path leads into.
  static func check(_ arguments: Arguments, observatory: String) throws(Problem) {
    guard let path = arguments["output"], path != "-" else { return }
    if path.isEmpty { throw arguments.bad("output", path, "FILE, -") }
    guard let folder = Folder.resolved(Folder.parent(of: path)) else { return }  // writing tells what is missing
    let file = "\(folder)/\(Folder.name(of: path))"
    var owners = [observatory]
    var above = folder
    while above != "/" {
      owners.append(above)
      above = Folder.parent(of: above)
    }
    for owner in owners where Observatory.keeps(file, in: owner) {
      throw Problem("output.own", status: .commandLine, at: Place(file: path), ["observatory": owner])
    }
  }

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
