import Arguments
import Diagnostics
import Exchange
import Filesystem

/// Lists of things without figures: the same forms for all.
extension Command {
  static let listFormats = ["text", "json"] + ExchangeFormat.lists.map(\.rawValue)

  /// The form asked for, and the file that it is, where it is one. A form that is made of figures is refused with those
  /// that lists have.
  static func listFormat(_ arguments: Arguments) throws(Problem) -> (String, ExchangeFormat?) {
    if let asked = arguments["format"], !listFormats.contains(asked), tableFormats.contains(asked) {
      throw Problem(
        "list.no_figures", status: .commandLine, ["format": asked, "known": listFormats.joined(separator: ", ")])
    }
    let name = try format(arguments, listFormats)
    return (name, ExchangeFormat.lists.first { $0.rawValue == name })
  }
}

extension Session {
  /// Writes a list where `--output` says.
  func write(_ list: ListDocument, as format: ExchangeFormat, _ arguments: Arguments) throws {
    if format == .parquet { _ = try openEngine() }
    let output = arguments["output"]
    let file = Self.described(output) ?? ExchangeFormat.csv.fileName(of: list.id)
    try ResultTarget(output).write { try ListExport(list, words).write(as: format, file: file, $0) }
  }

  /// `exports/nord.csv-metadata.json` describes `nord.csv`.
  private static func described(_ output: String?) -> String? {
    let ending = "-metadata.json"
    guard let output, output.hasSuffix(".csv\(ending)") else { return nil }
    return String(Folder.name(of: output).dropLast(ending.count))
  }
}
