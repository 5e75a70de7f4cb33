import Diagnostics
import Filesystem

/// What a simulation wrote, for whoever reads the files and for the proof that they are unchanged.
struct SimulationReport {
  private let json: String

  /// Reads each file once for its fingerprint.
  init(
    _ plan: SimulationPlan, folder: String, files: [WrittenFile], progress: (Double) -> Void
  ) throws(Problem) {
    var lines: [String] = []
    for (position, file) in files.sorted(by: { $0.path < $1.path }).enumerated() {
      progress(Double(position) / Double(files.count))
      let name = file.path.dropFirst(folder.count + 1)
      let fingerprint = try Fingerprint.of(file: file.path)
      lines.append(
        #"    {"file": "\#(Self.escaped(String(name)))", "rows": \#(file.rows), "#
          + #""sha256": "\#(fingerprint)"}"#)
    }
    json = """
      {
        "files": [
      \(lines.joined(separator: ",\n"))
        ],
        "scale": \(plan.scaleText),
        "seed": \(plan.seed),
        "simulated": true,
        "territory": "\(Self.escaped(plan.territory))",
        "years": [\(plan.years.map(String.init).joined(separator: ", "))]
      }

      """
  }

  func write(to path: String) throws(Problem) { try Folder.write(Array(json.utf8), to: path) }

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
