import Diagnostics
import Filesystem

/// What a simulation wrote, for whoever reads the files and for the proof that they are unchanged.
struct SimulationReport {
  private let json: String

  static let name = "simulation.json"

  /// Reads each file once for its fingerprint.
  init(
    _ plan: SimulationPlan, draft: Draft, files: [WrittenFile], progress: (Double) -> Void
  ) throws(Problem) {
    var lines: [String] = []
    for (position, file) in files.sorted(by: { $0.name < $1.name }).enumerated() {
      try Interruption.check()
      progress(Double(position) / Double(files.count))
      let fingerprint = try Fingerprint.of(file: draft.path(file.name))
      lines.append(
        #"    {"file": "\#(Self.escaped(file.name))", "rows": \#(file.rows), "#
          + #""sha256": "\#(fingerprint)"}"#)
    }
    json = """
      {
        "codes": [\(plan.codes.map { "\"\(Self.escaped($0))\"" }.joined(separator: ", "))],
        "files": [
      \(lines.joined(separator: ",\n"))
        ],
        "scale": \(plan.scaleText),
        "seed": \(plan.seed),
      \(Self.simulated)
        "territory": "\(Self.escaped(plan.territory))",
        "vintages": [\(plan.stockYears.map(String.init).joined(separator: ", "))],
        "years": [\(plan.years.map(String.init).joined(separator: ", "))]
      }

      """
  }

  func write(in draft: Draft) throws(Problem) {
    let file = try WritableFile(try draft.begin(Self.name))
    try file.write(json)
    try file.finish()
  }

  /// Whether the file of that name in the folder is the account of a simulation.
  static func isThere(in folder: String) -> Bool { lines(of: folder, in: name).contains(simulated) }

  private static let simulated: Substring = #"  "simulated": true,"#

  private static func lines(of folder: String, in name: String) -> [Substring] {
    guard let bytes = try? Folder.contents(of: "\(folder)/\(name)") else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }

  /// The files that an older simulation of the folder said were its own; `name` is that of its account.
  static func files(of folder: String, in name: String = name) -> [String] {
    lines(of: folder, in: name).compactMap { line in
      let words = line.split(separator: "\"", omittingEmptySubsequences: false)
      guard words.count > 3, words[1] == "file" else { return nil }
      // What is not the name of one of our files is nobody's to remove.
      let parts = words[3].split(separator: "/", omittingEmptySubsequences: false)
      guard let first = parts.first, ["fr", "be"].contains(first), let last = parts.last, !last.isEmpty,
        !last.hasPrefix("."), parts.count == 2 || parts.count == 3 && SimulatedFile.year(parts[1]) != nil
      else { return nil }
      return String(words[3])
    }
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": escaped += "\\\(scalar)"
      case "\u{0}"..<" ": escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension SimulationPlan {
  /// `1` rather than `1.0`.
  var scaleText: String {
    scale == scale.rounded() ? String(Int(scale)) : String(scale)
  }
}
