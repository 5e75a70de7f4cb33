package import Indicators
import Secrecy
package import Wording

/// A table as JSON for machines: stable, and documented in docs/formats.md. One cell a figure.
package struct TableJSON: Sendable {
  package let bytes: [UInt8]

  package init(_ table: StatisticalTable, _ language: Language) {
    var output = JSONOutput(spread: true)
    output.object { output in
      Self.head(table, language, &output)
      output.array("cells") { output in
        for row in 0..<table.rowCount {
          let members = table.members(of: row)
          for column in table.columns.indices {
            output.object { output in
              Self.codes(table.axes, members, &output)
              Self.write(table.figure(row, column), &output)
            }
          }
        }
      }
    }
    bytes = output.bytes
  }

  private static func head(_ table: StatisticalTable, _ language: Language, _ output: inout JSONOutput) {
    let origin = table.origin
    let years = table.axes[1].members.compactMap { Int($0.code) }
    output.member("table", table.id)
    output.member("title", table.title[language])
    output.member("territory", table.axes[0].members.last?.code ?? "")
    output.member("territories", table.axes[0].members.map(\.code))
    output.member("year", years.last ?? 0)
    output.array("years") { for year in years { $0.value(Double(year)) } }
    output.object("provenance") { Self.write(table.provenance, &$0) }
    output.member("simulated", origin.isSimulated)
    output.member("unprotected", origin.isUnprotected)
    let shown = table.axes.filter { $0.role == .classification }.map(\.id)
    output.member("dimensions", ["area", "year"] + shown + ["measure"])
    output.member("notes", table.notes.map { $0.text[language] })
  }

  /// What holds for every figure.
  private static func write(_ provenance: StatisticalTable.Provenance, _ output: inout JSONOutput) {
    let origin = provenance.origin
    output.member("release", origin.release)
    output.member("program", origin.program)
    output.member("table", provenance.table)
    output.object("rules") { output in
      output.member("perimeter", origin.perimeter)
      output.member("version", origin.perimeterVersion)
      output.object("options") { output in
        for (name, value) in origin.options.sorted(by: { $0.key < $1.key }) { output.member(name, value) }
      }
      output.member("provisional", origin.isProvisional)
      if !origin.perimeterSHA256.isEmpty { output.member("sha256", origin.perimeterSHA256) }
    }
    output.member("secrecy", origin.secrecy)
    output.array("files") { output in
      for source in origin.sources {
        output.object { output in
          output.member("source", source.name)
          output.member("vintage", source.vintage)
          output.member("sha256", source.sha256)
        }
      }
    }
  }

  private static func codes(_ axes: [StatisticalTable.Axis], _ members: [Int], _ output: inout JSONOutput) {
    for (axis, member) in zip(axes, members) {
      let code = axis.members[member].code
      if axis.role == .time, let year = Int(code) {
        output.member(axis.id, year)
      } else {
        output.member(axis.id, code)
      }
    }
  }

  private static func write(_ figure: Figure, _ output: inout JSONOutput) {
    let cell = figure.cell
    output.member("measure", figure.column.id)
    output.member("status", cell.status.rawValue)
    guard let quality = figure.quality else { return }
    func number(_ key: String, _ value: Double?) {
      guard let value else { return }
      output.key(key)
      output.value(value)
    }
    number("value", figure.value)
    output.member("quality", quality.code)
    output.member("basis", cell.basis.rawValue)
    if cell.basis != .exact {
      number("low", figure.low)
      number("high", figure.upperBound)
    }
    if cell.unbounded > 0 { output.member("unbounded", cell.unbounded) }
    if let mapping = cell.mapping, mapping.exact < 1 {
      output.object("activities") { output in
        for (name, part) in [("exact", mapping.exact), ("approximate", mapping.approximate), ("none", mapping.none)] {
          output.key(name)
          output.value(part)
        }
      }
    }
    output.member("unit", figure.unit.code)
    output.member("decimals", figure.precision)
  }
}
